import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { LOG } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import { tokenOf } from '../factories/post.js';
import { World } from '../factories/world.js';
import { MailServer } from '../setup/mail-server.js';
import { describeOnRedis, redisUrl } from '../setup/redis.js';

const PASSWORD = 'a password for the tests';

/** Worker and API as they run: what a request asked for goes out by itself, on either queue. */
function sendsAlone(queue: () => Record<string, string>): void {
  let world: World;
  let server: MailServer;
  let folder: string;
  let worker: INestApplicationContext | undefined;
  beforeAll(async () => {
    world = await World.build();
    server = await MailServer.start();
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'comity-mail-')), 'mail');
  });
  afterAll(async () => {
    await worker?.close();
    await server?.down();
    await world?.stop();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  const work = async (settings: Record<string, string>) => {
    await worker?.close();
    const environment = loadEnvironment({
      WORKER_DATABASE_URL: world.api.database.workerUrl,
      COMITY_TEST_MODE: 'on',
      COMITY_POOL: '4',
      COMITY_MAIL_DIR: folder,
      ...queue(),
      ...settings,
    });
    worker = await createWorker(environment, world.api.app.get(LOG));
  };
  const invite = async () => {
    const email = `${randomUUID()}@comity.test`;
    const head = await world.delegation('SVN');
    const body = { email, side: 'state:SVN', role: 'drafter' };
    await head.post('/v1/invitations', body).expect(201);
    return email;
  };
  const accept = (token: string) =>
    world.api
      .as()
      .send('post', '/v1/invitations/accept')
      .send({ token, name: 'Ana Novak', password: PASSWORD })
      .expect(201);
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const seen = await look().catch(() => undefined);
      if (seen !== undefined) return seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it did not come to pass in 20 seconds');
  };

  it('through a server', async () => {
    const settings = { COMITY_SMTP_URL: server.url, COMITY_MAIL_FROM: 'Comity <un@comity.test>' };
    await work({ ...settings, COMITY_URL: 'https://comity.test/' });
    const email = await invite();
    const letter = await until(() => Promise.resolve(server.to(email)[0]));
    expect(letter.from!.text).toBe('"Comity" <un@comity.test>');
    expect(letter.text).toContain('https://comity.test/v1/invitations/accept');
    await accept(tokenOf(letter));
  });

  it('into a folder that nobody else reads, where there is no server', async () => {
    await work({});
    const email = await invite();
    const raw = await until(async () => {
      for (const name of await readdir(folder)) {
        const text = await readFile(path.join(folder, name));
        if (text.includes(email)) return text;
      }
      return undefined;
    });
    const letter = await simpleParser(raw);
    expect(letter.headers.get('auto-submitted')).toBe('auto-generated');
    await accept(tokenOf(letter));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) {
      expect(name).toMatch(/^[\dTZ-]+-[0-9a-f-]{36}\.\d+\.eml$/);
      expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });
}

describe('mail by the queue in PostgreSQL', () => {
  sendsAlone(() => ({}));
});
describeOnRedis('mail by the queue in Redis', () => {
  sendsAlone(() => ({ REDIS_URL: redisUrl() }));
});

describe('the settings of mail', () => {
  it('need a sender with a server, who is no header of its own', () => {
    const server = { COMITY_SMTP_URL: 'smtp://127.0.0.1' };
    expect(() => loadEnvironment(server)).toThrow('COMITY_MAIL_FROM: is needed');
    const forged = { ...server, COMITY_MAIL_FROM: 'x@comity.test\r\nBcc: y@comity.test' };
    expect(() => loadEnvironment(forged)).toThrow('COMITY_MAIL_FROM');
    expect(loadEnvironment({ ...server, COMITY_MAIL_FROM: 'x@comity.test' })).toBeInstanceOf(
      Environment,
    );
    expect(() => loadEnvironment({ COMITY_SMTP_URL: 'http://mail' })).toThrow('COMITY_SMTP_URL');
  });

  it('are for the kinds that the outbox may hold, each with its writer', async () => {
    const world = await World.build();
    const names = world.api.app
      .get(MailKinds)
      .all()
      .map(({ name }) => name);
    expect(names.toSorted()).toEqual([
      'invitation',
      'key-created',
      'membership-granted',
      'password-changed',
      'password-reset',
      'recovery-approved',
      'recovery-asked',
      'recovery-half',
      'recovery-to-decide',
      'signature-delegated',
      'webhook-off',
    ]);
    await world.stop();
  });
});
