import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIALOGUE, Lists, OPENS, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface View {
  now: Listed | null;
  next: Listed | null;
  rest: number | null;
  left: number;
  stateUnderReview: { seconds: number; used: number; rest: number; parts: Listed[] };
  lists: { list: string; used: number; rest: number; spoken: number; waiting: number }[];
}

/** A dialogue as it is held, watch in hand: nothing of it hangs on how long the test takes. */
describe('statements in the dialogue', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lists: Lists;
  let secretariat: Client;
  let kenya: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lists = new Lists(world, review);
    ({ secretariat } = world);
    kenya = await world.delegation('KEN');
    await world.reach(review, 'SVN', 'ready');
    await world.at(OPENS);
    await lists.states(['KEN', 'ALB', 'FRA']);
    await world.at('2027-04-30T09:00:00Z');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const at = (time: string): string => `2027-05-03T${time}Z`;
  const one = async (side: string): Promise<Listed> =>
    (await lists.seen(secretariat)).speakers.find((each) => each.side === side)!;
  const begin = (who: Client, { id, version }: Listed, body: object = {}) =>
    who.post(`/v1/speakers/${id}/begin`, body, { version });
  const end = (who: Client, { id, version }: Listed, body: object = {}) =>
    who.post(`/v1/speakers/${id}/end`, body, { version });
  const part = (who: Client, body: object) => who.post(`/v1/reviews/${review}/statements`, body);
  const correct = (who: Client, { id, version }: Listed, body: object) =>
    who.patch(`/v1/speakers/${id}/statement`, body, { version });
  const put = (who: Client, { id, version }: Listed, text: string) =>
    who.put(`/v1/speakers/${id}/text`, { text }, { version });
  const view = async (who: Client = kenya): Promise<View> =>
    (await who.get(`/v1/reviews/${review}/dialogue`).expect(200)).body as View;
  const spoken = async (side: string, from: string, to: string, more: object = {}) => {
    const begun = await begin(secretariat, await one(side), { at: at(from) }).expect(200);
    return end(secretariat, begun.body as Listed, { at: at(to), ...more }).expect(200);
  };

  it('are not made before somebody has a place, nor before the dialogue begins', async () => {
    const albania = await one('state:ALB');
    await expectRefused(ledger, begin(secretariat, albania), 409, 'no-place');
    await lists.draw(await world.president(), ['F']).expect(200);
    const facts = { notBefore: '2027-05-03T07:00:00.000Z' };
    const early = begin(secretariat, await one('state:ALB'));
    await expectRefused(ledger, early, 409, 'too-early', { facts });
    await expectRefused(ledger, part(secretariat, { part: 'opening' }), 409, 'too-early');
    const { now, next, left, stateUnderReview } = await view();
    expect([now, next?.name, left]).toEqual([null, 'France', 12_600]);
    expect(stateUnderReview).toEqual({ seconds: 4200, used: 0, rest: 4200, parts: [] });
  });

  it('of the State under review share its seventy minutes, in as many parts as it likes', async () => {
    await world.at(DIALOGUE);
    await world.at(at('07:40:00'));
    const slovenia = await world.delegation('SVN');
    const opening = { part: 'opening', at: at('07:00:00') };
    for (const who of [slovenia, kenya]) {
      await expectRefused(ledger, part(who, opening), 409, 'wrong-role');
    }
    await expectRefused(ledger, part(secretariat, { part: 'middle' }), 422, 'invalid-content');
    const begun = (await part(secretariat, opening).expect(201)).body as Listed;
    expect(begun).toMatchObject({ side: 'state:SVN', part: 'opening', place: null });
    expect((await view()).now).toMatchObject({ id: begun.id, part: 'opening' });
    const second = part(secretariat, { part: 'intermediate', at: at('07:10:00') });
    const speaking = { facts: { speaker: begun.id } };
    await expectRefused(ledger, second, 409, 'somebody-speaks', speaking);
    const other = begin(secretariat, await one('state:FRA'), { at: at('07:10:00') });
    await expectRefused(ledger, other, 409, 'somebody-speaks');
    const ended = await end(secretariat, begun, { at: at('07:25:00') }).expect(200);
    expect(ended.body.statement).toMatchObject({ seconds: 1500, cut: false, text: null });
    const entry = (await ledger.journal(review, 'case')).at(-1)!;
    expect(entry).toMatchObject({ what: 'statement-ended', by: 'secretariat' });
    expect(entry.facts).toEqual({
      speakerId: begun.id,
      list: 'dialogue',
      seconds: 1500,
      cut: false,
    });
    const { stateUnderReview, left } = await view();
    expect(stateUnderReview).toMatchObject({ used: 1500, rest: 2700 });
    expect(left).toBe(12_600 - 1500);
  });

  it('are begun and ended by who keeps the watch, one after the other', async () => {
    const france = await one('state:FRA');
    for (const who of [kenya, await world.delegation('FRA')]) {
      await expectRefused(ledger, begin(who, france), 409, 'wrong-role');
    }
    await expectRefused(ledger, begin(secretariat, { ...france, version: 99 }), 412, 'stale');
    const bare = secretariat.post(`/v1/speakers/${france.id}/begin`, {});
    await expectRefused(ledger, bare, 428, 'version-required');
    const nobody = begin(secretariat, { ...france, id: NOBODY });
    await expectRefused(ledger, nobody, 404, 'not-found');
    await expectProblem(begin(world.api.as(), france), 401, 'unauthenticated');
    const future = begin(secretariat, france, { at: at('09:00:00') });
    await expectRefused(ledger, future, 422, 'dates-in-disorder');
    const calls = [1, 2].map(() => begin(secretariat, france, { at: at('07:26:00') }));
    expect(await statusesOf(calls)).toEqual([200, 412]);
    const { now, next } = await view();
    expect([now?.name, next?.name]).toEqual(['France', 'Kenya']);
    const speaking = await one('state:FRA');
    const backwards = end(secretariat, speaking, { at: at('07:25:59') });
    await expectRefused(ledger, backwards, 422, 'dates-in-disorder');
    const cut = { at: at('07:28:04'), seconds: 120, cut: true };
    const { body } = await end(secretariat, speaking, cut).expect(200);
    expect(body.statement).toMatchObject({ seconds: 120, cut: true });
    await expectRefused(ledger, end(secretariat, body as Listed), 409, 'not-speaking');
    await expectRefused(ledger, begin(secretariat, body as Listed), 409, 'already-spoken');
    const leaving = lists.leave(await world.delegation('FRA'), body as Listed);
    await expectRefused(ledger, leaving, 409, 'already-spoken');
  });

  it('may come out of turn, and those passed over come at the end', async () => {
    await spoken('state:ALB', '07:29:00', '07:30:30');
    const { next, lists: told, left } = await view();
    expect(next?.name).toBe('Kenya');
    expect(told).toEqual([
      { list: 'dialogue', seconds: 8400, used: 210, rest: 8190, spoken: 2, waiting: 1 },
    ]);
    expect(left).toBe(2700 + 8190);
    const exchange = lists.propose(kenya, await one('state:KEN'), await one('state:ALB'));
    await expectRefused(ledger, exchange, 409, 'already-spoken');
  });

  it('are public when they have ended, with their words once somebody hands them in', async () => {
    const albania = await world.delegation('ALB');
    const anyone = world.api.as();
    const published = async () => {
      const { body } = await anyone.get('/v1/record/speakers', { state: 'SVN' }).expect(200);
      return (body as { items: { by: { name: string }; statement: { text: string } | null }[] })
        .items;
    };
    expect((await published()).map(({ by, statement }) => [by.name, statement?.text])).toEqual([
      ['Slovenia', null],
      ['France', null],
      ['Kenya', undefined],
      ['Albania', null],
    ]);
    const made = await one('state:ALB');
    await expectRefused(ledger, put(kenya, made, 'Not mine'), 409, 'wrong-role');
    await expectRefused(ledger, put(albania, made, ''), 422, 'invalid-content');
    const unheard = put(kenya, await one('state:KEN'), 'Before the time');
    await expectRefused(ledger, unheard, 409, 'not-speaking');
    await put(albania, made, 'Albania thanks Slovenia.').expect(200);
    const entry = (await ledger.journal(review, 'case')).at(-1)!;
    expect(entry).toMatchObject({ what: 'statement-published', by: 'state:ALB' });
    expect(JSON.stringify(entry.facts)).not.toContain('thanks');
    await put(secretariat, await one('state:ALB'), 'Albania thanks Slovenia!').expect(200);
    expect((await published()).at(-1)!.statement!.text).toBe('Albania thanks Slovenia!');
  });

  it('are corrected by who keeps the watch, in the open', async () => {
    const made = await one('state:ALB');
    const facts = { seconds: 91, cut: true };
    await expectRefused(ledger, correct(kenya, made, facts), 409, 'wrong-role');
    const order = correct(secretariat, made, { endedAt: at('07:28:00') });
    await expectRefused(ledger, order, 422, 'dates-in-disorder');
    const unheard = correct(secretariat, await one('state:KEN'), facts);
    await expectRefused(ledger, unheard, 409, 'not-speaking');
    const { body } = await correct(secretariat, made, facts).expect(200);
    expect(body.statement).toMatchObject({ seconds: 91, cut: true });
    const moved = { endedAt: at('07:30:20') };
    const again = await correct(secretariat, body as Listed, moved).expect(200);
    expect(again.body.statement).toMatchObject({ seconds: 80, cut: true });
    const entry = (await ledger.journal(review, 'case')).at(-1)!;
    expect(entry).toMatchObject({ what: 'statement-corrected', facts: { seconds: 80, cut: true } });
  });

  it('keep the dialogue open while somebody speaks, and are over with it', async () => {
    await world.at(at('10:31:00'));
    const president = await world.president();
    const begun = await part(president, { part: 'closing', at: at('10:00:00') }).expect(201);
    const early = await world.move(president, review, 'hold-dialogue');
    expect([early.status, early.body.code]).toEqual([409, 'somebody-speaks']);
    await end(president, begun.body as Listed, { at: at('10:30:00') }).expect(200);
    expect((await view()).stateUnderReview).toMatchObject({ used: 3300, rest: 900 });
    expect((await world.move(president, review, 'hold-dialogue')).status).toBe(200);
    const late = begin(secretariat, await one('state:KEN'));
    await expectRefused(ledger, late, 409, 'wrong-stage');
    await expectRefused(ledger, part(president, { part: 'closing' }), 409, 'wrong-stage');
  });

  it('change their words by who made them until the editorial changes are over', async () => {
    const albania = await world.delegation('ALB');
    await world.reach(review, 'SVN', 'wg-adopted');
    await world.at('2027-05-19T15:00:00Z');
    await put(albania, await one('state:ALB'), 'Albania thanks them.').expect(200);
    await world.at('2027-05-19T15:01:00Z');
    const mine = await one('state:ALB');
    await expectRefused(ledger, put(albania, mine, 'Albania thanks nobody.'), 409, 'too-late');
    const { body } = await albania.get(`/v1/speakers/${mine.id}`).expect(200);
    const offered = (body as Listed).actions.find(({ action }) => action === 'put-text');
    expect(offered).toMatchObject({ allowed: false, because: 'too-late' });
    await put(secretariat, mine, 'Albania thanked them.').expect(200);
  });
});
