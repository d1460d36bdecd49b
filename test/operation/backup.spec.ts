import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../src/config/project-root.js';
import { startHouse } from '../../scripts/house.mjs';
import { startPostgres } from '../../scripts/postgres.mjs';

type House = Awaited<ReturnType<typeof startHouse>>;

interface Page {
  items: { id: string }[];
  next: string | null;
}

const run = promisify(execFile);

/** A house with its demonstration is backed up cold, and stands again somewhere else. */
describe('backup and restore', () => {
  let folder: string;
  let house: House | undefined;
  let before: Record<string, string>;
  let own: Record<string, string>;
  let accounts: House['accounts'];
  const at = (name: string) => path.join(folder, name);
  const start = async (name: string, demo: boolean): Promise<House> => {
    house = await startHouse({ port: 0, dataDir: at(name), demo });
    return house;
  };
  const stop = async (): Promise<void> => {
    await house?.stop();
    house = undefined;
  };

  /** One of the two commands, as npm runs it; answers its exit code and everything it said. */
  const command = (script: string, ...args: string[]) =>
    run(process.execPath, [path.join(projectRoot, 'scripts', script), ...args], {
      env: { PATH: process.env.PATH, HOME: folder },
    }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (failure: { code: number; stdout: string; stderr: string }) => ({
        code: failure.code,
        said: failure.stdout + failure.stderr,
      }),
    );

  const text = async (url: string, token?: string): Promise<string> => {
    const answer = await fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
    expect([url, answer.status]).toEqual([url, 200]);
    return answer.text();
  };

  /** Everything public, page by page, and every published file. */
  async function record(url: string): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const list of ['proceedings', 'recommendations', 'documents']) {
      for (let next: string | null = ''; next !== null;) {
        const page: string = `/v1/record/${list}?limit=20${next && `&cursor=${next}`}`;
        found[page] = await text(url + page);
        const parsed = JSON.parse(found[page]) as Page;
        for (const { id } of parsed.items) {
          const one = `/v1/record/${list}/${id}`;
          found[one] = await text(url + one);
          if (list === 'documents') found[`${one}/content`] = await text(`${url}${one}/content`);
        }
        ({ next } = parsed);
      }
    }
    found.changes = await text(`${url}/v1/record/changes?after=0`);
    return found;
  }

  /** What the secretariat of the demonstration sees of its own, files too. */
  async function casework(url: string): Promise<Record<string, string>> {
    const { email, password } = accounts.find((one) => one.email.startsWith('secretariat@'))!;
    const answer = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(answer.status).toBe(200);
    const { token } = (await answer.json()) as { token: string };
    const found: Record<string, string> = {};
    const reviews = await text(`${url}/v1/reviews`, token);
    for (const { id } of (JSON.parse(reviews) as Page).items) {
      const list = await text(`${url}/v1/reviews/${id}/documents`, token);
      for (const document of (JSON.parse(list) as Page).items) {
        const content = `${url}/v1/documents/${document.id}/content`;
        found[document.id] = await text(content, token);
      }
    }
    return found;
  }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'comity-backup-'));
    chmodSync(folder, 0o711);
    const { url, accounts: demo } = await start('first', true);
    accounts = demo;
    before = await record(url);
    own = await casework(url);
    writeFileSync(at('first/keys.json'), '{"keys":[]}');
  }, 300_000);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has something to lose', () => {
    expect(Object.keys(before).length).toBeGreaterThan(10);
    expect(Object.keys(before).filter((url) => url.endsWith('/content')).length).toBeGreaterThan(0);
    expect(Object.keys(own).length).toBeGreaterThan(3);
  });

  it('refuses while the house runs', async () => {
    const { code, said } = await command('backup.mjs', at('copy'), '--data', at('first'));
    expect([code, said]).toEqual([1, expect.stringContaining('already running')]);
  });

  it('copies everything that the house is, and writes down every file', async () => {
    await stop();
    const { code, said } = await command('backup.mjs', at('copy'), '--data', at('first'));
    expect([code, said]).toEqual([0, expect.stringContaining('each read again and found right')]);
    expect(readdirSync(at('copy')).toSorted()).toEqual([
      'admin.json',
      'database',
      'files',
      'keys.json',
      'manifest.json',
      'signing-keys.json',
    ]);
    const again = await command('backup.mjs', at('copy'), '--data', at('first'));
    expect([again.code, again.said]).toEqual([1, expect.stringContaining('is not empty')]);
  });

  it('refuses a backup that has changed, and one that is not whole', async () => {
    cpSync(at('copy'), at('changed'), { recursive: true });
    appendFileSync(at('changed/admin.json'), ' ');
    rmSync(at('changed/database/PG_VERSION'));
    writeFileSync(at('changed/files/more'), 'x');
    const changed = await command('restore.mjs', at('changed'), '--data', at('second'));
    expect(changed.code).toBe(1);
    for (const fault of [
      'admin.json has changed',
      'database/PG_VERSION is missing',
      'files/more is not in the manifest',
    ]) {
      expect(changed.said).toContain(fault);
    }
    rmSync(at('changed/manifest.json'));
    const half = await command('restore.mjs', at('changed'), '--data', at('second'));
    expect([half.code, half.said]).toEqual([1, expect.stringContaining('no whole backup')]);
  });

  it('refuses one whose keys are kept apart, until they are put back', async () => {
    cpSync(at('copy'), at('closed'), { recursive: true });
    const apart = at('keys apart.json');
    renameSync(at('closed/keys.json'), apart);
    const closed = await command('restore.mjs', at('closed'), '--data', at('third'));
    expect([closed.code, closed.said]).toEqual([
      1,
      expect.stringContaining('keys.json is missing'),
    ]);
    expect(existsSync(at('third/keys.json'))).toBe(false);
    renameSync(apart, at('closed/keys.json'));
    const whole = await command('restore.mjs', at('closed'), '--data', at('third'));
    expect([whole.code, whole.said]).toEqual([0, expect.stringContaining('are intact')]);
  });

  it('refuses a place that is taken', async () => {
    const { code, said } = await command('restore.mjs', at('copy'), '--data', at('first'));
    expect([code, said]).toEqual([1, expect.stringContaining('There is a house already')]);
  });

  it('stands again elsewhere: the record to the byte, files, accounts, the journal', async () => {
    const { code, said } = await command('restore.mjs', at('copy'), '--data', at('second'));
    expect([code, said]).toEqual([0, expect.stringContaining('npm start')]);
    expect(readFileSync(at('second/keys.json'), 'utf8')).toBe('{"keys":[]}');
    const { url } = await start('second', false);
    expect(await record(url)).toEqual(before);
    expect(await casework(url)).toEqual(own);
    await stop();
    const postgres = await startPostgres({ dir: at('second') });
    try {
      const verify = path.join(projectRoot, 'dist', 'src', 'verify-journal.js');
      const env = { ...process.env, DATABASE_URL: await postgres.adminUrl('comity') };
      const { stdout, stderr } = await run(process.execPath, [verify], { env });
      expect(stdout + stderr).toMatch(/\d+ chains/);
    } finally {
      await postgres.stop();
    }
  }, 120_000);
});
