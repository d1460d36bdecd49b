import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Questions } from '../factories/asking-questions.js';
import { CLOSES, Lists, OPENS, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** One list of speakers, from before it opens until it closes. */
describe('the list of speakers', () => {
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
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const one = async (who: Client, side: string): Promise<Listed> =>
    (await lists.seen(who)).speakers.find((each) => each.side === side && each.status !== 'left')!;
  const confirm = (who: Client, { id }: Listed, body: object = {}) =>
    who.post(`/v1/speakers/${id}/confirm`, body);

  describe('before it opens', () => {
    it('says when it will, and takes nobody', async () => {
      const { status, opens, closes, time, speakers, version } = await lists.seen(france);
      expect({ status, time, speakers, version }).toEqual({
        status: 'not-open',
        time: null,
        speakers: [],
        version: 0,
      });
      const zone = 'Europe/Zurich';
      expect(opens).toEqual({ at: '2027-04-26T08:00:00.000Z', local: '2027-04-26T10:00', zone });
      expect(closes).toEqual({ at: '2027-04-29T16:00:00.000Z', local: '2027-04-29T18:00', zone });
      await world.at('2027-04-26T07:59:00Z');
      const opensAt = '2027-04-26T08:00:00.000Z';
      const closesAt = '2027-04-29T16:00:00.000Z';
      const arrived = expect.stringMatching(/^2027-04-26T07:59:/);
      const facts = { opensAt, closesAt, arrived };
      await expectRefused(ledger, lists.register(france), 409, 'list-not-open', { facts });
    });

    it('is no list where the review runs under rules that have none, or to whom sees no review', async () => {
      const url = `/v1/reviews/${review}/speakers`;
      const { text } = await (await world.stranger()).get(url).expect(404);
      const missing = `/v1/reviews/${NOBODY}/speakers`;
      expect((await france.get(missing).expect(404)).text).toBe(text);
      const under = (version: number) =>
        ledger.rows('UPDATE casework.proceeding SET mechanism_version = $2 WHERE id = $1', [
          review,
          version,
        ]);
      for (const version of [1, 2]) {
        await under(version);
        await expectProblem(france.get(url), 409, 'not-offered');
        await expectRefused(ledger, lists.register(france), 409, 'not-offered');
        const asked = new Questions(review).ask(france, ['Why not?']);
        await expectRefused(ledger, asked, 409, 'not-offered');
        const { body } = await france.get(`/v1/reviews/${review}`).expect(200);
        const names = (body.actions as { action: string }[]).map(({ action }) => action);
        const offered = names.filter((name) => /register|questions$/.test(name));
        expect(offered).toEqual(['relay-questions']);
      }
      await under(3);
    });
  });

  describe('while it is open', () => {
    beforeAll(() => world.at(OPENS));

    it('takes any State but the one under review, for itself, once', async () => {
      const speaker = await lists.registered(kenya);
      expect(speaker).toMatchObject({
        list: 'dialogue',
        side: 'state:KEN',
        name: 'Kenya',
        status: 'registered',
        place: null,
        seconds: null,
        class: null,
        version: 1,
      });
      const row = await ledger.row(
        'SELECT compartment, side, filed_by FROM casework.speaker WHERE id = $1',
        [speaker.id],
      );
      expect(row).toEqual({ compartment: 'parties', side: 'state:KEN', filed_by: 'state:KEN' });
      const entry = (await ledger.journal(review, 'parties')).at(-1)!;
      expect(entry).toMatchObject({ what: 'speaker-registered', by: 'state:KEN' });
      expect(entry.facts).toEqual({ speakerId: speaker.id, list: 'dialogue' });
      await expectRefused(ledger, lists.register(kenya), 409, 'already-exists');
      const slovenia = await world.delegation('SVN');
      await expectRefused(ledger, lists.register(slovenia), 409, 'wrong-role');
      const { head } = await world.organization('Watch');
      await expectRefused(ledger, lists.register(head), 409, 'wrong-role');
      await expectRefused(ledger, lists.register(await world.president()), 409, 'wrong-role');
      const drafter = await world.delegation('FRA', 'drafter');
      await expectRefused(ledger, lists.register(drafter), 409, 'permission-missing');
      const anonymous = lists.register(world.api.as());
      await expectProblem(anonymous, 401, 'unauthenticated');
    });

    it('takes observer States of the United Nations, by whom the secretariat was asked', async () => {
      const { secretariat } = world;
      const holySee = await lists.registered(secretariat, { onBehalfOf: 'state:VAT' });
      expect(holySee).toMatchObject({ side: 'state:VAT', filedBy: 'secretariat:upr' });
      const entry = (await ledger.journal(review, 'parties')).at(-1)!;
      expect(entry).toMatchObject({ by: 'secretariat:upr', onBehalfOf: 'state:VAT' });
      const forSelf = lists.register(secretariat, { onBehalfOf: 'state:SVN' });
      await expectRefused(ledger, forSelf, 409, 'wrong-role');
      const forNone = lists.register(secretariat, { onBehalfOf: 'state:ZZZ' });
      await expectRefused(ledger, forNone, 422, 'unknown-side');
      await expectRefused(
        ledger,
        lists.register(brazil, { onBehalfOf: 'state:VAT' }),
        409,
        'wrong-role',
      );
    });

    it('takes a joint statement, which each State named confirms for itself', async () => {
      const invite = (...states: string[]) => lists.register(france, { with: states });
      const repeated = { facts: { repeated: ['NOR'] } };
      await expectRefused(ledger, invite('NOR', 'NOR'), 422, 'invalid-content', repeated);
      await expectRefused(ledger, invite('FRA'), 422, 'invalid-content');
      await expectRefused(ledger, invite('SVN'), 422, 'invalid-content');
      await expectRefused(ledger, invite('ZZZ'), 422, 'unknown-state');
      const joint = await lists.registered(france, { with: ['BRA', 'NOR', 'CHE'] });
      expect(joint.states.map(({ state, status }) => `${state} ${status}`)).toEqual([
        'BRA invited',
        'CHE invited',
        'NOR invited',
      ]);
      const norway = await world.delegation('NOR');
      const drafter = await world.delegation('NOR', 'drafter');
      await expectRefused(ledger, confirm(drafter, joint), 409, 'permission-missing');
      for (const who of [kenya, france, world.secretariat]) {
        await expectRefused(ledger, confirm(who, joint), 409, 'wrong-role');
      }
      await confirm(norway, joint).expect(200);
      await confirm(brazil, joint, { confirm: false }).expect(200);
      await expectRefused(ledger, confirm(norway, joint), 409, 'already-given');
      // It may still take its name off, once.
      const { actions } = (await norway.get(`/v1/speakers/${joint.id}`).expect(200)).body as Listed;
      const can = actions.flatMap(({ action, allowed }) => (allowed ? [action] : []));
      expect([can.includes('confirm'), can.includes('decline')]).toEqual([false, true]);
      const { body } = await confirm(norway, joint, { confirm: false }).expect(200);
      expect((body as Listed).states[2]).toEqual({ state: 'NOR', status: 'declined' });
      for (const said of [true, false]) {
        const again = confirm(norway, joint, { confirm: said });
        await expectRefused(ledger, again, 409, 'already-given');
      }
      // Who joins a statement may speak for itself as well.
      await lists.registered(brazil);
    });

    it('lets one leave, and come again, for the version that was read', async () => {
      const mexico = await world.delegation('MEX');
      const first = await lists.registered(mexico);
      const none = mexico.send('delete', `/v1/speakers/${first.id}`);
      await expectRefused(ledger, none, 428, 'version-required');
      await expectRefused(ledger, lists.leave(mexico, { ...first, version: 7 }), 412, 'stale');
      await expectRefused(ledger, lists.leave(france, first), 409, 'wrong-role');
      const { body } = await lists.leave(mexico, first).expect(200);
      expect(body).toMatchObject({ status: 'left', version: 2 });
      await expectRefused(ledger, lists.leave(mexico, body as Listed), 409, 'already-given');
      const again = await lists.registered(mexico);
      expect(again.id).not.toBe(first.id);
      await lists.leave(mexico, again).expect(200);
    });

    it('tries a registration without effect, and answers a repeat as before', async () => {
      const peru = await world.delegation('PER');
      const dry = await peru.post(
        `/v1/reviews/${review}/speakers`,
        {},
        { query: { dryRun: true } },
      );
      expect(dry.body).toEqual({ ok: true, refusals: [], deadlines: [] });
      expect(await one(peru, 'state:PER')).toBeUndefined();
      const key = '1f0a52a6-1f6d-4f5e-9d2b-2e2f8c0f7f11';
      const register = () => peru.post(`/v1/reviews/${review}/speakers`, {}, { key });
      const made = await register().expect(201);
      const again = await register().expect(201);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.body).toEqual(made.body);
      await lists.leave(peru, made.body as Listed).expect(200);
    });

    it('tells nobody its order or times, whoever came first', async () => {
      await lists.states(['ZMB', 'ALB']);
      const { speakers, status, time, version } = await lists.seen(brazil);
      expect({ status, time, version }).toEqual({ status: 'open', time: null, version: 0 });
      const there = speakers.filter((each) => each.status !== 'left');
      // In the order of the alphabet; when somebody registered is told to their own side alone.
      expect(there.map(({ name }) => name)).toEqual(
        there.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1)),
      );
      const told = there.filter((each) => 'registeredAt' in each && each.registeredAt !== null);
      expect(told.map(({ side }) => side)).toEqual(['state:BRA']);
      // Stakeholders learn of it when it closes.
      const { head } = await world.organization('Lex');
      expect((await lists.seen(head)).speakers).toEqual([]);
      const [first] = there;
      await expectRefused(ledger, head.get(`/v1/speakers/${first!.id}`), 404, 'not-found');
    });
  });
});

it('of whom nobody registered closes with its order settled', async () => {
  const world = await World.build();
  try {
    const review = await world.review('SVN');
    await world.at(CLOSES.replace('16:00:00', '16:01:00'));
    const { status, time, speakers } = await new Lists(world, review).seen(world.secretariat);
    expect({ status, time, speakers }).toEqual({
      status: 'settled',
      time: { member: 180, observer: 120, membersKnown: false },
      speakers: [],
    });
  } finally {
    await world.stop();
  }
});
