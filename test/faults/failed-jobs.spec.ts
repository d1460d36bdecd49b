import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { loadEnvironment } from '../../src/config/environment.js';
import { LOG } from '../../src/platform/log/log.js';
import { Entries } from '../../src/platform/queue/entries.js';
import { Jobs } from '../../src/platform/queue/jobs.js';
import { createWorker } from '../../src/worker.js';
import { queried } from '../database/direct.js';
import { plantFailedJob } from '../factories/failed-job.js';
import { World } from '../factories/world.js';
import { describeOnRedis, redisUrl } from '../setup/redis.js';

interface Failed {
  readonly id: string;
  readonly name: string;
  readonly about: string[];
  readonly error: { readonly name: string; readonly code: string | null };
  readonly times: number;
  readonly status: string;
  readonly version: number;
}

const SECRET = 'the words of Ana Novak';

/** The same on both queues: what cannot be done is kept, holds up nothing else, and is decided about. */
function keepsFailures(queue: () => Record<string, string>): void {
  let world: World;
  let worker: INestApplicationContext;
  /** The entry about which nothing can be done; `next`: the first one that comes. */
  let poisoned: string | undefined;

  beforeAll(async () => {
    if (process.env.TEST_REDIS_MISSING === undefined) {
      const redis = new Redis(redisUrl());
      await redis.flushdb();
      await redis.quit();
    }
    world = await World.build();
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      ...queue(),
    });
    worker = await createWorker(environment, world.api.app.get(LOG));
    worker.get(Entries).follow((entryId) => {
      if (poisoned === 'next') poisoned = entryId;
      return entryId === poisoned ? Promise.reject(new Error(SECRET)) : Promise.resolve();
    });
  }, 120_000);
  afterAll(async () => {
    await worker?.close();
    await world?.stop();
  });

  const rows = <T extends Record<string, unknown>>(sql: string) =>
    queried<T>(world.api.database.adminUrl, sql);
  const failures = async (status: string, name: string): Promise<Failed[]> => {
    const { body } = await world.admin.get('/v1/failed-jobs', { status, limit: 200 }).expect(200);
    return (body as { items: Failed[] }).items.filter((each) => each.name === name);
  };
  const comes = async <T>(look: () => Promise<T | undefined>, seconds = 90): Promise<T> => {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(300)) {
      const there = await look();
      if (there !== undefined) return there;
    }
    throw new Error(`it did not come to pass in ${seconds} seconds`);
  };
  const waiting = async () =>
    (await rows<{ id: string }>('SELECT entry_id AS id FROM journal.pending')).map(({ id }) => id);
  /** Something happens of which nobody can be told. */
  const fails = async (state: string): Promise<{ job: Failed; review: string }> => {
    await comes(async () => ((await waiting()).length === 0 ? true : undefined));
    poisoned = 'next';
    const number = state === 'SVN' ? 50 : 52;
    await world.review(state, { number });
    await world.review('PLW', { number: number + 1 });
    const job = await comes(async () =>
      (await failures('open', 'entry-appended')).find(({ about }) => about[0] === poisoned),
    );
    const [{ review }] = (await rows<{ review: string }>(
      `SELECT proceeding_id AS review FROM journal.entry WHERE id = '${poisoned}'`,
    )) as [{ review: string }];
    return { job, review };
  };

  it('is kept without what it said, done again when asked to, and healed', async () => {
    const { job } = await fails('SVN');
    expect(job).toMatchObject({ error: { name: 'Error', code: null }, times: 1, version: 1 });
    expect(JSON.stringify(await rows('SELECT f::text FROM identity.failed_job f'))).not.toContain(
      SECRET,
    );
    // Everybody else's entries were carried meanwhile; this one waits for longer than it did.
    expect(await waiting()).toEqual([poisoned]);
    const [{ later }] = (await rows<{ later: boolean }>(
      "SELECT not_before > now() + interval '3 minutes' AS later FROM journal.pending",
    )) as [{ later: boolean }];
    expect(later).toBe(true);
    poisoned = undefined;
    await world.admin
      .post(`/v1/failed-jobs/${job.id}/retry`, { reason: 'Mended' }, { version: job.version })
      .expect(200);
    await comes(async () =>
      (await failures('healed', 'entry-appended')).find(({ id }) => id === job.id),
    );
    expect(await waiting()).toEqual([]);
  }, 180_000);

  it('is open again where it fails again, and discarded the secretariat learns of it', async () => {
    const { job, review } = await fails('ALB');
    const of = `/v1/failed-jobs/${job.id}`;
    await world.admin.post(`${of}/retry`, { reason: 'Perhaps' }, { version: 1 }).expect(200);
    const again = await comes(async () =>
      (await failures('open', 'entry-appended')).find(({ id }) => id === job.id),
    );
    expect(again).toMatchObject({ times: 2, version: 3 });
    const reason = 'It can never succeed';
    await world.admin.post(`${of}/discard`, { reason }, { version: 3 }).expect(200);
    await comes(async () =>
      (await failures('discarded', 'entry-appended')).find(({ id }) => id === job.id),
    );
    const { body } = await world.secretariat
      .get(`/v1/reviews/${review}/journal`, { compartment: 'desk:secretariat:upr' })
      .expect(200);
    const entries = (body as { items: { body: string }[] }).items.map((each) =>
      JSON.stringify(each),
    );
    const told = entries.filter((each) => each.includes('notice-failed'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`discarded by the operator: ${reason}`);
    // The word of it is an entry like any other, and carried.
    await comes(async () => ((await waiting()).length === 0 ? true : undefined));
    const { body: shown } = await world.admin.get(of).expect(200);
    expect((shown as { acts: { act: string }[] }).acts.map(({ act }) => act)).toEqual([
      'retry',
      'discard',
    ]);
  }, 240_000);

  it('is counted for what runs by itself, and heals by itself', async () => {
    let broken = true;
    worker.get(Jobs).add({
      name: 'sometimes',
      payload: z.strictObject({}),
      every: 1000,
      run: () => (broken ? Promise.reject(new Error(SECRET)) : Promise.resolve()),
    });
    await comes(async () => (await failures('open', 'sometimes')).find(({ times }) => times >= 2));
    broken = false;
    const healed = await comes(async () => (await failures('healed', 'sometimes'))[0]);
    expect(healed.times).toBeGreaterThan(1);
  }, 180_000);

  it('holds up no other letter', async () => {
    const slovenia = await world.delegation('SVN');
    const { body } = await slovenia.get('/v1/me').expect(200);
    const { accountId } = body as { accountId: string };
    await comes(async () => ((await waiting()).length === 0 ? true : undefined));
    // Two letters leave together; one can't be written, for its entry can't be read.
    await rows(`WITH of AS (SELECT id, row_number() OVER (ORDER BY n) AS k FROM journal.entry
        WHERE compartment = 'case' ORDER BY n LIMIT 2),
      told AS (INSERT INTO identity.notice SELECT gen_random_uuid(), '${accountId}', id, 'normal',
        now(), NULL, NULL FROM of ON CONFLICT DO NOTHING RETURNING id)
      SELECT count(*) FROM told`);
    const notices = await rows<{ id: string; entry: string; body: string }>(
      `SELECT n.id, e.id AS entry, e.body FROM identity.notice n JOIN journal.entry e ON e.id = n.entry_id
       WHERE n.account_id = '${accountId}' ORDER BY e.n LIMIT 2`,
    );
    expect(notices).toHaveLength(2);
    await rows(`UPDATE journal.entry SET body = '{' WHERE id = '${notices[0]!.entry}'`);
    await rows(`DELETE FROM identity.delivery_attempt; DELETE FROM identity.delivery`);
    await rows(`INSERT INTO identity.delivery SELECT id, id, 'mail', NULL, 1, NULL, id, 'queued', false, 0,
      now(), now(), NULL, now(), NULL FROM identity.notice
      WHERE id IN ('${notices[0]!.id}', '${notices[1]!.id}')`);
    const became = async (delivery: string) =>
      (
        await rows<{ status: string; answer: string }>(
          `SELECT d.status, a.answer FROM identity.delivery d JOIN identity.delivery_attempt a
             ON a.delivery_id = d.id AND a.n = d.attempts WHERE d.id = '${delivery}' AND a.answer IS NOT NULL`,
        )
      )[0];
    expect(await comes(() => became(notices[0]!.id))).toEqual({
      status: 'deferred',
      answer: 'it could not be written',
    });
    const [other] = await rows<{ attempts: number }>(
      `SELECT attempts FROM identity.delivery WHERE id = '${notices[1]!.id}'`,
    );
    expect(other!.attempts).toBeGreaterThan(0);
    await rows(`UPDATE journal.entry SET body = $b$${notices[0]!.body}$b$
      WHERE id = '${notices[0]!.entry}'`);
    // What an operator gives up has failed.
    await plantFailedJob(world, { name: 'send-letters', data: { letters: [notices[0]!.id] } });
    const job = (await failures('open', 'send-letters'))[0]!;
    expect(job.about).toEqual([notices[0]!.id]);
    await world.admin
      .post(`/v1/failed-jobs/${job.id}/discard`, { reason: 'No use' }, { version: job.version })
      .expect(200);
    await comes(async () => (await failures('discarded', 'send-letters'))[0]);
    expect(await became(notices[0]!.id)).toEqual({
      status: 'failed',
      answer: 'discarded by the operator: No use',
    });
  }, 180_000);
}

describe('a job that fails, on the queue in PostgreSQL', () => {
  keepsFailures(() => ({}));
});
describeOnRedis('a job that fails, on the queue in Redis', () => {
  keepsFailures(() => ({ REDIS_URL: redisUrl() }));
});
