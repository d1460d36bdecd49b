// The house that is measured: durable PostgreSQL of its own, bootstrap, API and worker, as in use.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startHouse } from '../scripts/house.mjs';
import { startPostgres } from '../scripts/postgres.mjs';
import { makeScratch } from '../scripts/scratch.mjs';

/** Where the procedures' clock begins: organizations may file on a session in May 2027. */
const CLOCK_START = '2026-09-01T09:00:00Z';

/** Scheduled jobs come and go: so many at once are no load. */
const STEADY = 2;

/** What every API process that is measured is given. */
const SETTINGS = { COMITY_TEST_MODE: 'on', COMITY_POOL: '10', COMITY_RATE_LIMITS: 'off' };

/** What is under way in the worker, as it tells itself. */
async function underWay(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const states = [
    ...text.matchAll(/^comity_queue_jobs\{lane="work",state="(waiting|active)"\} (\d+)$/gm),
  ];
  if (states.length !== 2) throw new Error('the worker does not tell what it has to do');
  return states.reduce((sum, [, , jobs]) => sum + Number(jobs), 0);
}

/** Waits until the worker has carried and looked at all that was put out, by whomever. */
async function settle(sql, port) {
  for (;;) {
    const { rows } = await sql.query('SELECT EXISTS (SELECT FROM journal.pending) AS pending');
    if (!rows[0].pending && (await underWay(port)) <= STEADY) return;
    await sleep(200);
  }
}

/**
 * @returns {Promise<{url: string, admin: {email: string, password: string}, databaseUrl: string,
 *   sql: import('pg').Client, files: string, pid: number, env: object,
 *   settled: () => Promise<void>, stop: () => Promise<void>}>}
 *   `sql` is the administrator's connection, `pid` the API's process, `env` what another of it needs,
 *   `settled` waits until the worker has nothing left of what was put out
 */
export async function openHouse(say) {
  const stops = [];
  const stop = async () => {
    while (stops.length > 0) await stops.pop()();
  };
  try {
    const folder = makeScratch('bench');
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const postgres = await startPostgres({ dir: folder });
    stops.push(postgres.stop);
    const databaseUrl = await postgres.adminUrl('comity');
    const house = await startHouse({
      port: 0,
      env: {
        DATABASE_URL: databaseUrl,
        COMITY_CLOCK_START: CLOCK_START,
        ...SETTINGS,
      },
      say,
    });
    stops.push(house.stop);
    const sql = new pg.Client({ connectionString: databaseUrl });
    await sql.connect();
    stops.push(() => sql.end());
    const files = path.join(folder, 'bare-files');
    const env = { ...process.env, ...SETTINGS, ...house.addresses };
    return {
      url: house.url,
      admin: house.admin,
      databaseUrl,
      sql,
      files,
      pid: house.pid,
      env,
      settled: () => settle(sql, house.metrics[1]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
