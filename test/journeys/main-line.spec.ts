import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comity } from '../../client/index.js';
import { queried } from '../database/direct.js';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import { speak } from '../setup/speak.js';

/** A whole review, told as a story: from the troika to the record that everybody reads. */
describe('the main line of a review', () => {
  let world: World;
  let anyone: Comity;
  let as: Awaited<ReturnType<typeof speak>>;
  let path: { id: string };
  beforeAll(async () => {
    world = await World.build();
    as = await speak(world.api);
    anyone = as();
    path = { id: await world.review('SVN') };
  });
  afterAll(() => world.stop());
  const secretariat = () => as(world.secretariat);
  const delegation = async (state: string) => as(await world.delegation(state));
  const president = async () => as(await world.president());

  async function move(who: Comity, name: string) {
    const { version } = await who.get('/v1/reviews/{id}', { path });
    return who.post('/v1/reviews/{id}/moves', { path, version, body: { move: name } });
  }
  /** Begun, uploaded and handed in. */
  async function file(who: Comity, kind: string): Promise<void> {
    const begun = { path, body: { kind, title: `The ${kind}` } };
    const { id, version } = await who.post('/v1/reviews/{id}/documents', begun);
    const bytes = Buffer.from('A few words that somebody wrote.');
    const sent = { path: { id }, version, bytes };
    const uploaded = await who.upload('/v1/documents/{id}/content', sent);
    const handed = { path: { id }, version: uploaded.version };
    await who.post('/v1/documents/{id}/submit', handed);
  }
  async function recommend(who: Comity, text: string, others: string[] = []): Promise<string> {
    const body = { text, with: others };
    const { id, version } = await who.post('/v1/reviews/{id}/recommendations', { path, body });
    await who.post('/v1/recommendations/{id}/submit', { path: { id }, version });
    return id;
  }
  async function answer(who: Comity, id: string, position: string, statedPosition?: string) {
    const place = '/v1/recommendations/{id}/position';
    const { version } = await who.get(place, { path: { id } });
    await who.put(place, { path: { id }, version, body: { position, statedPosition } });
    await who.post('/v1/reviews/{id}/positions', { path, body: {} });
  }

  it('goes from the draw to the dialogue', async () => {
    const body = {
      states: ['ALB', 'BRA', 'NOR'],
      drawnOn: '2027-01-11',
      meeting: 'Organizational meeting of the Council',
      witnesses: ['Secretary of the Council'],
    };
    const { version } = await secretariat().get('/v1/reviews/{id}', { path });
    await secretariat().post('/v1/reviews/{id}/troika', { path, version, body });
    await move(secretariat(), 'record-troika');
    await file(await delegation('SVN'), 'national-report');
    await file(secretariat(), 'compilation');
    await file(secretariat(), 'stakeholder-summary');
    await move(secretariat(), 'issue-documents');
    expect((await move(secretariat(), 'relay-questions')).status).toBe('ready');
    const documents = await anyone.all('/v1/record/documents', { query: { state: 'SVN' } });
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual([
      'compilation',
      'national-report',
      'stakeholder-summary',
    ]);
  });

  it('takes recommendations by one State and by several', async () => {
    const [france, brazil, kenya] = await Promise.all(['FRA', 'BRA', 'KEN'].map(delegation));
    const shared = await recommend(france!, 'Ratify the convention', ['BRA', 'KEN']);
    const confirmed = { path: { id: shared }, body: {} };
    await brazil!.post('/v1/recommendations/{id}/confirm', confirmed);
    await recommend(kenya!, 'Strengthen the ombudsman');
    await recommend(brazil!, 'Consider a national plan');
    await world.at('2027-05-03T11:00:00Z');
    expect((await move(await president(), 'hold-dialogue')).status).toBe('reviewed');
  });

  it('adopts the report, publishes, and notes what stays unanswered', async () => {
    const slovenia = await delegation('SVN');
    const [first, second, third] = await slovenia.all('/v1/reviews/{id}/recommendations', { path });
    await answer(slovenia, first!.id, 'supported');
    await expect(move(await president(), 'adopt-report')).rejects.toMatchObject({
      status: 409,
      code: 'too-early',
    });
    await file(secretariat(), 'working-group-report');
    const labels = [first, second, third].map((each, i) => ({ id: each!.id, label: `6.${9 + i}` }));
    await secretariat().post('/v1/reviews/{id}/recommendations/labels', { path, body: { labels } });
    await signOff(world, path.id);
    await world.at('2027-05-05T15:00:00Z');
    expect((await move(await president(), 'adopt-report')).status).toBe('wg-adopted');
    await answer(slovenia, second!.id, 'noted', 'Does not enjoy support');
    await world.at('2027-09-23T09:00:00Z');
    expect((await slovenia.get('/v1/reviews/{id}', { path })).status).toBe('positioned');
    expect((await move(await president(), 'adopt-outcome')).status).toBe('adopted');
    const query = { state: 'SVN', limit: 2 }; // so that there is a second page
    const published = await anyone.all('/v1/record/recommendations', { query });
    expect(published.map(({ label, position, deemed }) => [label, position, deemed])).toEqual([
      ['6.9', 'supported', false],
      ['6.10', 'noted', false],
      ['6.11', 'noted', true],
    ]);
    const [page] = await anyone.all('/v1/record/proceedings', { query });
    expect(page?.outcome?.positions).toEqual({ supported: 1, noted: 2 });
  });

  it('has called nothing by a name that nobody can look up', async () => {
    const known = async (name: string): Promise<string[]> => {
      const { entries } = await anyone.get('/v1/vocabularies/{name}', { path: { name } });
      return entries.map(({ code }) => code);
    };
    const happened = await queried<{ what: string }>(
      world.api.database.adminUrl,
      `SELECT DISTINCT body::json ->> 'what' AS what FROM journal.entry`,
    );
    expect(happened.length).toBeGreaterThan(10);
    const events = await known('journal-events');
    expect(happened.filter(({ what }) => !events.includes(what))).toEqual([]);
    const slovenia = await delegation('SVN');
    const [recommendation] = await slovenia.all('/v1/reviews/{id}/recommendations', { path });
    const [paper] = await slovenia.all('/v1/reviews/{id}/documents', { path });
    const resources = [
      await slovenia.get('/v1/reviews/{id}', { path }),
      await slovenia.get('/v1/documents/{id}', { path: { id: paper!.id } }),
      await slovenia.get('/v1/recommendations/{id}', { path: { id: recommendation!.id } }),
    ];
    const acts = [...(await known('offered-actions')), ...(await known('upr.moves'))];
    for (const { id, actions } of resources) {
      expect(actions.length).toBeGreaterThan(0);
      const bare = actions.map(({ action }) => action.replace(/^begin:.+$/, 'begin'));
      expect([id, bare.filter((action) => !acts.includes(action))]).toEqual([id, []]);
    }
  });
});
