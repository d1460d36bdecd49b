// A private PostgreSQL in a folder: made the first time, gone on with afterwards.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SetupError } from './command.mjs';
import { isAlive } from './guard.mjs';
import { administrator, prepareData } from './postgres-data.mjs';
import { listening, startProcess, tryPort, waitUntilReady } from './server-process.mjs';

/** How long a server that is just being stopped (by the watchdog) is waited for. */
const lingerMs = 3_000;
const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=1GB'];

/** Connects with the administrator's address of a database and does something with the client. */
export async function withClient(connectionString, act) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  try {
    await client.connect();
    return await act(client);
  } finally {
    await client.end();
  }
}

/** The process that serves these data at present, if any. A stale file is left to PostgreSQL. */
export async function runningOn(data) {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  return isAlive(pid) && (await listening(port)) ? pid : null;
}

/** @throws {SetupError} unless the data are, or within a moment become, nobody's. */
async function awaitFree(data) {
  for (const until = Date.now() + lingerMs; ; await sleep(100)) {
    const pid = await runningOn(data);
    if (pid === null) return;
    if (Date.now() > until) {
      throw new SetupError(
        `Comity is already running on ${data} (its PostgreSQL is process ${pid})`,
      );
    }
  }
}

/**
 * Starts a private PostgreSQL on loopback with its data in `dir`/pg-<major>, its password among
 * them (0600) and its log in `dir`/log. `fast` trades durability for speed (tests); `port` any free one, unless given.
 * @returns {Promise<{adminUrl: (database: string) => Promise<string>, port: number, major: number,
 *   data: string, exited: Promise<string>, tail: () => string, stop: () => Promise<void>}>}
 *   `adminUrl` gives the superuser's address of a database, which it creates if missing.
 * @throws {SetupError} no program runs here, or the data are in use.
 */
export async function startPostgres({ dir, fast = false, port: wanted = 0 }) {
  const folder = path.resolve(dir);
  const { bin, major, data, user, password } = prepareData(folder, fast);
  await awaitFree(data);
  const port = await tryPort(wanted);
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(fast ? quick : []),
  ];
  const server = startProcess(
    path.join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    // SIGINT asks for its fast shutdown
    { log: path.join(folder, 'log', 'postgres.log'), user, signal: 'SIGINT' },
  );
  const address = (database) =>
    `postgres://${administrator}:${password}@127.0.0.1:${port}/${database}`;
  const answers = () => withClient(address('postgres'), () => true).catch(() => false);
  await waitUntilReady('PostgreSQL', server, answers);

  return {
    port,
    major,
    data,
    exited: server.exited,
    tail: server.tail,
    stop: server.stop,
    async adminUrl(database) {
      await withClient(address('postgres'), async (client) => {
        const known = 'select from pg_database where datname = $1';
        const { rowCount } = await client.query(known, [database]);
        if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
      });
      return address(database);
    },
  };
}
