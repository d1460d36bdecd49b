import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { queried } from '../database/direct.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { setting } from '../setup/database.js';
import { Balancer, HouseProcess } from '../setup/processes.js';
import { redisUrl } from '../setup/redis.js';

const onRedis = process.env.TEST_REDIS_MISSING === undefined;

/** Three API processes and two workers on one database, as on several machines. */
describe('a house of many processes', () => {
  let world: World;
  let apis: HouseProcess[] = [];
  let workers: HouseProcess[] = [];
  let balancer: Balancer;
  let review: string;
  let france: Client;
  const rows = <T extends Record<string, unknown>>(sql: string) =>
    queried<T>(world.api.database.adminUrl, sql);

  beforeAll(async () => {
    const files = await mkdtemp(path.join(tmpdir(), 'comity-many-'));
    world = await World.build('2027-01-10T09:00:00Z', { COMITY_FILES: files });
    if (onRedis) {
      const redis = new Redis(redisUrl());
      await redis.flushdb();
      await redis.quit();
    }
    review = await world.review('SVN');
    await world.reach(review, 'SVN', 'documented');
    france = await world.delegation('FRA');
    const { appUrl, publicUrl, workerUrl } = world.api.database;
    const settings = {
      COMITY_FILES: files,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      COMITY_DRAIN: '2',
      COMITY_RATE_LIMITS: 'account=1000000/60,write=1000000/60,public=1000000/60',
      ...(onRedis && { REDIS_URL: redisUrl() }),
    };
    const api = {
      ...settings,
      APP_DATABASE_URL: appUrl,
      PUBLIC_DATABASE_URL: publicUrl,
      COMITY_SIGNING_KEYS: setting('TEST_SIGNING_KEYS'),
    };
    const worker = { ...settings, WORKER_DATABASE_URL: workerUrl };
    apis = await Promise.all([1, 2, 3].map(() => HouseProcess.start('main', api)));
    workers = await Promise.all([1, 2].map(() => HouseProcess.start('worker', worker)));
    balancer = new Balancer(apis);
  }, 120_000);
  afterAll(async () => {
    await balancer?.close();
    await Promise.all([...apis, ...workers].map((each) => each.stop()));
    await world?.stop();
  });

  const until = async (holds: () => Promise<boolean>, seconds = 60): Promise<void> => {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) {
      if (await holds()) return;
    }
    throw new Error(`it did not come to pass in ${seconds} seconds`);
  };

  const draft = (key: string = randomUUID(), text = 'Ratify it') =>
    balancer.ask('POST', `/v1/reviews/${review}/recommendations`, {
      token: france.token!,
      body: { text, with: [] },
      headers: { 'idempotency-key': key },
    });

  /** Reads and writes from several clients while something happens; answers every status. */
  async function underLoad(happens: () => Promise<void>): Promise<number[]> {
    const done = new AbortController();
    const statuses: number[] = [];
    const client = async (): Promise<void> => {
      while (!done.signal.aborted) {
        for (const asked of [
          balancer.ask('GET', `/v1/reviews/${review}`, { token: france.token! }),
          balancer.ask('GET', '/v1/record/recommendations?limit=5'),
          draft(),
        ]) {
          const answer = await asked.catch(() => ({ status: 0, text: () => '' }));
          await answer.text();
          statuses.push(answer.status);
        }
      }
    };
    const clients = Array.from({ length: 4 }, client);
    try {
      await happens();
      await sleep(500);
    } finally {
      done.abort();
      await Promise.all(clients);
    }
    return statuses;
  }

  it('creates once what all three are asked for under one key', async () => {
    for (let round = 0; round < 5; round += 1) {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => draft(key, `Once ${round}`)),
      );
      const bodies = await Promise.all(
        answers.map(async (answer) => [answer.status, await answer.json()] as const),
      );
      const made = bodies.filter(([status]) => status === 201);
      expect(made.length).toBeGreaterThan(0);
      expect(bodies.every(([status]) => status === 201 || status === 409)).toBe(true);
      expect(new Set(made.map(([, body]) => (body as { id: string }).id)).size).toBe(1);
      expect(
        await rows(`SELECT id FROM casework.recommendation WHERE text = 'Once ${round}'`),
      ).toHaveLength(1);
    }
  });

  it('ends a session everywhere at once', async () => {
    const { token } = await world.stranger();
    const statuses = () =>
      Promise.all(
        apis.map(async ({ url }) => {
          const answer = await fetch(`${url}/v1/me`, {
            headers: { authorization: `Bearer ${token}` },
          });
          return answer.status;
        }),
      );
    expect(await statuses()).toEqual([200, 200, 200]);
    await balancer.ask('POST', '/v1/auth/logout', { token: token! });
    expect(await statuses()).toEqual([401, 401, 401]);
  });

  it('fires each deadline once, though two workers sweep and all are busy', async () => {
    const lapsed = () =>
      rows<{ key: string }>(
        `SELECT body::json #>> '{facts,deadline}' AS key FROM journal.entry
         WHERE proceeding_id = '${review}' AND body::json ->> 'what' = 'deadline-lapsed'`,
      );
    const before = (await lapsed()).length;
    const statuses = await underLoad(async () => {
      await rows(
        `UPDATE reference.clock SET shift_ms = extract(epoch FROM
           timestamptz '2027-05-03 12:00:00Z' - now()) * 1000`,
      );
      await until(async () => (await lapsed()).length > before);
      await sleep(6000); // both sweep again
    });
    expect(statuses.filter((status) => status === 0 || status >= 500)).toEqual([]);
    const keys = (await lapsed()).map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(before);
    expect(new Set(keys).size).toBe(keys.length);
  }, 120_000);

  it('lets one API go without a request that fails', async () => {
    const [, second] = apis;
    const statuses = await underLoad(async () => {
      await sleep(500);
      await second!.stop();
    });
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(10);
    expect(statuses.filter((status) => status === 0 || status >= 500)).toEqual([]);
    expect(second!.runs).toBe(false);
    expect(second!.said()).not.toContain('"level":50');
  }, 120_000);

  it('loses nothing when a worker is killed in the middle', async () => {
    const [first, second] = workers;
    const statuses = await underLoad(async () => {
      await sleep(1500);
      await first!.kill();
      await sleep(1500);
    });
    expect(statuses.filter((status) => status === 0 || status >= 500)).toEqual([]);
    await until(async () => (await rows('SELECT FROM journal.pending')).length === 0);
    // What the dead one had begun is taken up when its lock has run out.
    const jobs = (state: string) =>
      second!.metric(`comity_queue_jobs{lane="work",state="${state}"}`);
    const idle = async (state: string) => (await jobs(state)) === 0;
    await until(async () => (await idle('active')) && (await idle('waiting')), 100);
    expect(await jobs('failed')).toBe(0);
    const [{ entries }] = (await rows<{ entries: number }>(
      'SELECT count(*)::int AS entries FROM journal.entry',
    )) as [{ entries: number }];
    expect(entries).toBeGreaterThan(20);
  }, 180_000);
});
