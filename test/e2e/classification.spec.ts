import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Facet {
  readonly vocabulary: string;
  readonly proposed: {
    by: string;
    method: number;
    values: { code: string; words: string[] }[];
  } | null;
  readonly confirmed: { by: string; side: string; at: string; codes: string[] } | null;
}
interface Classification {
  readonly category: Facet;
  readonly themes: Facet;
  readonly sdgGoals: Facet;
  readonly history: { n: number; by: string; side: string | null; facets: object[] }[];
  readonly version: number;
}
interface Standing {
  readonly codes: string[];
  readonly by: string;
}
interface Listed {
  readonly id: string;
  readonly publicId: string | null;
  readonly classification: Record<'category' | 'themes', Standing> | null;
}

const TEXT = 'Build ten primary schools, and ratify the Convention on lighthouses';

describe('what recommendations are about', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let france: Client;
  let office: Client;
  let made: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    france = await world.delegation('FRA');
    office = world.secretariat;
    await world.reach(review, 'SVN', 'ready');
    made = await world.recommend(france, review, TEXT);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const at = (id: string) => `/v1/recommendations/${id}/classification`;
  const told = async (id = made, who = office) =>
    (await who.get(at(id)).expect(200)).body as Classification;
  const put = (who: Client, body: object, version?: number, id = made) =>
    who.put(at(id), body, version === undefined ? {} : { version });
  const list = async (query: Record<string, string> = {}, who = office) => {
    const { body } = await who.get(`/v1/reviews/${review}/recommendations`, query).expect(200);
    return (body as { items: Listed[] }).items;
  };
  const acts = (id = made) =>
    ledger.rows<{ n: number; by: string; compartment: string }>(
      'SELECT n, by, compartment FROM casework.classification WHERE recommendation_id = $1 ORDER BY n',
      [id],
    );

  it('is proposed when they are made, in its transaction, with the words that led to it', async () => {
    const said = await told();
    expect(said.category).toEqual({
      vocabulary: 'action-categories',
      proposed: {
        by: 'machine',
        method: 1,
        at: expect.any(String),
        values: [{ code: '4', confidence: 0.88, words: ['build'] }],
      },
      confirmed: null,
    });
    const themes = said.themes.proposed!.values.map(({ code, words }) => [code, ...words]);
    expect(themes).toEqual([
      ['acceptance-of-norms', 'ratify'],
      ['education', 'schools'],
    ]);
    expect(said).toMatchObject({ version: 1, history: [{ n: 1, by: 'machine', side: null }] });
    expect(await acts()).toEqual([{ n: 1, by: 'machine', compartment: 'parties' }]);
    for (const who of [france, await world.delegation('SVN'), await world.president()]) {
      expect(await told(made, who)).toEqual(said);
    }
  });

  it('is nobody’s word of a draft, nor seen by who does not see the recommendation', async () => {
    const begun = await france
      .post(`/v1/reviews/${review}/recommendations`, { text: 'Share its experience' })
      .expect(201);
    const { id, classification } = begun.body as Listed;
    expect(classification).toBeNull();
    const said = await told(id, france);
    expect(said).toMatchObject({ version: 0, history: [], category: { proposed: null } });
    await expectRefused(ledger, put(france, { category: ['1'] }, 0, id), 409, 'wrong-role');
    for (const who of [office, (await world.organization('Watch')).head]) {
      await expectRefused(ledger, who.get(at(id)), 404, 'not-found');
    }
    await expectProblem(world.api.as().get(at(made)), 401, 'unauthenticated');
    const empty = { refusals: [], ok: true };
    const dry = { version: 1, query: { dryRun: true } };
    const tried = await france.post(`/v1/recommendations/${id}/submit`, undefined, dry).expect(200);
    expect(tried.body).toMatchObject(empty);
    expect(await acts(id)).toEqual([]);
  });

  it('is confirmed or corrected by the secretariat, for the version that was read', async () => {
    const verdict = { category: ['5'], accept: ['themes'] };
    await expectRefused(ledger, put(office, verdict), 428, 'version-required');
    await expectRefused(ledger, put(office, verdict, 0), 412, 'stale');
    for (const who of [france, await world.delegation('SVN'), await world.president()]) {
      await expectRefused(ledger, put(who, verdict, 1), 409, 'wrong-role');
    }
    const drafter = await world.person('secretariat:upr', 'drafter');
    await expectRefused(ledger, put(drafter, verdict, 1), 409, 'permission-missing');
    const hold = await ledger.hold('SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE', [
      review,
    ]);
    const both = statusesOf([1, 2].map(() => put(office, verdict, 1)));
    await hold.queue(2);
    await hold.release();
    expect(await both).toEqual([200, 412]);
    const said = await told();
    expect(said.category.confirmed).toEqual({
      by: 'human',
      side: 'secretariat:upr',
      at: expect.any(String),
      codes: ['5'],
    });
    expect(said.themes.confirmed!.codes).toEqual(['acceptance-of-norms', 'education']);
    expect(said.sdgGoals.confirmed).toBeNull();
    expect(said.category.proposed!.values[0]!.code).toBe('4');
    expect(said.history.map(({ n, by }) => [n, by])).toEqual([
      [2, 'human'],
      [1, 'machine'],
    ]);
    const entry = (await ledger.journal(review, 'parties')).at(-1)!;
    expect(entry).toMatchObject({ what: 'recommendations-classified', by: 'secretariat:upr' });
    expect(entry.facts).toEqual({ classified: 1, recommendationIds: [made] });
  });

  it('is not said in words that no vocabulary has, nor twice, nor not at all', async () => {
    const facts = { facet: 'themes', vocabulary: 'ohchr-themes', codes: ['lighthouses'] };
    const unknown = put(office, { themes: ['education', 'lighthouses'] }, 2);
    await expectRefused(ledger, unknown, 422, 'code-unknown', { facts });
    for (const body of [{}, { accept: [] }, { themes: [], accept: ['themes'] }]) {
      await expectRefused(ledger, put(office, body, 2), 422, 'invalid-content');
    }
    const two = put(office, { category: ['4', '5'] }, 2);
    const errors = [{ pointer: '/category' }];
    await expectRefused(ledger, two, 422, 'invalid-content', { errors });
    await expectRefused(
      ledger,
      put(office, { category: ['5'], who: 'me' }, 2),
      400,
      'unknown-field',
    );
  });

  it('is marked wherever it is shown, and found by what stands', async () => {
    const other = await world.recommend(france, review, 'Ratify the Convention on inland waters');
    const found = await list({ category: '5' });
    const whose = Object.fromEntries(
      found.map(({ id, classification }) => [id, classification!.category]),
    );
    expect(whose).toEqual({
      [made]: { vocabulary: 'action-categories', codes: ['5'], by: 'human' },
      [other]: { vocabulary: 'action-categories', codes: ['5'], by: 'machine' },
    });
    expect(await list({ category: '4' })).toEqual([]);
    expect((await list({ theme: 'education' })).map(({ id }) => id)).toEqual([made]);
    expect((await list({ theme: 'education', category: '5' })).length).toBe(1);
    expect(await list({ theme: 'torture' })).toEqual([]);
    const url = `/v1/reviews/${review}/recommendations`;
    const counted = await office.get(url, { category: '5', count: true }).expect(200);
    expect(counted.body.count).toEqual({ total: 2, capped: false });
    const wrong: Record<string, string>[] = [{ category: '9' }, { theme: 'lighthouses' }];
    for (const query of wrong) {
      const [parameter] = Object.keys(query);
      const errors = { errors: [{ parameter }] };
      await expectRefused(ledger, office.get(url, query), 400, 'invalid-parameter', errors);
    }
    const alone = await office.get(`/v1/recommendations/${other}`).expect(200);
    expect(alone.body).toMatchObject({ classification: { themes: { by: 'machine' } } });
  });

  it('is published with them, each with whose word it is, and again when people correct it', async () => {
    await world.reach(review, 'SVN', 'wg-adopted');
    const shown = (await list()).find(({ id }) => id === made)!;
    const url = `/v1/record/recommendations/${shown.publicId}`;
    const record = async () => (await world.api.as().get(url).expect(200)).body as Listed;
    const published = await record();
    expect(published.classification).toEqual(shown.classification);
    expect(published.classification).toMatchObject({
      method: { mechanism: 'upr', version: 1 },
      category: { codes: ['5'], by: 'human' },
      sdgGoals: { codes: ['4'], by: 'machine' },
    });
    const feed = async () =>
      (await ledger.rows('SELECT what FROM record.change WHERE item_id = $1', [shown.publicId]))
        .length;
    const changes = await feed();
    await put(office, { accept: ['sdgGoals'] }, 2).expect(200);
    expect((await record()).classification).toMatchObject({
      sdgGoals: { codes: ['4'], by: 'human' },
    });
    expect(await feed()).toBe(changes + 1);
  });

  it('goes with their words, and nothing is said of them any more', async () => {
    const { publicId } = (await list()).find(({ id }) => id === made)!;
    const item = { kind: 'recommendation', id: publicId };
    const ground = { ground: 'risk-to-person', reason: 'It names a village' };
    await office.post('/v1/withdrawals', { item, fields: ['text'], ...ground }).expect(201);
    expect(await acts()).toEqual([]);
    const said = await told();
    expect(said).toMatchObject({
      version: 0,
      history: [],
      themes: { proposed: null, confirmed: null },
    });
    const { body } = await world.api.as().get(`/v1/record/recommendations/${publicId}`).expect(200);
    expect(body).not.toHaveProperty('classification');
    expect((await list({ theme: 'education' })).map(({ id }) => id)).not.toContain(made);
    await expectRefused(ledger, put(office, { category: ['5'] }, 0), 410, 'withdrawn');
  });
});
