// A house that is about to be broken: PostgreSQL and Redis of its own, reviews that have begun, a crowd
// that is to be told of them, and workers that can be killed.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { openReviews, REVIEWED, seated } from '../bench/seed-casework.mjs';
import { root } from '../scripts/command.mjs';
import { Person } from '../scripts/demo/person.mjs';
import { startHouse } from '../scripts/house.mjs';
import { startPostgres, withClient } from '../scripts/postgres.mjs';
import { startRedis } from '../scripts/redis.mjs';
import { makeScratch } from '../scripts/scratch.mjs';
import { startProcess, tryPort, waitUntilReady } from '../scripts/server-process.mjs';
import { newSecret, seedCrowd, tellOpened } from './crowd.mjs';
import { startReceivers } from './start-receivers.mjs';

const worker = path.join(root, 'dist', 'src', 'worker.js');
const trees = path.join(root, '.data', 'redis');

/** A server that can be restarted where it listened. */
async function restartable(start) {
  let server = await start(0);
  const { port } = new URL(server.url);
  return {
    get url() {
      return server.url;
    },
    stop: () => server.stop(),
    async restart() {
      await server.stop();
      server = await start(Number(port));
    },
  };
}

/** One worker, started again whenever it is killed. */
class Victim {
  #process;
  #metrics;

  constructor(env, dir, name) {
    this.env = env;
    this.log = path.join(dir, 'log', `${name}.log`);
  }

  async start() {
    this.#metrics = await tryPort();
    const env = { ...this.env, COMITY_METRICS_PORT: String(this.#metrics) };
    this.#process = startProcess(process.execPath, [worker], { env, log: this.log });
  }

  /** Waits until it can do its work. */
  ready() {
    const ask = () =>
      fetch(`http://127.0.0.1:${this.#metrics}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    return waitUntilReady('the worker', this.#process, ask);
  }

  /** @throws Error where it has ended by itself */
  assertRuns() {
    if (!this.#process.running()) throw new Error(`a worker ended:\n${this.#process.tail()}`);
  }

  get pid() {
    return this.#process.child.pid;
  }

  async kill() {
    this.#process.child.kill('SIGKILL');
    await this.#process.exited;
    await this.start();
  }

  stop() {
    return this.#process?.stop();
  }
}

async function begin({ postgres, redis, dir, say }) {
  const env = { DATABASE_URL: postgres.url, COMITY_TEST_MODE: 'on', COMITY_RATE_LIMITS: 'off' };
  if (redis) env.REDIS_URL = redis.url;
  const clock = { COMITY_CLOCK_START: '2026-09-01T09:00:00Z' };
  const dataDir = path.join(dir, 'house');
  const house = await startHouse({ port: 0, dataDir, env: { ...env, ...clock }, say });
  try {
    const people = { admin: new Person(house.url, house.admin) };
    const sitting = { name: 'secretariat', side: 'secretariat:upr', by: people.admin };
    people.secretariat = await seated(people, house.url, sitting);
    await openReviews(people);
    return { ...process.env, ...env, ...house.workerAddresses };
  } finally {
    await house.stop();
  }
}

/** Nothing is on its way when the crowd comes. */
async function emptied(sql) {
  await sql.query('DELETE FROM journal.pending');
  await sql.query('DELETE FROM identity.delivery_attempt');
  await sql.query('DELETE FROM identity.delivery');
  await sql.query('DELETE FROM identity.mail');
}

/**
 * @param {{people: number, states?: number, workers: number, onRedis: boolean, mail?: boolean,
 *   verify?: boolean, settings?: object}} what `people` are told of one event each, in so many States, by webhook and, unless
 *   `mail` is false, by mail; `verify` whether signatures are looked at,
 *   `settings` of the workers beside
 * @returns what there is to break; `start` has the workers begin, `tell` gives them something to do
 *   of all States or of those that are named
 */
export async function openHouse(
  {
    people,
    states = REVIEWED.length,
    workers,
    onRedis,
    mail = true,
    verify = true,
    settings: more = {},
  },
  say,
) {
  const stops = [];
  const stop = async () => {
    while (stops.length > 0) await stops.pop()();
  };
  try {
    const dir = makeScratch('faults');
    stops.push(() => rmSync(dir, { recursive: true, force: true }));
    const postgres = await restartable(async (port) => {
      const server = await startPostgres({ dir, port });
      return { url: await server.adminUrl('comity'), stop: server.stop };
    });
    stops.push(() => postgres.stop());
    const redis = onRedis && (await restartable((port) => startRedis({ dir, tree: trees, port })));
    if (redis) stops.push(() => redis.stop());
    const secret = newSecret();
    const receivers = await startReceivers(verify ? secret : null);
    stops.push(receivers.stop);
    const settings = await begin({ postgres, redis, dir, say });
    const connected = (act) => withClient(postgres.url, act);
    const query = (text, values) => connected(async (sql) => (await sql.query(text, values)).rows);
    await connected(emptied);
    const { COMITY_KEYS: keysFile } = settings;
    const chosen = REVIEWED.slice(0, states);
    const { webhook: url } = receivers;
    const crowd = { many: people, states: chosen, keysFile, secret, url, mail };
    await connected((sql) => seedCrowd(sql, crowd));
    say(`${people.toLocaleString('en')} people, each with a mailbox and a webhook`);
    const env = {
      ...settings,
      ...{ COMITY_SMTP_URL: receivers.smtp, COMITY_MAIL_FROM: 'Comity <comity@comity.test>' },
      ...{ COMITY_WEBHOOK_TARGETS: 'any', LOG_LEVEL: 'error' },
      ...more,
    };
    const victims = Array.from({ length: workers }, (_, n) => new Victim(env, dir, `worker-${n}`));
    stops.push(() => Promise.all(victims.map((each) => each.stop())));
    const tell = (those = chosen) => connected((sql) => tellOpened(sql, those));
    const start = () => Promise.all(victims.map((victim) => victim.start()));
    return { postgres, redis, receivers, victims, states: chosen, query, tell, start, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
