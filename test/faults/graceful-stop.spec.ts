import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { queried } from '../database/direct.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { HouseProcess } from '../setup/processes.js';
import { describeOnRedis, redisUrl } from '../setup/redis.js';

/** A mail server that lets whoever sends wait until it is told to answer. */
class SlowServer {
  readonly began: string[] = [];
  readonly taken: string[] = [];
  #waiting: (() => void)[] = [];
  #answers = false;
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, { envelope }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address).join();
      this.began.push(to);
      stream.resume().on('end', () => {
        const take = (): void => {
          this.taken.push(to);
          done(null);
        };
        if (this.#answers) take();
        else this.#waiting.push(take);
      });
    },
  }).on('error', () => undefined);

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** Takes what waits, and whatever comes from now on. */
  answer(): void {
    this.#answers = true;
    const waiting = this.#waiting.splice(0);
    for (const take of waiting) take();
  }

  /** Whoever waits for an answer gets none, and whoever comes waits. */
  forget(): void {
    this.#answers = false;
    this.#waiting = [];
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** A compiled worker, asked to stop while it waits for a mail server. */
function stopsGently(queue: () => Record<string, string>): void {
  let world: World;
  let head: Client;
  let server: SlowServer;
  let settings: Record<string, string>;
  let worker: HouseProcess | undefined;

  beforeAll(async () => {
    if (process.env.TEST_REDIS_MISSING === undefined) {
      const redis = new Redis(redisUrl());
      await redis.flushdb();
      await redis.quit();
    }
    const files = await mkdtemp(path.join(tmpdir(), 'comity-stop-'));
    world = await World.build('2027-01-10T09:00:00Z', { COMITY_FILES: files });
    head = await world.delegation('SVN');
    await rows("UPDATE identity.mail SET status = 'failed' WHERE status = 'queued'");
    server = new SlowServer();
    settings = {
      COMITY_FILES: files,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      COMITY_DRAIN: '2',
      COMITY_SMTP_URL: await server.listen(),
      COMITY_MAIL_FROM: 'Comity <comity@comity.test>',
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      ...queue(),
    };
  }, 120_000);
  afterEach(() => worker?.kill());
  afterAll(async () => {
    await server?.close();
    await world?.stop();
  });

  const rows = <T extends Record<string, unknown>>(sql: string) =>
    queried<T>(world.api.database.adminUrl, sql);
  const comes = async (holds: () => Promise<boolean> | boolean, seconds = 60): Promise<void> => {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) {
      if (await holds()) return;
    }
    throw new Error(`it did not come to pass in ${seconds} seconds`);
  };
  const invite = async (): Promise<string> => {
    const email = `${randomUUID()}@comity.test`;
    await head.post('/v1/invitations', { email, side: 'state:SVN', role: 'drafter' }).expect(201);
    return email;
  };
  const mailTo = async (email: string) =>
    (
      await rows<{ status: string; attempt: number }>(
        `SELECT status, attempts AS attempt FROM identity.mail WHERE address = '${email}'`,
      )
    )[0];

  it('ends what it has begun: the mail is sent once, and known to be', async () => {
    const email = await invite();
    worker = await HouseProcess.start('worker', settings);
    await comes(() => server.began.includes(email));
    const stopped = worker.stop();
    await comes(async () => !(await worker!.isReady()));
    expect(worker.runs).toBe(true);
    server.answer();
    await stopped;
    expect(await mailTo(email)).toMatchObject({ status: 'sent' });
    expect(server.taken.filter((to) => to === email)).toHaveLength(1);
    // It took up nothing new, and nothing was cut off.
    expect(worker.said()).not.toContain('"level":50');
  }, 180_000);

  it('is cut when it must wait for too long, and another ends it', async () => {
    server.forget();
    const email = await invite();
    worker = await HouseProcess.start('worker', settings);
    await comes(() => server.began.includes(email));
    // Nobody answers: it ends by itself nevertheless.
    await worker.stop();
    server.forget();
    expect(await mailTo(email)).toMatchObject({ status: 'sending' });
    // The lease of the one that was cut has run out.
    await rows(`UPDATE identity.mail SET due_at = now() - interval '1 second'
      WHERE address = '${email}'`);
    worker = await HouseProcess.start('worker', settings);
    await comes(() => server.began.filter((to) => to === email).length === 2, 120);
    server.answer();
    await comes(async () => (await mailTo(email))?.status === 'sent');
    expect(server.taken.filter((to) => to === email)).toHaveLength(1);
  }, 240_000);
}

describe('a worker that is asked to stop, on the queue in PostgreSQL', () => {
  stopsGently(() => ({}));
});
describeOnRedis('a worker that is asked to stop, on the queue in Redis', () => {
  stopsGently(() => ({ REDIS_URL: redisUrl() }));
});
