import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { makeLog } from '../../src/platform/log/log.js';
import { TellReaders } from '../../src/modules/notices/tell-readers.js';
import { createWorker } from '../../src/worker.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';

interface Notice {
  readonly id: string;
  readonly event: string;
  readonly title: string;
  readonly detail: string | null;
  readonly urgency: string;
  readonly state: string;
  readonly proceeding: { state: string };
  readonly toldAt: string;
  readonly entry: { compartment: string; n: number };
}

/** The journal tells everybody concerned, through the worker, and each reads it as they may. */
describe('notices', () => {
  let world: World;
  let ledger: Ledger;
  let worker: INestApplicationContext;
  let review: string;
  let slovenia: Client;
  let france: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      COMITY_MAIL_DIR: world.api.app.get(Environment).filesDir,
    });
    worker = await createWorker(environment, makeLog(environment, 'worker'));
    slovenia = await world.delegation('SVN');
    france = await world.delegation('FRA');
    review = await world.review('SVN');
  }, 60_000);
  afterAll(async () => {
    await worker?.close();
    await ledger?.close();
    await world?.stop();
  });

  /** Until everything that happened has been dealt with. */
  const told = async (): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const [row] = await ledger.rows<{ left: number }>(
        'SELECT count(*)::int AS left FROM journal.pending',
      );
      if (row!.left === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the outbox did not empty in 20 seconds');
  };
  const inbox = async (who: Client, query: object = {}): Promise<Notice[]> => {
    const { body } = await who.get('/v1/notices', { limit: 200, ...query }).expect(200);
    return (body as { items: Notice[] }).items;
  };
  const events = async (who: Client) => (await inbox(who)).map(({ event }) => event);

  it('reach who the procedure says, and not who caused it', async () => {
    await told();
    expect(await inbox(slovenia)).toMatchObject([
      { event: 'opened', urgency: 'normal', state: 'unread', proceeding: { state: 'SVN' } },
    ]);
    expect(await inbox(world.secretariat)).toEqual([]);
    expect(await inbox(france)).toEqual([]);
    await world.reach(review, 'SVN', 'preparation');
    await world.file(slovenia, review, { kind: 'national-report' });
    await told();
    expect(await events(world.secretariat)).toEqual(['document-submitted']);
    // What lies in a tray is not told to others, nor to whom filed it.
    for (const who of [france, slovenia])
      expect(await events(who)).not.toContain('document-submitted');
    expect(await events(slovenia)).toContain('moved');
    const drafter = await world.delegation('SVN', 'drafter');
    expect(await inbox(drafter)).toEqual([]); // came later
  });

  it('say what it was in the reader’s language', async () => {
    const moved = (await inbox(slovenia)).find(({ event }) => event === 'moved');
    expect(moved).toMatchObject({ title: 'Move made', detail: 'Record the troika' });
    const { body } = await slovenia
      .get(`/v1/notices/${moved!.id}`)
      .set('accept-language', 'fr')
      .expect(200);
    const french = body as Notice;
    expect([french.title, french.detail]).not.toEqual([moved!.title, moved!.detail]);
    expect(french.entry).toEqual(moved!.entry);
  });

  it('are told once, however often an entry is dealt with', async () => {
    const before = await inbox(slovenia);
    const [{ id }] = (await ledger.rows<{ id: string }>(
      "SELECT id FROM journal.entry WHERE body::jsonb ->> 'what' = 'moved' LIMIT 1",
    )) as [{ id: string }];
    const telling = worker.get(TellReaders, { strict: false });
    const kept = async () =>
      (await ledger.rows('SELECT FROM identity.notice WHERE entry_id = $1', [id])).length;
    const first = await kept();
    await ledger.rows('TRUNCATE identity.delivery_attempt, identity.delivery');
    await ledger.rows('DELETE FROM identity.notice WHERE entry_id = $1', [id]);
    // What does not wait any more is nobody's to ask about.
    await telling.tell(id);
    expect(await kept()).toBe(0);
    await ledger.rows('INSERT INTO journal.pending VALUES ($1, now())', [id]);
    for (let times = 0; times < 3; times += 1) await telling.tell(id);
    expect(await kept()).toBeGreaterThanOrEqual(first);
    await ledger.rows('DELETE FROM journal.pending WHERE entry_id = $1', [id]);
    expect((await inbox(slovenia)).map(({ entry }) => entry)).toEqual(
      expect.arrayContaining(before.map(({ entry }) => entry)),
    );
  });

  it('are read, put away and taken out again by their reader alone', async () => {
    const [notice] = await inbox(slovenia);
    const url = `/v1/notices/${notice!.id}`;
    const put = async (body: object) => (await slovenia.put(url, body).expect(200)).body as Notice;
    expect(await put({ read: true })).toMatchObject({ state: 'read' });
    expect((await inbox(slovenia, { state: 'unread' })).map(({ id }) => id)).not.toContain(
      notice!.id,
    );
    expect(await put({ archived: true })).toMatchObject({ state: 'archived' });
    expect((await inbox(slovenia)).map(({ id }) => id)).not.toContain(notice!.id);
    expect((await inbox(slovenia, { state: 'archived' })).map(({ id }) => id)).toEqual([
      notice!.id,
    ]);
    expect(await put({ archived: false, read: false })).toMatchObject({ state: 'unread' });
    await expectProblem(france.get(url), 404, 'not-found');
    await expectProblem(france.put(url, { read: true }), 404, 'not-found');
    const until = notice!.toldAt;
    const { body } = await slovenia.post('/v1/notices/read', { until }).expect(200);
    expect((body as { read: number }).read).toBeGreaterThan(0);
    expect(await inbox(slovenia, { state: 'unread' })).toEqual([]);
  });

  it('are gone with what their reader may read: from the second of a recusal, or of leaving', async () => {
    const officer = await world.delegation('SVN', 'officer');
    for (const kind of ['compilation', 'stakeholder-summary']) {
      await world.file(world.secretariat, review, { kind });
    }
    await world.move(world.secretariat, review, 'issue-documents');
    await told();
    expect((await inbox(officer)).length).toBeGreaterThan(0);
    const { body: me } = await officer.get('/v1/me').expect(200);
    const { accountId } = me as { accountId: string };
    await ledger.rows(
      `INSERT INTO casework.exclusion VALUES ('${accountId}', '${review}', now(), 'a conflict')`,
    );
    expect(await inbox(officer)).toEqual([]);
    const { body } = await officer.get('/v1/notices', { count: 'true' }).expect(200);
    expect((body as { count: { total: number } }).count).toMatchObject({ total: 0 });
    // And nothing more is told.
    const kept = () =>
      ledger.rows('SELECT FROM identity.notice WHERE account_id = $1', [accountId]);
    const before = (await kept()).length;
    await world.move(world.secretariat, review, 'relay-questions');
    await told();
    expect((await kept()).length).toBe(before);
    expect((await inbox(slovenia)).map(({ detail }) => detail)).toContain(
      'Relay the advance questions',
    );
  });
});
