// A private Redis for the tests: from the PATH, or from Debian's packages unpacked in a folder of
// ours. Nothing is installed on the system.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { startProcess, tryPort, waitUntilReady } from './server-process.mjs';

const howToGetIt = 'install redis-server or valkey-server, or set TEST_REDIS_URL';

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

/** Runs a program; resolves to its output, and rejects with the end of its complaints. */
function output(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, complained] = ['', ''];
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (complained += text));
    child.once('error', reject).once('close', (code) => {
      if (code === 0) return resolve(said);
      const last = complained.trim().split('\n').at(-1);
      reject(new Error(`${command} ${args.find((arg) => !arg.startsWith('-'))}: ${last}`));
    });
  });
}

/**
 * Downloads redis-server and whatever it needs that the system lacks. `options` (apt's) say where
 * the lists of packages are.
 */
async function download(folder, options) {
  const plan = await output('apt-get', [
    ...options,
    'install',
    '--simulate',
    '--quiet=2',
    '--no-install-recommends',
    'redis-server',
  ]);
  const names = Array.from(plan.matchAll(/^Inst (\S+)/gm), ([, name]) => name);
  await output('apt-get', [...options, 'download', '--quiet=2', ...names], folder);
}

/** Apt with lists of its own in a folder of ours, so that an ordinary user can fetch them. */
async function privateLists(folder) {
  const lists = path.join(folder, 'lists');
  mkdirSync(path.join(lists, 'partial'), { recursive: true });
  const options = [
    '-o',
    `Dir::State::Lists=${lists}`,
    '-o',
    `Dir::Cache=${folder}`,
    '-o',
    'APT::Sandbox::User=',
  ];
  await output('apt-get', [...options, 'update', '--quiet=2']);
  return options;
}

/** Fetches and unpacks Debian's packages into `tree`, once. */
async function unpack(tree) {
  mkdirSync(path.dirname(tree), { recursive: true });
  const folder = mkdtempSync(path.join(path.dirname(tree), 'fetching-'));
  try {
    // The system's lists first; they may be missing or name versions that are gone.
    const options = ['-o', 'APT::Sandbox::User='];
    await download(folder, options).catch(async () => download(folder, await privateLists(folder)));
    const unpacked = path.join(folder, 'tree');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
      await output('dpkg', ['-x', path.join(folder, name), unpacked]);
    }
    rmSync(tree, { recursive: true, force: true });
    renameSync(unpacked, tree);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The server's program and the environment it needs. Rejects with the reason where there is none. */
async function redisProgram(tree) {
  const found = onPath('redis-server') ?? onPath('valkey-server');
  if (found) return { program: found, env: process.env };
  const program = path.join(tree, 'usr', 'bin', 'redis-server');
  if (!existsSync(program)) {
    if (!onPath('apt-get') || !onPath('dpkg')) throw new Error('no redis-server, and no apt-get');
    await unpack(tree);
  }
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => {
    const full = path.join(tree, folder);
    const names = existsSync(full)
      ? readdirSync(full).filter((name) => name.includes('-linux-'))
      : [];
    return names.map((name) => path.join(full, name));
  });
  return { program, env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') } };
}

/** Whether a Redis answers PING there. */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('error', () => resolve(false));
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString().startsWith('+PONG'));
    });
  });

/**
 * Starts an empty Redis on loopback that keeps nothing. `dir` is for its log, `tree` is where
 * Debian's packages are unpacked when no server is on the PATH.
 * @returns {Promise<{url: string, stop: () => Promise<void>} | {url: null, reason: string}>}
 */
export async function startRedis({ dir, tree }) {
  try {
    const { program, env } = await redisProgram(tree);
    const port = await tryPort();
    const settings = { bind: '127.0.0.1', save: '', appendonly: 'no', databases: '64' };
    const args = Object.entries({ port, ...settings, 'maxmemory-policy': 'noeviction' });
    const server = startProcess(
      program,
      args.flatMap(([name, value]) => [`--${name}`, String(value)]),
      { log: path.join(dir, 'log', 'redis.log'), env, cwd: dir },
    );
    await waitUntilReady('Redis', server, () => answers(port), { timeoutMs: 10_000 });
    return { url: `redis://127.0.0.1:${port}`, stop: server.stop };
  } catch (error) {
    return { url: null, reason: `${error.message} (${howToGetIt})` };
  }
}
