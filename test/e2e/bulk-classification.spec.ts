import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

describe('what many recommendations are about', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let france: Client;
  let office: Client;
  let ids: string[];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    france = await world.delegation('FRA');
    office = world.secretariat;
    await world.reach(review, 'SVN', 'ready');
    ids = [];
    for (const text of ['Abolish corporal punishment', 'Continue its school meals', 'Share it']) {
      ids.push(await world.recommend(france, review, text));
    }
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const bulk = (items: object[], who = office, query = {}) =>
    who.post(`/v1/reviews/${review}/classification`, { items }, { query });

  it('is said of all of them or of none, and why of each that is refused', async () => {
    const [first, second, third] = ids as [string, string, string];
    const items = [
      { id: first, version: 1, accept: ['category'] },
      { id: second, version: 7, accept: ['category'] },
      { id: NOBODY, version: 1, accept: ['category'] },
      { id: third, version: 1, themes: ['lighthouses'] },
    ];
    const facts = {
      items: [
        { id: second, code: 'stale', facts: { given: 7, version: 1 } },
        { id: NOBODY, code: 'unknown-recommendation', facts: {} },
        { id: third, code: 'code-unknown', facts: expect.any(Object) },
      ],
    };
    await expectRefused(ledger, bulk(items), 409, 'items-refused', { facts });
    const dry = await bulk(items, office, { dryRun: true }).expect(200);
    const refusals = [{ code: 'items-refused', facts }];
    expect(dry.body).toEqual({ ok: false, refusals, deadlines: [] });
    const twice = bulk([items[0]!, items[0]!]);
    await expectRefused(ledger, twice, 422, 'invalid-content');
    await expectRefused(ledger, bulk(items.slice(0, 1), france), 409, 'wrong-role');
  });

  it('names a draft of somebody else as it names nothing', async () => {
    const url = `/v1/reviews/${review}/recommendations`;
    const { body } = await france.post(url, { text: 'Share its experience' }).expect(201);
    const { id } = body as { id: string };
    const refused = async (given: string) => {
      const items = [{ id: given, version: 0, category: ['1'] }];
      return (await bulk(items).expect(409)).text.replaceAll(given, 'ID');
    };
    expect(await refused(id)).toBe(await refused(NOBODY));
  });

  it('is rehearsed without effect, and done in one go', async () => {
    const items = ids.map((id) => ({ id, version: 1, accept: ['category', 'themes'] }));
    const before = await ledger.dump();
    const dry = await bulk(items, office, { dryRun: true }).expect(200);
    expect(dry.body).toEqual({ ok: true, refusals: [], deadlines: [] });
    expect(await ledger.dump()).toEqual(before);
    const { body } = await bulk(items).expect(200);
    expect(body).toEqual({ classified: 3 });
    for (const [at, code] of ['5', '2', '1'].entries()) {
      const said = await office.get(`/v1/recommendations/${ids[at]}/classification`).expect(200);
      expect(said.body).toMatchObject({ version: 2, category: { confirmed: { codes: [code] } } });
    }
    const entry = (await ledger.journal(review, 'parties')).at(-1)!;
    expect(entry).toMatchObject({ what: 'recommendations-classified', by: 'secretariat:upr' });
    expect(entry.facts).toEqual({ classified: 3, recommendationIds: ids });
  });
});
