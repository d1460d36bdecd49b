import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { queried } from '../database/direct.js';
import { openSession } from '../factories/session.js';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

interface AtDesk {
  readonly reviewId: string;
  readonly stateUnderReview: string;
  readonly status: string;
  readonly nextDeadline: { deadline: string } | null;
  readonly due: { deadline: string; owedBy: string; due: string }[];
  readonly overdue: { deadline: string }[];
  readonly missing: { documents: string[]; labels: number; positions: number; troika: boolean };
  readonly inTranslation: { documentId: string; kind: string; languages: string[] }[];
  readonly moves: { move: string; by: string[]; mine: boolean; because: string | null }[];
  readonly version: number;
}

/** Three reviews of one session, each at another place on its way. */
describe('the desk of a session', () => {
  let world: World;
  let ledger: Ledger;
  let session: string;
  let reviews: Record<'SVN' | 'KEN' | 'FRA', string>;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    ({ sessionId: session, reviews } = await openSession(world, ['SVN', 'KEN', 'FRA']));
    await world.reach(reviews.SVN, 'SVN', 'documented');
    await world.reach(reviews.KEN, 'KEN', 'preparation');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const url = () => `/v1/sessions/${session}/desk`;
  const desk = async (who: Client = world.secretariat): Promise<AtDesk[]> =>
    ((await who.get(url()).expect(200)).body as { items: AtDesk[] }).items;
  const at = async (state: string, who?: Client): Promise<AtDesk> =>
    (await desk(who)).find(({ stateUnderReview }) => stateUnderReview === state)!;

  const slotOf = async (sessionId: string) =>
    (await ledger.row('SELECT id FROM reference.slot WHERE session_id = $1', [sessionId]))[
      'id'
    ] as string;

  it('shows where each review stands, and what it lacks', async () => {
    const all = await desk();
    expect(all.map(({ reviewId }) => reviewId).toSorted()).toEqual(
      Object.values(reviews).toSorted(),
    );
    expect(await at('FRA')).toMatchObject({
      status: 'scheduled',
      missing: { troika: true, labels: 0, positions: 0 },
      moves: [{ move: 'record-troika', mine: true, because: 'troika-missing' }],
    });
    const kenya = await at('KEN');
    expect(kenya).toMatchObject({
      status: 'preparation',
      missing: {
        documents: ['national-report', 'compilation', 'stakeholder-summary'],
        troika: false,
      },
      moves: [{ move: 'issue-documents', by: ['secretariat'], because: 'documents-missing' }],
    });
    expect(kenya.nextDeadline).toMatchObject({ deadline: 'national-report' });
    expect(kenya.due.map(({ deadline }) => deadline)).toEqual([
      'national-report',
      'compilation',
      'stakeholder-summary',
      'advance-questions',
      'speakers-open',
      'speakers-close',
    ]);
    expect(kenya.overdue).toEqual([]);
    const slovenia = await at('SVN');
    expect(slovenia.missing.documents).toEqual([]);
    expect(slovenia.moves).toMatchObject([
      { move: 'relay-questions', mine: true, because: null },
      { move: 'hold-dialogue', because: 'not-yet-held' },
      // What stands against it, whoever may make it.
      { move: 'record-absence', by: ['president'], mine: false, because: 'too-early' },
    ]);
  });

  it('tells what is overdue from its day on, until it has come', async () => {
    await world.at('2027-03-01T09:00:00Z');
    const kenya = await at('KEN');
    expect(kenya.overdue.map(({ deadline }) => deadline)).toEqual(['national-report']);
    expect(kenya.nextDeadline).toMatchObject({ deadline: 'compilation' });
    await world.file(await world.delegation('KEN'), reviews.KEN, { kind: 'national-report' });
    expect((await at('KEN')).overdue).toEqual([]);
    expect((await at('KEN')).missing.documents).toEqual(['compilation', 'stakeholder-summary']);
  });

  it('counts labels while they are given, and positions while they are answered', async () => {
    await world.reach(reviews.SVN, 'SVN', 'reviewed');
    const made = await world.recommend(await world.delegation('BRA'), reviews.SVN, 'Ratify it');
    expect((await at('SVN')).missing).toMatchObject({ labels: 1, positions: 1 });
    const labels = [{ id: made, label: '6.1' }];
    const label = `/v1/reviews/${reviews.SVN}/recommendations/labels`;
    await world.secretariat.post(label, { labels }).expect(200);
    expect((await at('SVN')).missing).toMatchObject({ labels: 0, positions: 1 });
  });

  it('tells which acts are overdue, not documents alone', async () => {
    const owed = async () => (await at('SVN')).overdue.map(({ deadline }) => deadline);
    expect(await owed()).toEqual([]);
    await world.at('2027-05-11T09:00:00Z');
    expect(await owed()).toEqual(['list-of-recommendations', 'draft-report', 'troika-sign-off']);
    await world.file(world.secretariat, reviews.SVN, { kind: 'working-group-report' });
    expect(await owed()).toEqual(['list-of-recommendations', 'troika-sign-off']);
    await signOff(world, reviews.SVN);
    expect(await owed()).toEqual([]);
  });

  it('tells what is in translation: declared, and neither original nor official', async () => {
    const id = await world.file(world.secretariat, reviews.KEN, { kind: 'compilation' });
    const paper = `/v1/documents/${id}`;
    const versionOf = async () => (await world.secretariat.get(paper)).body.version as number;
    const declare = async (languages: string[], who = world.secretariat) =>
      who.put(`${paper}/languages`, { languages }, { version: await versionOf() });
    expect((await at('KEN')).inTranslation).toEqual([]);
    const { body } = await declare(['fr', 'en', 'fr', 'es']);
    expect(body).toMatchObject({ languages: ['en', 'es', 'fr'] });
    const [row] = await ledger.rows('SELECT languages FROM casework.document WHERE id = $1', [id]);
    expect(row).toEqual({ languages: ['en', 'es', 'fr'] });
    const entry = (await ledger.journal(reviews.KEN)).find(
      ({ what }) => what === 'languages-declared',
    );
    expect(entry).toMatchObject({
      by: 'secretariat:upr',
      facts: { languages: ['en', 'es', 'fr'] },
    });
    expect((await at('KEN')).inTranslation).toEqual([
      { documentId: id, kind: 'compilation', languages: ['es', 'fr'] },
    ]);
    const send = async (language: string, standing: string) =>
      world.secretariat
        .upload(`${paper}/content`, 'Quelques mots.', {
          version: await versionOf(),
          query: { language, standing },
        })
        .expect(200);
    await send('fr', 'official');
    await send('es', 'machine');
    expect((await at('KEN')).inTranslation).toMatchObject([{ languages: ['es'] }]);
    const bare = world.secretariat.put(`${paper}/languages`, { languages: [] });
    await expectRefused(ledger, bare, 428, 'version-required');
    const stale = world.secretariat.put(`${paper}/languages`, { languages: [] }, { version: 1 });
    await expectRefused(ledger, stale, 412, 'stale');
    const odd = world.secretariat.put(`${paper}/languages`, { languages: ['?'] }, { version: 1 });
    await expectProblem(odd, 422, 'invalid-content');
    const drafter = await world.person('secretariat:upr', 'drafter');
    const version = await versionOf();
    const theirs = drafter.put(`${paper}/languages`, { languages: ['en'] }, { version });
    await expectRefused(ledger, theirs, 409, 'permission-missing');
    await expectProblem(world.api.as().put(`${paper}/languages`, {}), 401, 'unauthenticated');
  });

  it('is the secretariat’s, and of a session that there is', async () => {
    for (const who of [await world.president(), await world.delegation('SVN'), world.admin]) {
      await expectProblem(who.get(url()), 403, 'forbidden', {
        facts: { needs: 'secretariat:upr' },
      });
    }
    await expectProblem(world.api.as().get(url()), 401, 'unauthenticated');
    const nowhere = world.secretariat.get(`/v1/sessions/${reviews.SVN}/desk`);
    await expectProblem(nowhere, 404, 'not-found');
    const { headers } = await world.secretariat.get(url()).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['etag']).toBeUndefined();
  });

  it('takes as many statements for three reviews as for one', async () => {
    const { sessionId } = await world.slot('NOR', 52);
    const counted = async (address: string) => {
      const spy = jest.spyOn(pg.Query.prototype, 'submit');
      const { body } = await world.secretariat.get(address).expect(200);
      const statements = spy.mock.calls.length;
      spy.mockRestore();
      return { statements, reviews: (body as { items: unknown[] }).items.length };
    };
    const three = await counted(url());
    await world.secretariat.post('/v1/reviews', { slotId: await slotOf(sessionId) }).expect(201);
    const one = await counted(`/v1/sessions/${sessionId}/desk`);
    expect([one.reviews, three.reviews]).toEqual([1, 3]);
    expect(one.statements).toBeGreaterThan(5);
    expect(three.statements).toBe(one.statements);
  });

  it('comes in pages, counted, and a drafter may read it', async () => {
    const drafter = await world.person('secretariat:upr', 'drafter');
    const first = await drafter.get(url(), { limit: 2, count: true }).expect(200);
    expect(first.body).toMatchObject({ count: { total: 3 } });
    const next = await drafter.get(url(), { limit: 2, cursor: first.body.next as string });
    expect([...first.body.items, ...next.body.items]).toHaveLength(3);
    expect((await at('FRA', drafter)).moves).toMatchObject([{ mine: false }]);
  });

  it('leaves out a review that its viewer was excluded from, without a trace', async () => {
    const officer = await world.person('secretariat:upr', 'officer');
    const { body } = await officer.get('/v1/me').expect(200);
    await queried(world.api.database.adminUrl, EXCLUDE, [
      (body as { accountId: string }).accountId,
      reviews.KEN,
    ]);
    const seen = await expectUnchanged(ledger, () => officer.get(url(), { count: true }));
    expect(seen.body).toMatchObject({ count: { total: 2 } });
    expect(seen.text).not.toContain(reviews.KEN);
  });
});
const EXCLUDE = `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict of interest')`;
