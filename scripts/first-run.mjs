// What must hold before anything else can be imported: a Node that is new enough, the packages of
// package-lock.json, and compiled sources. Built-in modules only: on a fresh clone nothing else exists.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...parts) => path.join(root, ...parts);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A fault that the person at the terminal can mend: its message is shown, without a stack. */
export class SetupError extends Error {}

const ofTheSystem = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'];

/** Runs a command's body; a fault ends the process with code 1 and says what is wrong. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const mendable = error instanceof SetupError || ofTheSystem.includes(error.code);
    console.error(mendable ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs a program in the checkout; resolves to its exit code and the first lines that it wrote. */
async function run(command, args, { everyTenSeconds } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(0, 20_000)));
  }
  let seconds = 0;
  const ticks = setInterval(() => everyTenSeconds?.((seconds += 10)), 10_000);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    return { code, said: output.trim().split('\n').slice(0, 15).join('\n') };
  } finally {
    clearInterval(ticks);
  }
}

function checkNode() {
  const { engines } = readJson(inRoot('package.json'));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number);
  if (ourMajor < major || (ourMajor === major && ourMinor < minor)) {
    throw new SetupError(`Node ${process.versions.node} is too old: install ${engines.node}`);
  }
}

/** Whether an installation made by hand (npm's own record of it) has what the lock asks for. */
function installedByHand() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  return Object.entries(readJson(inRoot('package-lock.json')).packages).every(
    ([name, wanted]) =>
      name === '' || (installed[name] ?? (wanted.optional && wanted)).version === wanted.version,
  );
}

/**
 * Installs the packages with `npm ci` where they are missing or package-lock.json has changed since
 * (its hash is kept in node_modules). Tells `say` in short lines.
 * @throws {SetupError} Node is too old, npm can't be had, or the installation failed.
 */
export async function ensureInstalled(say = console.log) {
  checkNode();
  const stamp = inRoot('node_modules', '.comity-lock');
  const wanted = sha256(readFileSync(inRoot('package-lock.json')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!existsSync(stamp) && installedByHand()) return writeFileSync(stamp, wanted);

  const started = Date.now();
  say('Installing dependencies (npm ci); this takes about half a minute …');
  // npm tells the programs that it runs where it is; otherwise it is looked for on the PATH.
  const { npm_execpath: cli } = process.env;
  const [npm, prefix] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const { code, said } = await run(npm, [...prefix, 'ci', ...flags], {
    everyTenSeconds: (seconds) => say(`… still installing (${seconds} s)`),
  }).catch((error) => {
    if (error.code === 'ENOENT')
      throw new SetupError('npm is not on the PATH: install npm 10 or newer');
    throw error;
  });
  if (code !== 0) throw new SetupError(`npm ci failed (exit code ${code}):\n${said}`);
  writeFileSync(stamp, wanted);
  say(`Dependencies installed (${Math.round((Date.now() - started) / 1000)} s)`);
}

/** A digest of the names, sizes and times of everything that the compiled files depend on. */
function sourceStamp() {
  const folders = ['src', 'migrations', 'mechanisms'].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true }).map((name) => path.join(folder, name)),
  );
  const files = [...folders.toSorted(), 'tsconfig.json', 'package-lock.json'];
  const lines = files.map((name) => {
    const { size, mtimeMs } = statSync(inRoot(name));
    return /\.(ts|ya?ml|json)$/.test(name) ? `${name} ${size} ${mtimeMs}` : '';
  });
  return sha256(lines.join('\n'));
}

/**
 * Compiles the sources into dist, afresh, where it is missing or older than they are.
 * @throws {SetupError} with the compiler's complaints.
 */
export async function ensureBuilt(say = console.log) {
  const stamp = inRoot('dist', '.stamp');
  const wanted = sourceStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = Date.now();
  rmSync(inRoot('dist'), { recursive: true, force: true }); // a deleted migration must not linger
  const compiler = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  const { code, said } = await run(process.execPath, [compiler, '-p', 'tsconfig.json']);
  if (code !== 0) throw new SetupError(`The sources do not compile:\n${said}`);
  writeFileSync(stamp, wanted);
  say(`Compiled (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
