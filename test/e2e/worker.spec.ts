import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Writable } from 'node:stream';
import pg from 'pg';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { makeLog } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import { World } from '../factories/world.js';
import { describeOnRedis, redisUrl } from '../setup/redis.js';

/** The same on both queues: what the API wrote is carried, checked, and swept by the worker. */
function worksAlone(queue: () => Record<string, string>): void {
  let world: World;
  let worker: INestApplicationContext;
  let logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const admin = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: world.api.database.adminUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 150; tries += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it did not come to pass in 15 seconds');
  };

  beforeAll(async () => {
    world = await World.build();
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      COMITY_MAIL_DIR: world.api.app.get(Environment).filesDir,
      ...queue(),
    });
    worker = await createWorker(environment, makeLog(environment, 'worker', sink));
  });
  afterAll(async () => {
    await worker?.close();
    await world?.stop();
  });

  it('carries every entry of the journal out of the outbox, and finds it intact', async () => {
    const review = await world.review('SVN');
    await world.reach(review, 'SVN', 'documented');
    await until(async () => (await admin('SELECT 1 FROM journal.pending')).length === 0);
    expect((await admin('SELECT 1 FROM journal.entry')).length).toBeGreaterThan(5);
    expect(logged).not.toContain('broken');
  });

  it('raises the alarm over an entry whose link does not hold', async () => {
    await admin(
      `WITH forged AS (
         INSERT INTO journal.entry SELECT gen_random_uuid(), proceeding_id, compartment, n + 1,
           '{}', hash, repeat('0', 64) FROM journal.chain WHERE compartment = 'case' RETURNING id)
       INSERT INTO journal.pending SELECT id FROM forged`,
    );
    const alarm = 'the journal is broken at this entry';
    await until(() => Promise.resolve(logged.includes(alarm)));
    expect(logged).toContain(alarm);
    await admin("DELETE FROM journal.entry WHERE hash = repeat('0', 64)");
  });

  it('expires deadlines by itself, at their due instant', async () => {
    await admin(
      `UPDATE reference.clock SET shift_ms = extract(epoch FROM
         timestamptz '2027-03-25 12:00:00Z' - now()) * 1000`,
    );
    const lapsed = () =>
      admin<{ key: string }>(
        `SELECT key FROM casework.deadline WHERE status = 'lapsed' AND lapsed_at = due ORDER BY due`,
      );
    await until(async () => (await lapsed()).length > 0);
    const journal = await admin<{ body: string }>(
      `SELECT body FROM journal.entry WHERE body LIKE '%"deadline-lapsed"%'`,
    );
    expect(journal.map(({ body }) => (JSON.parse(body) as { by: string }).by)).toContain('clock');
  });
}

describe('the worker on the queue in PostgreSQL', () => {
  worksAlone(() => ({}));
});
describeOnRedis('the worker on the queue in Redis', () => {
  worksAlone(() => ({ REDIS_URL: redisUrl() }));
});
