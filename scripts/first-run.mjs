// What must hold before anything else can be imported: a Node that is new enough, the packages of
// package-lock.json, and compiled sources. Built-in modules only.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alone, root, run, SetupError } from './command.mjs';

const inRoot = (...parts) => path.join(root, ...parts);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const holds = (file, text) => existsSync(file) && readFileSync(file, 'utf8') === text;
const secondsSince = (time) => ((Date.now() - time) / 1000).toFixed(1);

function checkNode() {
  const { engines } = readJson(inRoot('package.json'));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number);
  if (ourMajor < major || (ourMajor === major && ourMinor < minor)) {
    throw new SetupError(`Node ${process.versions.node} is too old: install ${engines.node}`);
  }
}

const lockHash = () => sha256(readFileSync(inRoot('package-lock.json')));
const installStamp = inRoot('node_modules', '.comity-lock');
/** npm's own record of what it installed, written when it has finished. */
const npmRecord = inRoot('node_modules', '.package-lock.json');

/** Whether somebody has run npm, and has what the lock asks for. */
function installedByHand() {
  if (existsSync(installStamp) || !existsSync(npmRecord)) return false;
  const installed = readJson(npmRecord).packages;
  const { '': _checkout, ...wanted } = readJson(inRoot('package-lock.json')).packages;
  return Object.entries(wanted).every(([name, { version, optional, devOptional }]) =>
    installed[name] ? installed[name].version === version : optional || devOptional,
  );
}

async function install(say) {
  const started = Date.now();
  say('Installing dependencies (npm ci); this takes about half a minute …');
  // Should it be interrupted, nothing may claim that it had finished.
  for (const record of [installStamp, npmRecord]) rmSync(record, { force: true });
  // npm tells the programs that it runs where it is; otherwise it is looked for on the PATH.
  const { npm_execpath: cli } = process.env;
  const [npm, prefix] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const everyTenSeconds = (seconds) => say(`… still installing (${seconds} s)`);
  const { code, said } = await run(npm, [...prefix, 'ci', ...flags], { everyTenSeconds }).catch(
    (error) => {
      if (error.code !== 'ENOENT') throw error;
      throw new SetupError('npm is not on the PATH: install npm 10 or newer');
    },
  );
  if (code !== 0) throw new SetupError(`npm ci failed (exit code ${code}):\n${said}`);
  writeFileSync(installStamp, lockHash());
  say(`Dependencies installed (${secondsSince(started)} s)`);
}

/**
 * Installs the packages with `npm ci` where they are missing or package-lock.json has changed since
 * (its hash is kept in node_modules). Tells `say` in short lines.
 * @throws {SetupError} Node is too old, npm can't be had, or the installation failed.
 */
export async function ensureInstalled(say = console.log) {
  checkNode();
  const installed = () => holds(installStamp, lockHash());
  if (installed()) return;
  if (installedByHand()) return writeFileSync(installStamp, lockHash());
  await alone(say, async () => installed() || (await install(say)));
}

const buildStamp = inRoot('dist', '.stamp');

/** A digest of the names, sizes and times of everything that the compiled files depend on. */
function sourceHash() {
  const folders = ['src', 'migrations', 'mechanisms'].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true }).map((name) => path.join(folder, name)),
  );
  // What is installed for the client lies in its folder too, and has its version in the lock.
  const client = readdirSync(inRoot('client')).map((name) => path.join('client', name));
  const files = [...folders, ...client].toSorted();
  files.push('tsconfig.json', 'package-lock.json');
  const lines = files.map((name) => {
    const { size, mtimeMs } = statSync(inRoot(name));
    return /\.(ts|ya?ml|json)$/.test(name) ? `${name} ${size} ${mtimeMs}` : '';
  });
  return sha256(lines.join('\n'));
}

async function build(say) {
  const started = Date.now();
  const hash = sourceHash();
  rmSync(inRoot('dist'), { recursive: true, force: true }); // a deleted migration must not linger
  const compiler = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  const { code, said } = await run(process.execPath, [compiler, '-p', 'tsconfig.json']);
  if (code !== 0) throw new SetupError(`The sources do not compile:\n${said}`);
  writeFileSync(buildStamp, hash);
  say(`Compiled (${secondsSince(started)} s)`);
}

/**
 * Compiles the sources into dist, afresh, where it is missing or older than they are.
 * @throws {SetupError} with the compiler's complaints.
 */
export async function ensureBuilt(say = console.log) {
  const built = () => holds(buildStamp, sourceHash());
  if (built()) return;
  await alone(say, async () => built() || (await build(say)));
}
