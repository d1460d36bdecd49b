import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { loadEnvironment } from '../../src/config/environment.js';
import { StartRefused } from '../../src/config/start-refused.js';
import { createApi } from '../../src/api.js';
import { LEDGER_FILE } from '../../src/modules/proceedings/index.js';
import { ensureKeys } from '../../src/platform/vault/keys.js';
import { reapplyWithdrawals } from '../../src/reapply-withdrawals.js';
import {
  fileSecrets,
  filesText,
  publicText,
  publishSecrets,
  rowsText,
  type Filed,
  type Secrets,
} from '../e2e/withdrawn.js';
import { World } from '../factories/world.js';
import { joinApi, type Client, type TestApi } from '../setup/api.js';
import { copyDatabase, type TestDatabase } from '../setup/database.js';
import { queried } from './direct.js';

/** The database as a backup has it, from before something was withdrawn. */
describe('a backup that is restored', () => {
  let folder: string;
  let secrets: Secrets;
  /** What waits for its stage in another review. */
  let filed: Filed;
  let filer: Client;
  let waiting: string;
  let words: string[];
  let unpublished: string[];
  const databases: TestDatabase[] = [];
  const inFolder = (name: string): string => path.join(folder, name);
  const settings = (files: string) => ({
    COMITY_FILES: inFolder(files),
    COMITY_KEYS: inFolder('keys.json'),
  });

  const environmentOf = ({ appUrl, publicUrl }: TestDatabase, files: string) =>
    loadEnvironment({
      APP_DATABASE_URL: appUrl,
      PUBLIC_DATABASE_URL: publicUrl,
      COMITY_TEST_MODE: 'on',
      LOG_LEVEL: 'silent',
      ...settings(files),
    });
  const reapply = (database: TestDatabase, files: string) =>
    reapplyWithdrawals(environmentOf(database, files), pino({ level: 'silent' }));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-restore-'));
    const world = await World.build('2026-09-01T09:00:00Z', settings('live'));
    databases.push(world.api.database);
    waiting = await world.review('AUT', { number: 51 });
    await world.reach(waiting, 'AUT', 'preparation');
    filer = (await world.organization('A watch')).head;
    filed = await fileSecrets(filer, waiting);
    const { why: _, ...texts } = filed.words;
    secrets = await publishSecrets(world);
    words = Object.values(secrets.words);
    unpublished = Object.values(texts);
    await world.api.app.close();
    databases.push(await copyDatabase(world.api.database), await copyDatabase(world.api.database));
    await cp(inFolder('live'), inFolder('backup'), { recursive: true });
    const live = await joinApi(world.api.database, settings('live'));
    const office = live.as(world.secretariat.token);
    for (const [kind, id] of [
      ['document', secrets.document],
      ['recommendation', secrets.recommendation],
      ['document', filed.id],
    ]) {
      const body = { item: { kind, id }, whole: true, ground: 'risk-to-person', reason: 'A name' };
      await office.post('/v1/withdrawals', body).expect(201);
    }
    await live.app.close();
  }, 120_000);
  afterAll(async () => {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function served<T>(
    database: TestDatabase,
    files: string,
    work: (api: TestApi) => Promise<T>,
  ) {
    const api = await joinApi(database, settings(files));
    try {
      await api.app.listen(0, '127.0.0.1');
      return await work(api);
    } finally {
      await api.app.close();
    }
  }

  async function expectForgotten(database: TestDatabase, files: string): Promise<void> {
    const texts = [
      await served(database, files, publicText),
      await rowsText(database.adminUrl, ['record', 'casework', 'journal']),
      await filesText(inFolder(files)),
    ];
    for (const [at, text] of texts.entries()) {
      expect(text.length).toBeGreaterThan(1000);
      for (const word of [...words, ...unpublished]) {
        expect([at, word, text.includes(word)]).toEqual([at, word, false]);
      }
    }
  }
  const sealedOf = ({ adminUrl }: TestDatabase) =>
    queried<{ id: string; file: string | null }>(
      adminUrl,
      'SELECT withdrawal_id AS id, file_key AS file FROM casework.sealed_original ORDER BY 1, 2',
    );

  it('shows what was withdrawn since, until the ledger is applied', async () => {
    const [, restored] = databases as [TestDatabase, TestDatabase];
    const text = await served(restored, 'backup', publicText);
    for (const word of words) expect(text).toContain(word);
    const rows = await rowsText(restored.adminUrl, ['casework']);
    for (const word of unpublished) expect(rows).toContain(word);
  });

  it('with its files: forgets it again, and seals the original anew', async () => {
    const [live, restored] = databases as [TestDatabase, TestDatabase];
    await cp(inFolder(`live/${LEDGER_FILE}`), inFolder(`backup/${LEDGER_FILE}`));
    const applied = { known: 3, again: 3, absent: 0, unreadable: 0 };
    expect(await reapply(restored, 'backup')).toEqual(applied);
    await expectForgotten(restored, 'backup');
    const [before, after] = [await sealedOf(live), await sealedOf(restored)];
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.filter(({ file }) => file !== null)).toHaveLength(7);
    expect(await reapply(restored, 'backup')).toEqual({ ...applied, again: 0 });
  }, 60_000);

  it('without its files: forgets it again, a line that was cut off notwithstanding', async () => {
    const [, , restored] = databases as [TestDatabase, TestDatabase, TestDatabase];
    await publishAnew(restored);
    await appendFile(inFolder(`live/${LEDGER_FILE}`), '{"id":"5f1d7a2e-9c3b-4b');
    const applied = { known: 3, again: 3, absent: 0, unreadable: 1 };
    expect(await reapply(restored, 'live')).toEqual(applied);
    await expectForgotten(restored, 'live');
  }, 60_000);

  /** Served before the ledger was applied, it publishes what waited, under an id of its own. */
  async function publishAnew(restored: TestDatabase): Promise<void> {
    await queried(
      restored.adminUrl,
      `INSERT INTO casework.stage_entry VALUES ($1, $2, 'case', 'documented', NULL, 'secretariat',
         NULL, now(), 100)`,
      [randomUUID(), waiting],
    );
    await served(restored, 'backup', async (api) => {
      const as = api.as(filer.token);
      const { body } = await as.get(`/v1/documents/${filed.id}`).expect(200);
      const { version } = body as { version: number };
      const lift = { until: null, reason: 'It may come out' };
      await as.put(`/v1/documents/${filed.id}/embargo`, lift, { version }).expect(200);
      const shown = await api.as().get('/v1/record/documents', { limit: 200 }).expect(200);
      expect(shown.text).toContain(filed.words['title']!);
    });
  }

  it('is not served with a keys file that does not open what it has sealed', async () => {
    const [live] = databases as [TestDatabase];
    const other = inFolder('other.json');
    for (const make of [() => Promise.resolve(false), () => ensureKeys(other)]) {
      await make();
      const start = joinApiWith(live, other);
      await expect(start).rejects.toThrow(StartRefused);
      await expect(start).rejects.toThrow(/k-[0-9a-f-]{36}/);
    }
  });

  async function joinApiWith(database: TestDatabase, keys: string): Promise<void> {
    const environment = loadEnvironment({
      APP_DATABASE_URL: database.appUrl,
      PUBLIC_DATABASE_URL: database.publicUrl,
      COMITY_TEST_MODE: 'on',
      LOG_LEVEL: 'silent',
      ...settings('live'),
      COMITY_KEYS: keys,
    });
    const app = await createApi(environment, pino({ level: 'silent' }));
    try {
      await app.init();
    } finally {
      await app.close();
    }
  }
});
