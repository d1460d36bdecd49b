// The whole house as child processes: PostgreSQL (unless one is given), bootstrap, API and worker.
// `npm start` runs one that stays; the replay runs a temporary one of its own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, SetupError } from './command.mjs';
import { ensureBuilt } from './first-run.mjs';
import { chooseAdmin, choosePort, refuseSecond } from './house-checks.mjs';
import { startPostgres } from './postgres.mjs';
import { makeScratch } from './scratch.mjs';
import { startProcess, tryPort, waitUntilReady } from './server-process.mjs';

const databases = ['APP_DATABASE_URL', 'WORKER_DATABASE_URL', 'PUBLIC_DATABASE_URL'];
const administration = ['DATABASE_URL', 'COMITY_ADMIN_EMAIL', 'COMITY_ADMIN_PASSWORD'];
/** What a temporary house doesn't take from the environment. */
const mailing = [
  'COMITY_SMTP_URL',
  'COMITY_MAIL_FROM',
  'COMITY_MAIL_DIR',
  'COMITY_BOUNCES',
  'COMITY_URL',
];
const outsiders = [
  ...databases,
  ...administration,
  ...mailing,
  'REDIS_URL',
  'COMITY_FILES',
  'COMITY_KEYS',
  'COMITY_SIGNING_KEYS',
];
const built = (name) => path.join(root, 'dist', 'src', name);
const without = (env, names) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

/** Makes roles and schema; answers `{appUrl, workerUrl, publicUrl}`, the addresses of the roles. */
async function runBootstrap(env, log, stops) {
  const run = startProcess(process.execPath, [built('bootstrap.js')], {
    env,
    log,
    cwd: root,
    stdout: 'pipe',
  });
  stops.push(run.stop);
  let said = '';
  run.child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const closed = new Promise((resolve) => run.child.stdout.once('close', resolve));
  const ending = await run.exited;
  await closed;
  if (ending === 'exit code 0') return JSON.parse(said.trim().split('\n').at(-1));
  throw new SetupError(`Bootstrap ended (${ending}):\n${run.tail(12)}`);
}

/** Ports of metrics and health: the API's as set, the worker's the next; else any that are free. */
async function chooseMetrics({ COMITY_METRICS_PORT: given }) {
  if (Number(given) > 0) return [Number(given), Number(given) + 1];
  return Promise.all([tryPort(), tryPort()]);
}

/** The addresses of the databases as an API process takes them. */
const addressesOf = ({ appUrl, publicUrl }) => ({
  APP_DATABASE_URL: appUrl,
  PUBLIC_DATABASE_URL: publicUrl,
});

/** As in the Dockerfile: without a bound V8 takes more than half as much again before it cleans up. */
const HEAP = '--max-old-space-size=256 --max-semi-space-size=4';

/** Starts API and worker, each with the addresses it needs; neither knows the administrator's. */
function launchProcesses(settings, { urls, metrics }, logs, stops) {
  const env = without(settings, [...databases, ...administration]);
  const launch = (name, script, addresses) => {
    const log = path.join(logs, `${name.toLowerCase()}.log`);
    const started = startProcess(process.execPath, ['--enable-source-maps', built(script)], {
      env: { ...env, ...addresses },
      log,
      cwd: root,
    });
    stops.push(started.stop);
    const died = started.exited.then((how) => `${name} ended (${how}); see ${log}`);
    return { ...started, died };
  };
  return [
    launch('API', 'main.js', {
      ...addressesOf(urls),
      COMITY_METRICS_PORT: String(metrics[0]),
    }),
    launch('Worker', 'worker.js', {
      WORKER_DATABASE_URL: urls.workerUrl,
      COMITY_METRICS_PORT: String(metrics[1]),
    }),
  ];
}

/** Waits for the API to answer that it is ready; a worker that ends meanwhile is a failure too. */
async function awaitBoth(api, worker, url) {
  const ok = () => fetch(`${url}/health/ready`).then((answer) => answer.ok);
  const ready = () => ok().catch(() => false);
  await Promise.race([waitUntilReady('API', api, ready, { everyMs: 50 }), worker.exited]);
  if (!worker.running()) throw new SetupError(`${await worker.died}:\n${worker.tail()}`);
}

/** Starts a PostgreSQL of the house's own and answers the administrator's address. */
async function ownDatabase({ folder, fast, say }, stops, parts) {
  const postgres = await startPostgres({ dir: folder, fast });
  stops.push(postgres.stop);
  parts.push({ died: postgres.exited.then((how) => `PostgreSQL ended (${how})`) });
  say(`PostgreSQL ${postgres.major} runs on port ${postgres.port} (${postgres.data})`);
  return postgres.adminUrl('comity');
}

/** Where mail goes, in words; a server's password is not among them. */
function mailOf({ COMITY_SMTP_URL, COMITY_MAIL_DIR }) {
  if (!COMITY_SMTP_URL)
    return `lands in ${path.resolve(root, COMITY_MAIL_DIR)} (no COMITY_SMTP_URL)`;
  return `goes through ${new URL(COMITY_SMTP_URL).host}`;
}

async function loadDemo(target, say) {
  const demo = await import('./demo.mjs');
  const { accounts } = await demo.loadDemo({ ...target, say });
  if (accounts.length > 0) say('The demonstration data are loaded');
  return accounts;
}

/** What startHouse does; every part it starts leaves in `stops` how to stop it. */
async function build({ port, host, dataDir, env, demo, say, signal }, stops) {
  const folder = path.resolve(dataDir ?? makeScratch('house'));
  if (!dataDir) stops.push(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const logs = path.join(folder, 'log');
  const note = path.join(folder, 'running.json');
  await refuseSecond(note);
  const chosenPort = await choosePort(port, host);
  await ensureBuilt(say);
  signal?.throwIfAborted();

  const outer = dataDir ? process.env : without(process.env, outsiders);
  const own = {
    COMITY_FILES: path.join(folder, 'files'),
    COMITY_MAIL_DIR: path.join(folder, 'mail'),
    COMITY_KEYS: path.join(folder, 'keys.json'),
    COMITY_SIGNING_KEYS: path.join(folder, 'signing-keys.json'),
    NODE_OPTIONS: HEAP,
  };
  const settings = { ...own, ...outer, ...env };
  Object.assign(settings, { PORT: String(chosenPort), HOST: host });
  const parts = [];
  if (!settings.DATABASE_URL) {
    const given = databases.find((name) => settings[name]);
    if (given) throw new SetupError(`${given} is set: set DATABASE_URL too, for the migrations`);
    settings.DATABASE_URL = await ownDatabase({ folder, fast: !dataDir, say }, stops, parts);
    signal?.throwIfAborted();
  }

  const admin = chooseAdmin(folder, settings);
  const first = { COMITY_ADMIN_EMAIL: admin.email, COMITY_ADMIN_PASSWORD: admin.password };
  const log = path.join(logs, 'bootstrap.log');
  const urls = await runBootstrap({ ...settings, ...first }, log, stops);
  say('The database is migrated');
  signal?.throwIfAborted();

  const metrics = await chooseMetrics(settings);
  const [api, worker] = launchProcesses(settings, { urls, metrics }, logs, stops);
  parts.push(api, worker);
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  const url = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${chosenPort}`;
  await awaitBoth(api, worker, url);
  writeFileSync(note, JSON.stringify({ pid: process.pid, url, port: chosenPort, host: reachable }));
  stops.push(() => rmSync(note, { force: true }));
  say(`API and worker run, with the queue on ${settings.REDIS_URL ? 'Redis' : 'PostgreSQL'}`);

  const accounts = demo ? await loadDemo({ url, admin }, say) : [];
  signal?.throwIfAborted();
  const mail = mailOf(settings);
  const died = Promise.race(parts.map((part) => part.died));
  const kept = Object.fromEntries(Object.keys(own).map((name) => [name, settings[name]]));
  const measured = {
    pid: api.child.pid,
    addresses: { ...addressesOf(urls), ...kept },
    workerAddresses: { WORKER_DATABASE_URL: urls.workerUrl, ...kept },
  };
  return { url, metrics, admin, accounts, logs, mail, died, ...measured };
}

/**
 * Starts a house and resolves when its API is ready.
 *
 * `dataDir` keeps the data, the logs and the files. Without it the house is temporary and wholly
 * private: it has a PostgreSQL of its own whatever the environment says, and `stop` removes it.
 * `env` comes on top of the environment; `port` 0 takes any free one; `demo` loads the demo data;
 * `say` is told of the progress; `signal` (AbortSignal) ends the start half-way, all stopped.
 *
 * @returns {Promise<{url: string, metrics: [number, number], admin: {email: string, password:
 *   string}, accounts: {email: string, password: string, what: string}[], logs: string, mail: string,
 *   died: Promise<string>, pid: number, addresses: object, workerAddresses: object,
 *   stop: () => Promise<void>}>} `metrics` are ports on loopback; `died` resolves when a part of it ends, to what happened; `pid` is the API's
 *   process, `addresses` those of its databases, with the other settings that were made for it;
 *   `workerAddresses` the same for a worker.
 * @throws {SetupError} something is wrong that the person at the terminal can mend.
 */
export async function startHouse({
  port = 3000,
  host = '127.0.0.1',
  dataDir,
  env = {},
  demo = false,
  say = () => {},
  signal,
}) {
  const stops = [];
  let stopping = Promise.resolve();
  const stopAll = async () => {
    while (stops.length > 0) await stops.pop()(); // the last started first
  };
  const stop = () => (stopping = stopping.then(stopAll));
  signal?.addEventListener('abort', stop);
  try {
    return { ...(await build({ port, host, dataDir, env, demo, say, signal }, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
