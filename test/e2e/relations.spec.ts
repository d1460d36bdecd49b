import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

interface Repeat {
  readonly of: { id: string; cycle: number; label: string; text: string };
  readonly proposed: { by: string; similarity: number } | null;
  readonly decided: { by: string; repeats: boolean; side: string } | null;
  readonly text: string;
  readonly states: string | null;
}
interface Relations {
  readonly repeats: Repeat[];
  readonly earlier: { id: string; cycle: number }[];
  readonly cycles: number;
  readonly version: number;
}

const LIGHTHOUSES = 'Ratify the Convention on lighthouses';
const AGAIN = 'As recommended before, ratify the Convention on lighthouses';

/** Three cycles of one State; their reviews stand beside each other, so that no year has to pass. */
describe('which recommendations repeat earlier ones', () => {
  let world: World;
  let ledger: Ledger;
  let france: Client;
  let kenya: Client;
  let office: Client;
  let aside: string;
  /** Of each cycle: review, recommendation in it, and in the record. */
  const [reviews, made, ids]: [string[], string[], string[]] = [[], [], []];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    france = await world.delegation('FRA');
    kenya = await world.delegation('KEN');
    office = world.secretariat;
    for (const number of [50, 51, 52]) {
      const review = await world.review('SVN', { number });
      await world.reach(review, 'SVN', 'ready');
      reviews.push(review);
    }
    const [first, second, third] = reviews as [string, string, string];
    made.push(await world.recommend(france, first, LIGHTHOUSES));
    await world.recommend(kenya, first, 'Strengthen the independence of its judges');
    made.push(await world.recommend(kenya, second, AGAIN));
    aside = await world.recommend(france, second, LIGHTHOUSES);
    made.push(await world.recommend(france, third, 'Ratify the convention on lighthouses!'));
    const other = await world.review('HRV', { number: 49 });
    await world.reach(other, 'HRV', 'ready');
    await world.recommend(france, other, LIGHTHOUSES);
    await adopt([first, other]);
  }, 120_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  /** Holds the dialogues and adopts the reports, the clock moving once for all of them. */
  async function adopt(some: readonly string[]): Promise<void> {
    const president = await world.president();
    const [first, ...others] = some as [string];
    for (const review of some) {
      if (review === first) await world.reach(review, 'SVN', 'reviewed');
      else expect((await world.move(president, review, 'hold-dialogue')).status).toBe(200);
    }
    for (const review of others) await prepare(review);
    await world.reach(first, 'SVN', 'wg-adopted');
    for (const review of others) {
      expect((await world.move(president, review, 'adopt-report')).status).toBe(200);
    }
    await learn();
  }

  async function prepare(review: string): Promise<void> {
    await world.file(office, review, { kind: 'working-group-report' });
    const url = `/v1/reviews/${review}/recommendations`;
    const { body } = await office.get(url).expect(200);
    const { items } = body as { items: { id: string }[] };
    const labels = items.map(({ id }, at) => ({ id, label: `9.${at}` }));
    await office.post(`${url}/labels`, { labels }).expect(200);
    await signOff(world, review);
  }

  /** Adopts one when the dialogues and the waiting are over. */
  async function adoptLate(review: string): Promise<void> {
    const president = await world.president();
    expect((await world.move(president, review, 'hold-dialogue')).status).toBe(200);
    await prepare(review);
    expect((await world.move(president, review, 'adopt-report')).status).toBe(200);
    await learn();
  }

  async function learn(): Promise<void> {
    for (const [at, id] of made.entries()) {
      const { body } = await office.get(`/v1/recommendations/${id}`).expect(200);
      ids[at] = (body as { publicId: string }).publicId;
    }
  }

  const at = (id: string) => `/v1/recommendations/${id}/relations`;
  const told = async (id: string, who = office) =>
    (await who.get(at(id)).expect(200)).body as Relations;
  const say = (id: string, body: object, version?: number, who = office) =>
    who.put(at(id), body, version === undefined ? {} : { version });
  const record = async (id: string) =>
    (await world.api.as().get(`/v1/record/recommendations/${id}/relations`).expect(200))
      .body as object;
  const published = async (id: string) =>
    (await world.api.as().get(`/v1/record/recommendations/${id}`).expect(200)).body as object;

  it('is proposed by the likeness of words, of what the record tells of that State before', async () => {
    const second = await told(made[1]!);
    expect(second).toMatchObject({ earlier: [], cycles: 1, version: 0 });
    expect(second.repeats).toEqual([
      {
        of: {
          id: ids[0],
          cycle: 50,
          session: 50,
          label: '6.1',
          text: LIGHTHOUSES,
          recommendingStates: ['FRA'],
        },
        proposed: { by: 'machine', similarity: expect.any(Number) },
        decided: null,
        text: 'changed',
        states: 'other',
      },
    ]);
    const third = await told(made[2]!, france);
    expect(third.repeats).toMatchObject([
      { proposed: { similarity: 1 }, text: 'same', states: 'same' },
    ]);
    // Neither what stands beside it in its own cycle, nor itself, nor what is not published.
    expect((await told(made[0]!)).repeats).toEqual([]);
    expect((await told(aside)).repeats.map(({ of }) => of.id)).toEqual([ids[0]]);
  });

  it('is for the secretariat to confirm, for the version that was read', async () => {
    const verdict = { of: ids[0], repeats: true };
    await expectRefused(ledger, say(made[1]!, verdict), 428, 'version-required');
    await expectRefused(ledger, say(made[1]!, verdict, 3), 412, 'stale');
    await expectRefused(ledger, say(made[1]!, verdict, 0, kenya), 409, 'wrong-role');
    const drafter = await world.person('secretariat:upr', 'drafter');
    await expectRefused(ledger, say(made[1]!, verdict, 0, drafter), 409, 'permission-missing');
    const { head } = await world.organization('Watch');
    await expectRefused(ledger, say(made[1]!, verdict, 0, head), 404, 'not-found');
    // What there is not, and itself.
    for (const id of [NOBODY, ids[0]!]) {
      const wrong = say(made[0]!, { of: id, repeats: true }, 0);
      await expectRefused(ledger, wrong, 422, 'not-earlier', { facts: { of: id } });
    }
    const { body } = await say(made[1]!, verdict, 0).expect(200);
    expect(body).toMatchObject({
      cycles: 2,
      version: 1,
      earlier: [{ id: ids[0], cycle: 50, label: '6.1' }],
      repeats: [{ decided: { by: 'human', repeats: true, side: 'secretariat:upr' } }],
    });
    await expectRefused(ledger, say(made[1]!, verdict, 1), 409, 'already-given');
    const { what, facts } = (await ledger.journal(reviews[1]!, 'parties')).at(-1)!;
    expect([what, facts]).toEqual(['repeat-confirmed', { recommendationId: made[1] }]);
  });

  it('is dismissed, and taken back, and all of it is kept', async () => {
    const of = ids[0]!;
    await say(aside, { of, repeats: true }, 0).expect(200);
    const { body } = await say(aside, { of, repeats: false }, 1).expect(200);
    expect(body).toMatchObject({
      cycles: 1,
      earlier: [],
      repeats: [{ decided: { repeats: false } }],
    });
    const rows = await ledger.rows(
      'SELECT n, repeats FROM casework.repeat WHERE recommendation_id = $1 ORDER BY n',
      [aside],
    );
    expect(rows).toEqual([
      { n: 1, repeats: true },
      { n: 2, repeats: false },
    ]);
  });

  it('is published with them, and chained over the cycles', async () => {
    await adoptLate(reviews[1]!);
    expect(await published(ids[1]!)).toMatchObject({ repeatOf: [ids[0]] });
    const third = await told(made[2]!);
    expect(third.repeats.map(({ of }) => of.cycle)).toEqual(expect.arrayContaining([50, 51, 51]));
    await say(made[2]!, { of: ids[1], repeats: true }, 0).expect(200);
    expect(await told(made[2]!)).toMatchObject({
      cycles: 3,
      earlier: [
        { id: ids[1], cycle: 51 },
        { id: ids[0], cycle: 50 },
      ],
    });
    await adoptLate(reviews[2]!);
    expect(await record(ids[2]!)).toMatchObject({
      earlier: [
        { id: ids[1], cycle: 51 },
        { id: ids[0], cycle: 50 },
      ],
      later: [],
      cycles: 3,
    });
    expect(await record(ids[0]!)).toMatchObject({
      earlier: [],
      later: [
        { id: ids[1], cycle: 51 },
        { id: ids[2], cycle: 52 },
      ],
      cycles: 3,
    });
    await world.api.as().get(`/v1/record/recommendations/${NOBODY}/relations`).expect(404);
  });

  it('is published anew when it is decided otherwise', async () => {
    await say(made[2]!, { of: ids[1], repeats: false }, 1).expect(200);
    expect(await published(ids[2]!)).not.toHaveProperty('repeatOf');
    await say(made[2]!, { of: ids[1], repeats: true }, 2).expect(200);
    expect(await published(ids[2]!)).toMatchObject({ repeatOf: [ids[1]] });
  });

  it('is told no longer when the words of one are withdrawn', async () => {
    const item = { kind: 'recommendation', id: ids[1] };
    const why = { ground: 'risk-to-person', reason: 'It names a village' };
    const changes = () =>
      ledger.rows<{ what: string }>('SELECT what FROM record.change WHERE item_id = $1', [ids[2]]);
    const before = (await changes()).length;
    await office.post('/v1/withdrawals', { item, fields: ['text'], ...why }).expect(201);
    for (const id of ids) {
      expect(await record(id)).toMatchObject({ earlier: [], later: [], cycles: 1 });
      expect(await published(id)).not.toHaveProperty('repeatOf');
    }
    expect((await changes()).slice(before)).toEqual([{ what: 'updated' }]);
    expect(await told(made[1]!)).toMatchObject({ repeats: [], version: 0 });
    const third = await told(made[2]!);
    expect(third.repeats.map(({ of }) => of.id)).not.toContain(ids[1]);
    expect(third).toMatchObject({ earlier: [], cycles: 1 });
    const verdict = { of: ids[0], repeats: true };
    await expectRefused(ledger, say(made[1]!, verdict, 0), 410, 'withdrawn');
    // Published anew for another reason, the third says nothing of the second.
    await say(made[2]!, { of: ids[0], repeats: true }, 3).expect(200);
    expect(await published(ids[2]!)).toMatchObject({ repeatOf: [ids[0]] });
  });
});
