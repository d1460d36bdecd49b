import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { LOG } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import { World } from '../factories/world.js';
import { describeOnRedis, redisUrl } from '../setup/redis.js';

/** Redis is expendable: all that it holds can be had again from PostgreSQL. */
describeOnRedis('a queue that loses its memory', () => {
  let world: World;
  let worker: INestApplicationContext;
  let database: pg.Client;
  beforeAll(async () => {
    world = await World.build();
    database = new pg.Client({ connectionString: world.api.database.adminUrl });
    await database.connect();
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      COMITY_MAIL_DIR: world.api.app.get(Environment).filesDir,
      REDIS_URL: redisUrl(),
    });
    worker = await createWorker(environment, world.api.app.get(LOG));
  });
  afterAll(async () => {
    await worker?.close();
    await database?.end();
    await world?.stop();
  });

  it('is told its schedule again, and what waited is carried', async () => {
    const redis = new Redis(redisUrl());
    await redis.flushdb();
    await redis.quit();
    await world.review('SVN');
    const waiting = async () => (await database.query('SELECT FROM journal.pending')).rowCount;
    expect(await waiting()).toBeGreaterThan(0);
    for (let tries = 0; tries < 60 && (await waiting()) !== 0; tries += 1) await sleep(500);
    expect(await waiting()).toBe(0);
  }, 45_000);

  it('is given again what it was given and lost, and nobody is told twice', async () => {
    const told = async () => {
      const { rows } = await database.query<{ n: number; twice: number }>(
        `SELECT count(*)::int AS n, (count(*) - count(DISTINCT (account_id, entry_id)))::int AS twice
         FROM identity.notice`,
      );
      return rows[0]!;
    };
    const before = await told();
    const redis = new Redis(redisUrl());
    await redis.flushdb();
    await redis.quit();
    await database.query('TRUNCATE identity.delivery_attempt, identity.delivery, identity.notice');
    await database.query(
      "INSERT INTO journal.pending SELECT id, now() - interval '3 minutes' FROM journal.entry",
    );
    const waiting = async () => (await database.query('SELECT FROM journal.pending')).rowCount;
    for (let tries = 0; tries < 60 && (await waiting()) !== 0; tries += 1) await sleep(500);
    expect(await waiting()).toBe(0);
    expect(await told()).toEqual(before);
    expect(before).toMatchObject({ n: expect.any(Number), twice: 0 });
  }, 45_000);
});
