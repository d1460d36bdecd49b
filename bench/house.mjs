// The house that is measured: durable PostgreSQL of its own, bootstrap, API and worker, as in use.
import { rmSync } from 'node:fs';
import pg from 'pg';
import { startHouse } from '../scripts/house.mjs';
import { startPostgres } from '../scripts/postgres.mjs';
import { makeScratch } from '../scripts/scratch.mjs';

/** Where the procedures' clock begins: before the session in which is filed. */
const CLOCK_START = '2027-01-10T09:00:00Z';

/**
 * @returns {Promise<{url: string, admin: {email: string, password: string}, databaseUrl: string,
 *   sql: import('pg').Client, stop: () => Promise<void>}>} `sql` is the administrator's connection
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
        COMITY_TEST_MODE: 'on',
        COMITY_CLOCK_START: CLOCK_START,
        COMITY_POOL: '10',
      },
      say,
    });
    stops.push(house.stop);
    const sql = new pg.Client({ connectionString: databaseUrl });
    await sql.connect();
    stops.push(() => sql.end());
    return { url: house.url, admin: house.admin, databaseUrl, sql, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
