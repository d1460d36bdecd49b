// The data of a private PostgreSQL: where they lie, whose they are, made when they are missing.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { SetupError } from './command.mjs';
import { mayEnter, openFolder, postgresPrograms, serverUser } from './postgres-programs.mjs';

/** The superuser of a private PostgreSQL. */
export const administrator = 'comity_admin';
/** Where its password is, among the data. */
const passwordName = 'comity-admin.password';

/**
 * Where the data lie: in `dir`; or, where the server's user can't enter it (root, in a checkout
 * below a closed folder), outside, and `dir` has a link to the place.
 */
export function dataHome(dir, user) {
  fs.mkdirSync(dir, { recursive: true });
  if (mayEnter(user, dir)) return fs.realpathSync(dir);
  const link = path.join(dir, 'database');
  if (!fs.existsSync(link)) {
    fs.mkdirSync(openFolder, { recursive: true, mode: 0o755 });
    const place = fs.mkdtempSync(path.join(openFolder, 'data-'));
    fs.chmodSync(place, 0o711);
    fs.symlinkSync(place, link);
  }
  return fs.realpathSync(link);
}

/** The programs for the data that are there; without data, the best ones. */
function choose(programs, home) {
  const majors = fs
    .readdirSync(home)
    .flatMap((name) => /^pg-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);
  if (majors.length === 0) return programs[0];
  const chosen = programs.find(({ major }) => majors.includes(major));
  if (chosen) return chosen;
  const held = `${home} holds data of PostgreSQL ${majors.join(', ')}`;
  throw new SetupError(`${held}, which does not run here: install it, or move the folder away`);
}

/** Makes the cluster beside its place and moves it there when it is whole. */
function initialize({ bin, major }, data, user, fast) {
  const half = `${data}.new`;
  fs.rmSync(half, { recursive: true, force: true });
  fs.mkdirSync(half, { mode: 0o700 });
  const passwordFile = `${half}.password`;
  fs.writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (user.uid !== undefined) {
    for (const file of [half, passwordFile]) fs.chownSync(file, user.uid, user.gid);
  }
  // From 17 on PostgreSQL has a C.UTF-8 of its own, the same on every system.
  const locale =
    major >= 17
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8'];
  const access = ['-U', administrator, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const args = ['-D', half, '-E', 'UTF8'].concat(access, locale, fast ? '--no-sync' : []);
  const options = { ...user, cwd: '/', encoding: 'utf8' };
  const { status, stderr, error } = spawnSync(path.join(bin, 'initdb'), args, options);
  if (status !== 0) throw new SetupError(`initdb failed: ${(stderr ?? error.message).trim()}`);
  fs.renameSync(passwordFile, path.join(half, passwordName));
  fs.renameSync(half, data);
}

/** Whoever the data belong to runs the server: `postgres` may have been added since `nobody`. */
function ownerOf(data, user) {
  const { uid, gid } = fs.statSync(data);
  if (user.uid !== undefined) return { uid, gid };
  if (uid === process.getuid?.()) return user;
  throw new SetupError(`${data} belongs to another user (uid ${uid})`);
}

/**
 * The data below `dir`, with the programs that serve them and the user that these run as.
 * @returns {{bin: string, major: number, data: string, user: object, password: string}}
 * @throws {SetupError} no PostgreSQL runs here, or not on these data.
 */
export function prepareData(dir, fast) {
  const user = serverUser();
  const home = dataHome(dir, user);
  const { bin, major } = choose(postgresPrograms(user), home);
  const data = path.join(home, `pg-${major}`);
  if (!fs.existsSync(data)) initialize({ bin, major }, data, user, fast);
  const owner = ownerOf(data, user);
  const password = fs.readFileSync(path.join(data, passwordName), 'utf8');
  return { bin, major, data, user: owner, password };
}
