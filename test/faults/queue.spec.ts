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
});
