import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queried } from '../database/direct.js';
import { World } from '../factories/world.js';

/** A whole review, told as a story: from the troika to the record that everybody reads. */
describe('the main line of a review', () => {
  let world: World;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    review = await world.review('SVN');
  });
  afterAll(() => world.stop());

  it('goes from the draw to the dialogue', async () => {
    await world.reach(review, 'SVN', 'ready');
    const documents = await world.api
      .as()
      .get('/v1/record/documents', { state: 'SVN' })
      .expect(200);
    expect(documents.body.items.map((item: { kind: string }) => item.kind).toSorted()).toEqual([
      'compilation',
      'national-report',
      'stakeholder-summary',
    ]);
  });

  it('takes recommendations by one State and by several', async () => {
    const france = await world.delegation('FRA');
    const brazil = await world.delegation('BRA');
    const kenya = await world.delegation('KEN');
    const shared = await world.recommend(france, review, 'Ratify the convention', ['BRA', 'KEN']);
    await brazil.post(`/v1/recommendations/${shared}/confirm`, {}).expect(200);
    await world.recommend(kenya, review, 'Strengthen the ombudsman');
    await world.recommend(brazil, review, 'Consider a national plan');
    await world.at('2027-05-03T11:00:00Z');
    const president = await world.president();
    expect((await world.move(president, review, 'hold-dialogue')).status).toBe(200);
  });

  it('adopts the report, publishes, and notes what stays unanswered', async () => {
    const slovenia = await world.delegation('SVN');
    const list = await slovenia.get(`/v1/reviews/${review}/recommendations`).expect(200);
    const [first, second] = list.body.items as { id: string }[];
    await world.position(slovenia, first!.id, 'supported');
    await slovenia.post(`/v1/reviews/${review}/positions`).expect(200);
    const president = await world.president();
    const early = await world.move(president, review, 'adopt-report');
    expect(early.body).toMatchObject({ status: 409, code: 'too-early' });
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    const labels = (list.body.items as { id: string }[]).map(({ id }, i) => ({
      id,
      label: `6.${9 + i}`,
    }));
    await world.secretariat
      .post(`/v1/reviews/${review}/recommendations/labels`, { labels })
      .expect(200);
    await world.at('2027-05-05T15:00:00Z');
    const adopted = await world.move(president, review, 'adopt-report');
    expect(adopted.body).toMatchObject({ status: 'wg-adopted' });
    await world.position(slovenia, second!.id, 'noted', {
      statedPosition: 'Does not enjoy support',
    });
    await slovenia.post(`/v1/reviews/${review}/positions`).expect(200);
    await world.at('2027-09-23T09:00:00Z');
    const current = await slovenia.get(`/v1/reviews/${review}`).expect(200);
    expect(current.body.status).toBe('positioned');
    expect((await world.move(president, review, 'adopt-outcome')).body.status).toBe('adopted');
    const published = await world.api
      .as()
      .get('/v1/record/recommendations', { state: 'SVN' })
      .expect(200);
    expect(
      published.body.items.map((item: { label: string; position: string; deemed: boolean }) => [
        item.label,
        item.position,
        item.deemed,
      ]),
    ).toEqual([
      ['6.9', 'supported', false],
      ['6.10', 'noted', false],
      ['6.11', 'noted', true],
    ]);
    const page = await world.api.as().get('/v1/record/proceedings', { state: 'SVN' }).expect(200);
    expect(page.body.items[0].outcome.positions).toEqual({ supported: 1, noted: 2 });
  });

  it('has called nothing by a name that nobody can look up', async () => {
    const known = async (name: string): Promise<string[]> => {
      const { body } = await world.api.as().get(`/v1/vocabularies/${name}`).expect(200);
      return (body.entries as { code: string }[]).map(({ code }) => code);
    };
    const happened = await queried<{ what: string }>(
      world.api.database.adminUrl,
      `SELECT DISTINCT body::json ->> 'what' AS what FROM journal.entry`,
    );
    expect(happened.length).toBeGreaterThan(10);
    const events = await known('journal-events');
    expect(happened.filter(({ what }) => !events.includes(what))).toEqual([]);
    const slovenia = await world.delegation('SVN');
    const { items } = (await slovenia.get(`/v1/reviews/${review}/recommendations`).expect(200))
      .body;
    const { items: papers } = (await slovenia.get(`/v1/reviews/${review}/documents`).expect(200))
      .body;
    const resources = [
      `/v1/reviews/${review}`,
      `/v1/documents/${papers[0].id}`,
      `/v1/recommendations/${items[0].id}`,
    ];
    const acts = [...(await known('offered-actions')), ...(await known('upr.moves'))];
    for (const url of resources) {
      const { actions } = (await slovenia.get(url).expect(200)).body;
      const bare = (actions as { action: string }[]).map(({ action }) =>
        action.replace(/^begin:.+$/, 'begin'),
      );
      expect([url, bare.filter((action) => !acts.includes(action))]).toEqual([url, []]);
    }
  });
});
