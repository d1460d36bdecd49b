import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { createWorker } from '../../src/worker.js';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { DocumentsJobs } from '../../src/modules/documents/documents.jobs.js';
import { UploadsJobs } from '../../src/modules/uploads/uploads.jobs.js';
import { LOG } from '../../src/platform/log/log.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';
import { begin, begun, end, head, offsetOf, send, type Versioned } from './resuming.js';

const TEXT = 'The people of Slovenia were consulted.';

describe('an upload', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let report: Versioned;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    const body = { kind: 'national-report', title: 'Report' };
    report = (await slovenia.post(`/v1/reviews/${review}/documents`, body).expect(201))
      .body as Versioned;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const files = () => world.api.app.get(Environment).filesDir;
  const staged = async (): Promise<string[]> =>
    (await readdir(`${files()}/staged`, { recursive: true })).filter((name) => name.length > 40);
  const keyOf = async (url: string): Promise<string> => {
    const row = await ledger.row(
      'SELECT file_key AS key FROM casework.upload_part WHERE upload_id = $1',
      [url.slice(-36)],
    );
    return row['key'] as string;
  };
  /** What the worker does every hour, with everything that is not this very moment's. */
  const sweep = async (): Promise<void> => {
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_FILES: files(),
      COMITY_MAIL_DIR: files(),
      COMITY_KEYS: world.api.keysFile,
      COMITY_TEST_MODE: 'on',
    });
    const worker = await createWorker(environment, world.api.app.get(LOG));
    try {
      await worker.get(UploadsJobs, { strict: false }).forget();
      await worker.get(DocumentsJobs, { strict: false }).sweep(new Date(Date.now() + 1000));
    } finally {
      await worker.close();
    }
  };

  it('is there for the one who began it alone, and like one that never was', async () => {
    const url = await begun(slovenia, report, TEXT.length);
    const drafter = await world.delegation('SVN', 'drafter');
    for (const who of [drafter, world.secretariat, await world.delegation('FRA')]) {
      const theirs = await send(who, url, [0, TEXT]);
      const nobodys = await send(who, `/v1/uploads/${NOBODY}`, [0, TEXT]);
      expect([theirs.status, theirs.text]).toEqual([404, nobodys.text]);
      await head(who, url).expect(404);
      await end(who, url).expect(404);
    }
    await head(world.api.as(), url).expect(401);
  });

  it('ends at once for who has lost the seat', async () => {
    const drafter = await world.delegation('SVN', 'drafter');
    const own = await begun(drafter, report, TEXT.length);
    await send(drafter, own, [0, 'The']).expect(204);
    const { body } = await drafter.get('/v1/me').expect(200);
    const [seat] = body.seats as { membershipId: string }[];
    await slovenia.post(`/v1/memberships/${seat!.membershipId}/revoke`).expect(200);
    await head(drafter, own).expect(404);
    await send(drafter, own, [3, ' people']).expect(404);
  });

  it('ends for who is recused, whatever seat they keep', async () => {
    const officer = await world.delegation('SVN', 'focal-point');
    const own = await begun(officer, report, TEXT.length);
    await send(officer, own, [0, 'The']).expect(204);
    const recuse = `INSERT INTO casework.exclusion
      SELECT account_id, proceeding_id, now(), 'a conflict of interest'
      FROM casework.upload WHERE id = $1`;
    await ledger.rows(recuse, [own.slice(-36)]);
    const theirs = await send(officer, own, [3, ' people']);
    const nobodys = await send(officer, `/v1/uploads/${NOBODY}`, [3, ' people']);
    expect([theirs.status, theirs.text]).toEqual([404, nobodys.text]);
    await head(officer, own).expect(404);
    await end(officer, own).expect(404);
  });

  it('is ended by who began it, and nothing of it stays', async () => {
    const before = await staged();
    const url = await begun(slovenia, report, TEXT.length);
    await send(slovenia, url, [0, 'The people']).expect(204);
    expect(await staged()).toHaveLength(before.length + 1);
    await end(slovenia, url).expect(204);
    expect(await staged()).toEqual(before);
    await expectRefused(ledger, end(slovenia, url), 410, 'upload-ended');
    await head(slovenia, url).expect(410);
  });

  it('runs out, is forgotten, and swept', async () => {
    const url = await begun(slovenia, report, TEXT.length);
    await send(slovenia, url, [0, 'The people']).expect(204);
    const key = await keyOf(url);
    await sweep();
    expect(await offsetOf(slovenia, url)).toBe(10);
    expect(await staged()).toContainEqual(expect.stringContaining(key));
    const ran = 'UPDATE casework.upload SET expires_at = now() WHERE id = $1';
    await ledger.rows(ran, [url.slice(-36)]);
    await expectRefused(ledger, send(slovenia, url, [10, ' of']), 410, 'upload-ended');
    await sweep();
    expect(await staged()).not.toContainEqual(expect.stringContaining(key));
    await head(slovenia, url).expect(404);
  });

  it('is one of ten of an account at most', async () => {
    let answer = await begin(slovenia, report, 9);
    for (let n = 0; n < 10 && answer.status === 201; n += 1) {
      answer = await begin(slovenia, report, 9);
    }
    expect([answer.status, answer.body.code]).toEqual([409, 'too-many-uploads']);
  });

  it('goes with the document when that is withdrawn, whatever has come of it', async () => {
    const watch = await world.organization('A watch');
    await world.reach(review, 'SVN', 'preparation');
    const id = await world.file(watch.head, review, { kind: 'stakeholder-submission' });
    const { body } = await watch.head.get(`/v1/documents/${id}`).expect(200);
    const answer = begin(watch.head, body as Versioned, 20).query({
      language: 'fr',
      standing: 'courtesy',
    });
    const { location = '' } = (await answer.expect(201)).headers;
    await send(watch.head, location, [0, 'Quelques']).expect(204);
    const key = await keyOf(location);
    const item = { kind: 'document', id };
    const told = { whole: true, ground: 'risk-to-person', reason: 'It names somebody' };
    await world.secretariat.post('/v1/withdrawals', { item, ...told }).expect(201);
    await head(watch.head, location).expect(404);
    await sweep();
    expect(await staged()).not.toContainEqual(expect.stringContaining(key));
  });
});
