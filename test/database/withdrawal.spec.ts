import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { DocumentsJobs } from '../../src/modules/documents/documents.jobs.js';
import { LOG } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import { Ledger } from '../e2e/ledger.js';
import { World } from '../factories/world.js';
import { connected, DENIED, refusal } from './direct.js';

/** What the database itself allows of a withdrawal, and what it looks after. */
describe('a withdrawal in the database', () => {
  let world: World;
  let ledger: Ledger;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    for (const [state, number] of [
      ['SVN', 50],
      ['AUT', 51],
    ] as const) {
      await world.reach(await world.review(state, { number }), state, 'documented');
    }
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  it('takes out of the record what is of its own proceeding, as its parts say, and no more', async () => {
    const items = await ledger.rows<{ id: string; published: string; proceeding: string }>(
      `SELECT id, public_id AS published, proceeding_id AS proceeding FROM casework.document
       WHERE kind = 'compilation' ORDER BY proceeding_id`,
    );
    const [mine, theirs] = items as [(typeof items)[0], (typeof items)[0]];
    await connected(world.api.database.adminUrl, async (client) => {
      const withdraw = async (proceeding: string, item: string, published: string) => {
        const id = randomUUID();
        await client.query(
          `INSERT INTO casework.withdrawal (id, proceeding_id, compartment, kind, item_id,
             public_id, published, parts, at)
           VALUES ($1, $2, 'desk:secretariat:upr', 'document', $3, $4, true, '{files/1/en}', now())`,
          [id, proceeding, item, published],
        );
        await client.query(`SET LOCAL ROLE comity_app`);
        const answer = await refusal(client, 'SELECT record.withdraw($1)', [id]);
        if (answer === null) await client.query('SELECT record.withdraw($1)', [id]);
        await client.query('RESET ROLE');
        return answer;
      };
      await client.query('BEGIN');
      const own = [mine.proceeding, mine.id, mine.published] as const;
      // Nobody is the procedure yet.
      expect(await withdraw(...own)).toBe(DENIED);
      await client.query(`SELECT set_config('comity.principals', ARRAY[$1::uuid]::text, true)`, [
        mine.proceeding,
      ]);
      expect(await withdraw(mine.proceeding, theirs.id, theirs.published)).toBe(DENIED);
      expect(await withdraw(theirs.proceeding, theirs.id, theirs.published)).toBe(DENIED);
      expect(await withdraw(mine.proceeding, mine.id, theirs.published)).toBe(DENIED);
      expect(await withdraw(...own)).toBeNull();
      const { rows } = await client.query<{ id: string }>(
        'SELECT document_id AS id FROM record.file WHERE withdrawn_at IS NOT NULL',
      );
      expect(rows).toEqual([{ id: mine.published }]);
      const texts = await client.query('SELECT FROM record.text WHERE document_id = $1', [
        mine.published,
      ]);
      expect(texts.rowCount).toBe(0);
      const others = await client.query('SELECT FROM record.text WHERE document_id = $1', [
        theirs.published,
      ]);
      expect(others.rowCount).toBeGreaterThan(0);
      await client.query('ROLLBACK');
    });
  });

  it('has files looked at anew that the sweep is just looking at', async () => {
    const { filesDir } = world.api.app.get(Environment);
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_FILES: filesDir,
      COMITY_MAIL_DIR: filesDir,
      COMITY_TEST_MODE: 'on',
    });
    const key = 'x'.repeat(43);
    await ledger.rows(`INSERT INTO casework.file_in_doubt VALUES ($1, now() - interval '2 days')`, [
      key,
    ]);
    const worker = await createWorker(environment, world.api.app.get(LOG));
    const withdrawing = new pg.Client({ connectionString: world.api.database.appUrl });
    await withdrawing.connect();
    try {
      await withdrawing.query('BEGIN');
      await withdrawing.query('SELECT casework.doubt_at_once($1)', [[key]]);
      const sweeping = worker.get(DocumentsJobs, { strict: false }).sweep();
      await waiting(1);
      await withdrawing.query('COMMIT');
      await sweeping;
      const left = 'SELECT FROM casework.file_in_doubt WHERE file_key = $1';
      expect(await ledger.rows(left, [key])).toHaveLength(1);
      await worker.get(DocumentsJobs, { strict: false }).sweep();
      expect(await ledger.rows(left, [key])).toEqual([]);
    } finally {
      await withdrawing.end();
      await worker.close();
    }
  });

  /** Until so many wait for a lock. */
  async function waiting(length: number): Promise<void> {
    const hold = await ledger.hold('SELECT 1', []);
    await hold.queue(length);
    await hold.release();
  }
});
