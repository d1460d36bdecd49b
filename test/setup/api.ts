import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import request from 'supertest';
import { createApi } from '../../src/api.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { ensureKeys } from '../../src/platform/vault/keys.js';
import { makeLog } from '../../src/platform/log/log.js';
import { holdAgainstContract } from './contract.js';
import { cloneDatabase, setting, type TestDatabase } from './database.js';

export const ADMIN = { email: 'admin@comity.test', password: 'administrator of the tests' };

export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  /** Of the keys that seal. */
  readonly keysFile: string;
  /** Everything the process has logged, as text. */
  readonly logged: () => string;
  /** A client that carries the session of a token. */
  as(token?: string): Client;
  signIn(who: { email: string; password: string }): Promise<Client>;
  stop(): Promise<void>;
}

type Method = 'get' | 'head' | 'options' | 'post' | 'put' | 'patch' | 'delete';
type Query = Record<string, string | number | boolean>;

/** A thin client: JSON in and out, an Idempotency-Key on every POST, If-Match where given. */
export class Client {
  constructor(
    private readonly app: NestFastifyApplication,
    readonly token: string | undefined,
  ) {}

  send(method: Method, url: string, query: Query = {}) {
    const call = request(this.app.getHttpServer())[method](url).query(query);
    void call.expect((answer) => holdAgainstContract(method, url, answer));
    return this.token === undefined ? call : call.set('authorization', `Bearer ${this.token}`);
  }

  get(url: string, query?: Query) {
    return this.send('get', url, query);
  }

  post(url: string, body?: object, { version, key = randomUUID(), query }: Change = {}) {
    const call = this.send('post', url, query).set('idempotency-key', key);
    if (version !== undefined) call.set('if-match', `"${version}"`);
    return body === undefined ? call : call.send(body);
  }

  put(url: string, body: object, { version, query }: Change = {}) {
    const call = this.send('put', url, query);
    if (version !== undefined) call.set('if-match', `"${version}"`);
    return call.send(body);
  }

  patch(url: string, body: object, { version }: Change = {}) {
    const call = this.send('patch', url);
    if (version !== undefined) call.set('if-match', `"${version}"`);
    return call.send(body);
  }

  upload(url: string, text: string | Buffer, { version, query, type = 'text/plain' }: Change = {}) {
    const call = this.send('put', url, query).set('content-type', type);
    if (version !== undefined) call.set('if-match', `"${version}"`);
    return call.send(text as string);
  }
}

interface Change {
  readonly version?: number;
  readonly key?: string;
  readonly query?: Query;
  /** The content type of an upload. */
  readonly type?: string;
}

/** An API in this process, on a database of its own, in test mode. */
export async function startApi(settings: Record<string, string> = {}): Promise<TestApi> {
  const database = await cloneDatabase();
  return joinApi(database, settings, () => database.drop());
}

/** Another API process's worth on the same database and files. */
export async function joinApi(
  database: TestDatabase,
  settings: Record<string, string> = {},
  onStop: () => Promise<void> = () => Promise.resolve(),
): Promise<TestApi> {
  const files = settings['COMITY_FILES'] ?? (await mkdtemp(path.join(tmpdir(), 'comity-test-')));
  const environment = loadEnvironment({
    APP_DATABASE_URL: database.appUrl,
    PUBLIC_DATABASE_URL: database.publicUrl,
    COMITY_FILES: files,
    COMITY_KEYS: path.join(files, 'keys.json'),
    COMITY_SIGNING_KEYS: setting('TEST_SIGNING_KEYS'),
    COMITY_TEST_MODE: 'on',
    COMITY_POOL: '5',
    LOG_LEVEL: 'debug',
    ...settings,
  });
  await ensureKeys(environment.keysFile);
  let logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const app = await createApi(environment, makeLog(environment, 'api', sink));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const as = (token?: string): Client => new Client(app, token);
  return {
    app,
    database,
    keysFile: environment.keysFile,
    logged: () => logged,
    as,
    async signIn(who) {
      const answer = await as().post('/v1/auth/login', who).expect(200);
      return as((answer.body as { token: string }).token);
    },
    async stop() {
      await app.close();
      await onStop();
      await rm(files, { recursive: true, force: true });
    },
  };
}
