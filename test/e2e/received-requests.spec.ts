import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lists } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import { expectRefused, Ledger } from './ledger.js';

const OFFICE = 'secretariat:upr';
const ONLY_FOR_OTHERS = {
  pointer: '/received',
  detail: 'is for what is filed on behalf of a side',
};

/** Questions close on 19 April 2027, the list of the dialogue on 29 April; the dialogue is on 3 May. */
describe('what a State asked for by other means, in time', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lists: Lists;
  let undrawn: Lists;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lists = new Lists(world, review);
    undrawn = new Lists(world, await world.review('KEN', { number: 51 }));
    await world.reach(review, 'SVN', 'documented');
    await world.at('2027-04-22T09:00:00Z');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const by = (at: string) => ({ received: { at, how: 'mail' } });
  const ask = (more: object, who = world.secretariat) =>
    who.post(`/v1/reviews/${review}/questions`, { questions: ['Why not?'], ...more });
  const askFor = (state: string, at: string) => ask({ onBehalfOf: `state:${state}`, ...by(at) });
  const register = (state: string, at: string, more: object = {}) =>
    lists.register(world.secretariat, { onBehalfOf: `state:${state}`, ...by(at), ...more });
  const entries = async (what: string) =>
    (await ledger.journal(review)).filter((entry) => entry.what === what);
  const seconds = async () =>
    (await lists.seen(world.secretariat)).speakers.map((each) => `${each.side} ${each.seconds}`);

  it('is not from a time to come, from before the review, or of a side of one’s own', async () => {
    for (const at of ['2027-01-09T09:00:00Z', '2027-04-23T09:00:00Z']) {
      for (const call of [askFor('FRA', at), register('FRA', at)]) {
        const facts = { receivedAt: new Date(at).toISOString() };
        await expectRefused(ledger, call, 422, 'receipt-impossible', { facts });
      }
    }
    const france = await world.delegation('FRA');
    const received = by('2027-04-10T09:00:00Z');
    for (const call of [ask(received, france), lists.register(france, received)]) {
      await expectRefused(ledger, call, 422, 'invalid-content', { errors: [ONLY_FOR_OTHERS] });
    }
  });

  it('is a question in time when it was received in time', async () => {
    const late = ask({ onBehalfOf: 'state:FRA' });
    await expectRefused(ledger, late, 409, 'too-late');
    const arrived = '2027-04-19T15:00:01.000Z';
    await expectRefused(ledger, askFor('FRA', arrived), 409, 'too-late', { facts: { arrived } });
    const receivedAt = '2027-04-19T14:00:00.000Z';
    const { body } = await askFor('FRA', receivedAt).expect(201);
    expect(body.questions).toMatchObject([
      { side: 'state:FRA', filedBy: OFFICE, filedAt: receivedAt, relayedAt: null },
    ]);
    const [entry] = await entries('questions-filed');
    expect(entry).toMatchObject({
      compartment: 'filed:state:FRA',
      by: OFFICE,
      onBehalfOf: 'state:FRA',
      facts: { questions: 1, receivedAt, receivedHow: 'mail' },
    });
    expect(entry!.at).not.toBe(receivedAt);
    // What comes after the others were relayed follows them at once.
    await world.reach(review, 'SVN', 'ready');
    const next = await askFor('KEN', receivedAt).expect(201);
    expect(next.body.questions).toMatchObject([{ n: 2, filedAt: receivedAt }]);
    expect(next.body.questions[0].relayedAt).not.toBeNull();
  });

  it('is a place on the list, as long as nobody was drawn', async () => {
    await world.at('2027-04-27T09:00:00Z');
    await lists.onBehalf(['ALB', 'VAT']);
    await world.at('2027-04-30T09:00:00Z');
    const before = await lists.seen(world.secretariat);
    expect(before).toMatchObject({ status: 'draw-needed', version: 1 });
    const now = lists.register(world.secretariat, { onBehalfOf: 'state:FRA' });
    await expectRefused(ledger, now, 409, 'list-closed');
    for (const at of ['2027-04-29T16:00:01Z', '2027-04-29T17:00:00Z']) {
      await expectRefused(ledger, register('FRA', at), 409, 'list-closed');
    }
    const early = register('FRA', '2027-04-25T09:00:00Z');
    await expectRefused(ledger, early, 409, 'list-not-open');
    const at = '2027-04-29T15:00:00.000Z';
    // Nobody confirms a joint statement on a list that has closed.
    await expectRefused(ledger, register('FRA', at, { with: ['NOR'] }), 409, 'list-closed');
    const left = before.speakers.find(({ side }) => side === 'state:VAT')!;
    await lists.leave(world.secretariat, left).expect(200);
    const { body } = await register('FRA', at).expect(201);
    expect(body).toMatchObject({ side: 'state:FRA', class: 'observer', registeredAt: at });
    expect(await seconds()).toContain('state:FRA 120');
    const [closed, again] = await entries('speakers-closed');
    expect(closed!.facts).toMatchObject({ speakers: 2 });
    // Who left after the closing gives no time to the others.
    expect(again!.facts).toMatchObject({ speakers: 3 });
    const told = (await entries('speaker-registered')).at(-1)!;
    expect(told).toMatchObject({ by: OFFICE, onBehalfOf: 'state:FRA' });
    expect(told.facts).toMatchObject({ receivedAt: at, receivedHow: 'mail' });
    const seen = { state: 'SVN', list: 'dialogue' };
    const { body: page } = await world.api.as().get('/v1/record/speakers', seen).expect(200);
    expect(page.items).toHaveLength(3);
    await lists.draw(await world.president(), ['F']).expect(200);
    expect(await lists.order(world.secretariat)).toEqual(['FRA', 'ALB']);
    await expectRefused(ledger, register('KEN', at), 409, 'list-closed');
  });

  it('is neither any more once the dialogue has begun', async () => {
    const { received } = by('2027-04-29T15:00:00Z');
    const speak = (state: string) =>
      undrawn.register(world.secretariat, { onBehalfOf: `state:${state}`, received });
    await speak('ALB').expect(201);
    await world.at('2027-05-03T08:00:00Z');
    const facts = { starts: '2027-05-03T07:00:00.000Z' };
    const call = askFor('BRA', '2027-04-19T14:00:00Z');
    await expectRefused(ledger, call, 409, 'too-late', { facts });
    await expectRefused(ledger, speak('BRA'), 409, 'list-closed');
  });
});
