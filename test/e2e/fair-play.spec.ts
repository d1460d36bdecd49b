import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { DocumentsJobs } from '../../src/modules/documents/documents.jobs.js';
import { LOG } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import type { Client } from '../setup/api.js';
import { World } from '../factories/world.js';
import { Ledger } from './ledger.js';

type Versioned = { id: string; version: number };
type Deadlines = {
  key: string;
  status: string;
  metAt: string | null;
  history: { what: string }[];
}[];

/** What a clever or careless hand might try, and what must come of it. */
describe('fair play', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    await world.reach(review, 'SVN', 'preparation');
  });
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const deadlines = async (who: Client, of = review): Promise<Deadlines> =>
    (await who.get(`/v1/reviews/${of}/deadlines`).expect(200)).body.items as Deadlines;
  const draft = async (who: Client, kind: string, more = {}): Promise<Versioned> => {
    const asked = { kind, title: kind, ...more };
    return (await who.post(`/v1/reviews/${review}/documents`, asked).expect(201)).body as Versioned;
  };
  const upload = (who: Client, { id, version }: Versioned, text: string, query = {}) =>
    who.upload(`/v1/documents/${id}/content`, text, { version, query });

  it('nobody is made to speak for a side by a seat that they did not ask for', async () => {
    const france = await world.delegation('FRA');
    const albania = await world.delegation('ALB');
    const { body: me } = await france.get('/v1/me').expect(200);
    const seat = { email: (me as { email: string }).email, side: 'state:ALB', role: 'officer' };
    const given = await albania.post('/v1/memberships', seat).expect(201);
    await world.reach(review, 'SVN', 'ready');
    const url = `/v1/reviews/${review}/recommendations`;
    const torn = await france.post(url, { text: 'Ratify it' });
    expect(torn.body).toMatchObject({
      status: 409,
      code: 'side-ambiguous',
      facts: { sides: ['state:ALB', 'state:FRA'] },
    });
    const own = await france.post(url, { text: 'Ratify it', as: 'state:FRA' }).expect(201);
    expect(own.body.side).toBe('state:FRA');
    await albania.get(`/v1/recommendations/${own.body.id}`).expect(404);
    await france.post(`/v1/memberships/${given.body.id}/revoke`).expect(200);
  });

  it('when something was begun is for the side that began it', async () => {
    const france = await world.delegation('FRA');
    const id = await world.recommend(france, review, 'Strengthen the ombudsman');
    const own = await france.get(`/v1/recommendations/${id}`).expect(200);
    const other = await slovenia.get(`/v1/recommendations/${id}`).expect(200);
    expect(typeof own.body.createdAt).toBe('string');
    expect(other.body.createdAt).toBeNull();
  });

  it('that something came in before its day is for who owes it and the secretariat', async () => {
    const france = await world.delegation('FRA');
    const of = async (who: Client) =>
      (await deadlines(who)).find(({ key }) => key === 'national-report')!;
    expect(await of(slovenia)).toMatchObject({ status: 'met' });
    expect(await of(world.secretariat)).toMatchObject({ status: 'met' });
    const seen = await of(france);
    expect(seen).toMatchObject({ status: 'pending', metAt: null });
    expect(seen.history.map(({ what }) => what)).not.toContain('met');
  });

  it('a document has one original, and every language of it keeps the limit', async () => {
    const austria = await world.delegation('AUT');
    const other = await world.review('AUT', { number: 51 });
    const { body } = await austria
      .post(`/v1/reviews/${other}/documents`, { kind: 'national-report', title: 'Ours' })
      .expect(201);
    const short = await upload(austria, body, 'Two words.').expect(200);
    const second = await upload(austria, short.body, 'Deux mots.', { language: 'fr' });
    expect(second.body).toMatchObject({ status: 409, code: 'already-exists' });
    const query = { language: 'fr', standing: 'courtesy' };
    const both = await upload(austria, short.body, 'mot '.repeat(11_000), query).expect(200);
    const url = `/v1/documents/${body.id}/submit`;
    const refused = await austria.post(url, undefined, { version: both.body.version });
    expect(refused.body).toMatchObject({
      code: 'over-word-limit',
      facts: { counted: 11_000, allowed: 10_700 },
    });
  });

  it('a translation of what is public needs who may hand in, and keeps the limit', async () => {
    const drafter = await world.delegation('SVN', 'drafter');
    const { body } = await slovenia.get(`/v1/reviews/${review}/documents`, {
      kind: 'national-report',
    });
    const report = (body as { items: Versioned[] }).items[0]!;
    const query = { language: 'fr', standing: 'courtesy' };
    const bold = await upload(drafter, report, 'Quelques mots.', query);
    expect(bold.body).toMatchObject({ status: 409, code: 'permission-missing' });
    const endless = await upload(slovenia, report, 'mot '.repeat(11_000), query);
    expect(endless.body).toMatchObject({ status: 422, code: 'over-word-limit' });
    const given = await upload(slovenia, report, 'Quelques mots.', query).expect(200);
    const read = await world.api
      .as()
      .get(`/v1/record/documents/${given.body.publicId}/content`, { language: 'fr' })
      .expect(200);
    expect(read.text).toBe('Quelques mots.');
    const all = await world.api.as().get('/v1/record/documents', { kind: 'national-report' });
    expect(all.body.items).toHaveLength(1);
  });

  it('what was replaced is swept in the end, and nothing else is', async () => {
    const begun = await draft(world.secretariat, 'compilation');
    const first = await upload(world.secretariat, begun, 'First.').expect(200);
    const second = await upload(world.secretariat, first.body, 'Second.').expect(200);
    const { filesDir } = world.api.app.get(Environment);
    const kept = async () =>
      (await readdir(`${filesDir}/kept`, { recursive: true })).filter((name) => name.length > 40);
    const before = (await kept()).length;
    const settings = {
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_FILES: filesDir,
      COMITY_MAIL_DIR: filesDir,
    };
    const environment = loadEnvironment({ ...settings, COMITY_TEST_MODE: 'on' });
    const worker = await createWorker(environment, world.api.app.get(LOG));
    try {
      await worker.get(DocumentsJobs, { strict: false }).sweep(new Date(Date.now() + 1000));
    } finally {
      await worker.close();
    }
    expect((await kept()).length).toBe(before - 1);
    const url = `/v1/documents/${second.body.id}/content`;
    expect((await world.secretariat.get(url).expect(200)).text).toBe('Second.');
  });

  it('a plenary that loses its date closes nothing, and a refused expiry holds up no other', async () => {
    const fiji = await world.review('FJI', { number: 52 });
    await world.reach(fiji, 'FJI', 'wg-adopted');
    const { body: place } = await world.secretariat.get(`/v1/reviews/${fiji}`).expect(200);
    const [{ session_id: id }] = (await ledger.rows<{ session_id: string }>(
      'SELECT session_id FROM reference.slot WHERE id = $1',
      [place.slotId],
    )) as [{ session_id: string }];
    const put = async (outcomeStarts: string | null) => {
      const { body } = await world.secretariat.get(`/v1/sessions/${id}`).expect(200);
      const slot = { state: 'FJI', starts: '2027-05-03T07:00:00Z', ends: '2027-05-03T10:30:00Z' };
      await world.secretariat
        .post(
          `/v1/sessions/${id}/reschedule`,
          { reason: 'liquidity', slots: [{ ...slot, outcomeStarts }] },
          { version: body.version },
        )
        .expect(200);
    };
    await put(null);
    const positions = async () =>
      (await deadlines(world.secretariat, fiji)).filter(({ key }) => key === 'positions');
    expect(await positions()).toMatchObject([{ status: 'cancelled' }]);
    await put('2027-09-23T08:00:00Z');
    expect((await positions()).map(({ status }) => status).toSorted()).toEqual([
      'cancelled',
      'pending',
    ]);
    await put(null);
    await world.at('2027-09-24T09:00:00Z');
    expect((await world.secretariat.get(`/v1/reviews/${fiji}`)).body.status).toBe('wg-adopted');
    const head = await world.delegation('FJI');
    expect((await world.move(head, fiji, 'close-positions')).status).toBe(200);
    await put('2027-12-01T10:00:00Z');
    await world.at('2028-01-10T09:00:00Z');
    const president = await world.president();
    expect((await world.move(president, fiji, 'adopt-outcome')).body.status).toBe('adopted');
    const [left] = await ledger.rows<{ n: string }>(
      `SELECT count(*) AS n FROM casework.deadline WHERE status = 'pending'
         AND due < timestamptz '2028-01-10T08:00Z'`,
    );
    expect(Number(left!.n)).toBe(0);
  });

  it('new dates bring back no deadline that has passed, and call nobody into the past', async () => {
    const { slotId, sessionId } = await world.slot('KEN', 53);
    const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
    const submissions = async () =>
      (await deadlines(world.secretariat, body.id)).find(
        (d) => d.key === 'stakeholder-submissions',
      );
    const was = await submissions();
    expect(was).toMatchObject({ status: 'pending', due: '2026-10-03T10:00:00.000Z' });
    const url = `/v1/sessions/${sessionId}/reschedule`;
    const put = (outcomeStarts: string) => {
      const slot = { state: 'KEN', starts: '2028-11-06T08:00:00Z', ends: '2028-11-06T11:30:00Z' };
      const asked = { reason: 'liquidity', slots: [{ ...slot, outcomeStarts }] };
      return world.secretariat.post(url, asked, { version: 1 });
    };
    await put('2029-03-20T10:00:00Z').expect(200);
    expect(await submissions()).toEqual(was);
    const { now } = (await world.admin.get('/v1/clock').expect(200)).body as { now: string };
    const past = { starts: '2027-01-11T08:00:00Z', ends: '2027-01-11T11:30:00Z' };
    const back = { reason: 'haste', slots: [{ state: 'KEN', ...past, outcomeStarts: now }] };
    const refused = await world.secretariat.post(url, back, { version: 2 });
    expect(refused.body).toMatchObject({ status: 409, code: 'too-late' });
  });
});
