import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lists, OPENS, SEEN, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** A list of speakers from its closing on: times, the draw, the order, and what changes it. */
describe('a list of speakers that has closed', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lists: Lists;
  let france: Client;
  let brazil: Client;
  let kenya: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lists = new Lists(world, review);
    france = await world.delegation('FRA');
    brazil = await world.delegation('BRA');
    kenya = await world.delegation('KEN');
    await world.reach(review, 'SVN', 'documented');
    const seats = ['BRA', 'KEN'].map((state) => ({ state, from: '2026-01-01' }));
    await world.secretariat.post('/v1/bodies/hrc/seats', { seats }).expect(200);
    await world.at(OPENS);
    await lists.states(['ZMB', 'KEN', 'ALB', 'BRA']);
    await lists.onBehalf(['VAT']);
    const joint = await lists.registered(france, { with: ['BRA', 'NOR', 'CHE'] });
    await confirm(await world.delegation('NOR'), joint).expect(200);
    await confirm(brazil, joint, { confirm: false }).expect(200);
    const mexico = await world.delegation('MEX');
    await lists.leave(mexico, await lists.registered(mexico)).expect(200);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const one = async (who: Client, side: string): Promise<Listed> =>
    (await lists.seen(who)).speakers.find((each) => each.side === side && each.status !== 'left')!;
  const confirm = (who: Client, { id }: Listed, body: object = {}) =>
    who.post(`/v1/speakers/${id}/confirm`, body);

  it('refuses who comes late, by the instant, though the clock has not come by yet', async () => {
    const [austria, argentina] = [await world.delegation('AUT'), await world.delegation('ARG')];
    await world.at('2027-04-29T15:59:00Z');
    await lists.registered(austria);
    // Time goes on, and nothing has expired yet.
    await ledger.rows('UPDATE reference.clock SET shift_ms = shift_ms + 61000');
    const facts = {
      opensAt: '2027-04-26T08:00:00.000Z',
      closesAt: '2027-04-29T16:00:00.000Z',
      arrived: expect.stringMatching(/^2027-04-29T16:0/),
    };
    await expectProblem(lists.register(argentina), 409, 'list-closed', { facts });
    expect(await lists.seen(argentina)).toMatchObject({ status: 'draw-needed', version: 0 });
  });

  it('shares the time out once, by who sits on the Council on the day of the dialogue', async () => {
    await world.at('2027-04-29T17:00:00Z');
    const { status, time, speakers, version } = await lists.seen(kenya);
    // Seven speak: there is time for everybody.
    expect({ status, time, version }).toEqual({
      status: 'draw-needed',
      time: { member: 180, observer: 120, membersKnown: true },
      version: 1,
    });
    const there = speakers.filter((each) => each.status === 'registered');
    expect(there.map(({ side, class: kind, seconds }) => `${side} ${kind} ${seconds}`)).toEqual([
      'state:ALB observer 120',
      'state:AUT observer 120',
      'state:BRA member 180',
      'state:FRA observer 120',
      'state:VAT observer 120',
      'state:KEN member 180',
      'state:ZMB observer 120',
    ]);
    const joint = there.find(({ side }) => side === 'state:FRA')!;
    expect(joint.states.map(({ state, status: s }) => `${state} ${s}`)).toEqual([
      'BRA declined',
      'CHE lapsed',
      'NOR confirmed',
    ]);
    const entry = (await ledger.journal(review, 'case')).findLast(
      ({ what }) => what === 'speakers-closed',
    )!;
    expect(entry).toMatchObject({ by: 'procedure', at: '2027-04-29T16:00:00.000Z' });
    expect(entry.facts).toEqual({ list: 'dialogue', speakers: 7, member: 180, observer: 120 });
    await expectRefused(ledger, confirm(await world.delegation('CHE'), joint), 409, 'list-closed');
  });

  it('is public', async () => {
    const anyone = world.api.as();
    const { body } = await anyone.get('/v1/record/speakers', { state: 'SVN' }).expect(200);
    expect(body.items).toHaveLength(7);
    expect(body.items[0]).toMatchObject({ list: 'dialogue', place: null, status: 'registered' });
    const { head } = await world.organization('Open');
    expect((await lists.seen(head)).speakers).toHaveLength(7);
    const url = `/v1/record/speakers/${body.items[0].id}`;
    expect((await anyone.get(url).expect(200)).body).toEqual(body.items[0]);
    const none = { state: 'SVN', list: 'plenary' };
    expect((await anyone.get('/v1/record/speakers', none).expect(200)).body.items).toEqual([]);
  });

  it('waits for a draw, recorded with its witnesses by who keeps the list', async () => {
    const president = await world.president();
    for (const who of [kenya, await world.delegation('SVN')]) {
      await expectRefused(ledger, lists.draw(who, ['K']), 409, 'wrong-role');
    }
    for (const drawn of [['K', 'L'], ['7'], ['X'], ['ZZZ'], ['kenya']]) {
      await expectRefused(ledger, lists.draw(president, drawn), 422, 'draw-invalid');
    }
    const bare = lists.draw(president, ['K'], { witnesses: [] });
    await expectRefused(ledger, bare, 422, 'invalid-content');
    const dry = await president.post(
      `/v1/reviews/${review}/speakers/draw`,
      { drawn: ['K'], ...SEEN },
      { query: { dryRun: true } },
    );
    expect(dry.body).toMatchObject({ ok: true });
    const { body } = await lists.draw(president, ['K']).expect(200);
    expect(body).toMatchObject({ status: 'settled', version: 2 });
    expect(body.draw).toEqual({ drawn: ['K'], lot: null, byHand: SEEN });
    // From K on, and round.
    const order = ['KEN', 'ZMB', 'ALB', 'AUT', 'BRA', 'FRA', 'VAT'];
    expect(await lists.order(france)).toEqual(order);
    const { items } = (
      await world.api.as().get('/v1/record/speakers', { state: 'SVN' }).expect(200)
    ).body as { items: { place: number; by: { name: string } }[] };
    expect(items.map(({ place, by }) => `${place} ${by.name}`)).toEqual([
      '1 Kenya',
      '2 Zambia',
      '3 Albania',
      '4 Austria',
      '5 Brazil',
      '6 France',
      '7 Holy See',
    ]);
    expect(JSON.stringify(items)).not.toContain(SEEN.witnesses[0]);
    await expectRefused(ledger, lists.draw(president, ['A']), 409, 'already-given');
  });

  it('lets two exchange their places when both agree, and their times stay their own', async () => {
    const [kenyan, brazilian, french] = [
      await one(kenya, 'state:KEN'),
      await one(brazil, 'state:BRA'),
      await one(france, 'state:FRA'),
    ];
    await expectRefused(ledger, lists.propose(kenya, brazilian, kenyan), 409, 'wrong-role');
    const self = lists.propose(kenya, kenyan, kenyan);
    await expectRefused(ledger, self, 422, 'invalid-content');
    const nobody = lists.propose(kenya, kenyan, { ...kenyan, id: NOBODY });
    await expectRefused(ledger, nobody, 422, 'unknown-speaker');
    const made = await lists.propose(kenya, kenyan, brazilian).expect(201);
    const swap = made.body as { id: string };
    expect((await lists.seen(france)).swaps).toMatchObject([{ id: swap.id, status: 'proposed' }]);
    const twice = lists.propose(brazil, brazilian, kenyan);
    await expectRefused(ledger, twice, 409, 'already-exists');
    const { version } = await lists.seen(brazil);
    const own = lists.answer(kenya, swap.id, true, version);
    await expectRefused(ledger, own, 409, 'wrong-role');
    const stale = lists.answer(brazil, swap.id, true, version - 1);
    await expectRefused(ledger, stale, 412, 'stale');
    const { body } = await lists.answer(brazil, swap.id, true, version).expect(200);
    expect(body.version).toBe(version + 1);
    expect(await lists.order(france)).toEqual(['BRA', 'ZMB', 'ALB', 'AUT', 'KEN', 'FRA', 'VAT']);
    expect(await one(kenya, 'state:KEN')).toMatchObject({ place: 5, seconds: 180 });
    const again = lists.answer(brazil, swap.id, true, version + 1);
    await expectRefused(ledger, again, 409, 'already-given');
    // A proposal is for the places that both had then.
    const open = (await lists.propose(france, french, kenyan).expect(201)).body as { id: string };
    const other = (await lists.propose(kenya, kenyan, brazilian).expect(201)).body as {
      id: string;
    };
    await lists.answer(brazil, other.id, true, version + 1).expect(200);
    const outdated = lists.answer(kenya, open.id, true, version + 2);
    await expectRefused(ledger, outdated, 409, 'swap-outdated');
    await lists.answer(france, open.id, false, version + 2).expect(200);
    expect(await lists.order(france)).toEqual(['KEN', 'ZMB', 'ALB', 'AUT', 'BRA', 'FRA', 'VAT']);
  });

  it('takes one of two exchanges that are agreed at once', async () => {
    const zambia = await world.delegation('ZMB');
    const albania = await world.delegation('ALB');
    const [zambian, brazilian] = [await one(zambia, 'state:ZMB'), await one(brazil, 'state:BRA')];
    const [albanian, kenyan] = [await one(albania, 'state:ALB'), await one(kenya, 'state:KEN')];
    const first = (await lists.propose(zambia, zambian, brazilian).expect(201)).body.id as string;
    const second = (await lists.propose(albania, albanian, kenyan).expect(201)).body.id as string;
    const { version } = await lists.seen(brazil);
    const hold = await ledger.hold('SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE', [
      review,
    ]);
    const calls = Promise.all([
      lists.answer(brazil, first, true, version),
      lists.answer(kenya, second, true, version),
    ]);
    await hold.queue(2);
    await hold.release();
    expect((await calls).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    expect((await lists.seen(brazil)).version).toBe(version + 1);
    // The same one, agreed to twice at once.
    const [open] = (await lists.seen(brazil)).swaps.filter(({ status }) => status === 'proposed');
    const who = open!.id === first ? brazil : kenya;
    const both = [1, 2].map(() => lists.answer(who, open!.id, true, version + 1));
    expect(await statusesOf(both)).toEqual([200, 412]);
  });

  it('changes nobody else’s time or place when somebody leaves, who cannot come back', async () => {
    const before = (await lists.seen(kenya)).speakers.filter((each) => each.place !== null);
    const austria = await world.delegation('AUT');
    const austrian = await one(austria, 'state:AUT');
    const kenyan = await one(kenya, 'state:KEN');
    const open = (await lists.propose(kenya, kenyan, austrian).expect(201)).body.id as string;
    const { version } = await lists.seen(kenya);
    await lists.leave(austria, austrian).expect(200);
    const { speakers, swaps, version: next } = await lists.seen(kenya);
    expect(next).toBe(version + 1);
    const after = speakers.filter((each) => each.place !== null);
    const unchanged = ({ side, place, seconds }: Listed) => `${side} ${place} ${seconds}`;
    expect(after.map(unchanged)).toEqual(
      before.filter(({ side }) => side !== 'state:AUT').map(unchanged),
    );
    expect(swaps.find(({ id }) => id === open)).toMatchObject({ status: 'lapsed' });
    const lapsed = lists.answer(austria, open, true, next);
    await expectRefused(ledger, lapsed, 409, 'already-given');
    await expectRefused(ledger, lists.register(austria), 409, 'list-closed');
    const { body } = await world.api.as().get('/v1/record/speakers', { state: 'SVN' });
    const gone = (body.items as { by: { name: string }; status: string }[]).at(-1)!;
    expect([gone.by.name, gone.status]).toEqual(['Austria', 'left']);
  });
});
