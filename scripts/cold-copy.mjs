// Backup and restore of a house that stands still: its private PostgreSQL, its files, its secrets.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { root, SetupError } from './command.mjs';
import { refuseSecond } from './house-checks.mjs';
import { assertIntact, copyTree, readManifest, writeManifest } from './manifest.mjs';
import { dataHome } from './postgres-data.mjs';
import { postgresPrograms, serverUser } from './postgres-programs.mjs';
import { runningOn } from './postgres.mjs';

const format = { format: 'comity-backup', version: 1 };

/** Where a house has what it needs to be itself; everything else can be made anew. */
function placesOf(dataDir, env) {
  const at = (given, name) => (given ? path.resolve(root, given) : path.join(dataDir, name));
  return {
    home: dataHome(dataDir, serverUser()),
    files: at(env.COMITY_FILES, 'files'),
    secrets: {
      'keys.json': at(env.COMITY_KEYS, 'keys.json'),
      'signing-keys.json': at(env.COMITY_SIGNING_KEYS, 'signing-keys.json'),
      'admin.json': path.join(dataDir, 'admin.json'),
    },
  };
}

const clustersIn = (home) => readdirSync(home).filter((name) => /^pg-\d+$/.test(name));
const isEmpty = (folder) => !existsSync(folder) || readdirSync(folder).length === 0;

function refuseOtherDatabase(env) {
  if (!env.DATABASE_URL) return;
  throw new SetupError(
    'DATABASE_URL is set: back up that database with pg_dump (docs/operating.md says how)',
  );
}

/** @throws {SetupError} while anything writes to these data */
async function refuseRunning(dataDir, cluster) {
  await refuseSecond(path.join(dataDir, 'running.json'));
  const pid = await runningOn(cluster);
  if (pid !== null) throw new SetupError(`Stop the house first: its PostgreSQL is process ${pid}`);
}

/** When the server last came or went: it leaves a trace in its control file. */
const lastStart = (cluster) => statSync(path.join(cluster, 'global', 'pg_control')).mtimeMs;

/**
 * Copies a house that does not run into a new folder, with a manifest of every file.
 * @param {{dataDir: string, target: string, env?: object, say?: (line: string) => void}} options
 * @throws {SetupError} it runs, or the folder is not empty
 */
export async function backUp({ dataDir, target, env = process.env, say = () => {} }) {
  refuseOtherDatabase(env);
  const { home, files, secrets } = placesOf(dataDir, env);
  const clusters = clustersIn(home);
  if (clusters.length !== 1) {
    throw new SetupError(`${home} holds ${clusters.length} databases: one is backed up`);
  }
  const [cluster] = clusters;
  const data = path.join(home, cluster);
  if (!isEmpty(target)) throw new SetupError(`${target} is not empty: name a new folder`);
  await refuseRunning(dataDir, data);
  const started = lastStart(data);
  await fs.mkdir(target, { recursive: true, mode: 0o700 });

  const parts = [await copyTree(data, target, 'database')];
  if (existsSync(files)) parts.push(await copyTree(files, target, 'files'));
  for (const [name, file] of Object.entries(secrets)) {
    if (existsSync(file)) parts.push(await copyTree(file, target, name));
  }
  await refuseRunning(dataDir, data);
  if (lastStart(data) !== started) throw new SetupError('The house ran meanwhile: begin again');

  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const manifest = {
    ...format,
    made: new Date().toISOString(),
    comity: version,
    cluster,
    folders: parts.flatMap(({ folders }) => folders),
    files: parts.flatMap((part) => part.files),
  };
  await assertIntact(target, manifest);
  await writeManifest(target, manifest);
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  say(
    `${manifest.files.length} files, ${Math.ceil(bytes / 1e6)} MB, each read again and found right`,
  );
}

/** @throws {SetupError} what was written is of another make, or nothing here can run it */
function assertUsable({ format: kind, version, cluster }) {
  if (kind !== format.format || version !== format.version) {
    throw new SetupError('The backup is of a form that this version does not know');
  }
  const major = Number(cluster.slice('pg-'.length));
  if (postgresPrograms(serverUser()).some((program) => program.major === major)) return;
  throw new SetupError(`The backup needs PostgreSQL ${major}, which does not run here: install it`);
}

async function giveTo({ uid, gid }, folder) {
  if (uid === undefined) return;
  await fs.chown(folder, uid, gid);
  for (const entry of await fs.readdir(folder, { withFileTypes: true, recursive: true })) {
    await fs.chown(path.join(entry.parentPath, entry.name), uid, gid);
  }
}

/**
 * Puts a backup in the place of a house that is not there yet. The database comes last: before
 * it, nothing has been restored.
 * @param {{source: string, dataDir: string, env?: object, say?: (line: string) => void}} options
 * @throws {SetupError} the backup is not intact, or there is a house already
 */
export async function restore({ source, dataDir, env = process.env, say = () => {} }) {
  refuseOtherDatabase(env);
  const manifest = await readManifest(source);
  assertUsable(manifest);
  await assertIntact(source, manifest);
  say(`${manifest.files.length} files of ${manifest.made} are intact`);

  const { home, files, secrets } = placesOf(dataDir, env);
  const taken = [
    ...clustersIn(home).map((name) => path.join(home, name)),
    ...Object.values(secrets).filter((file) => existsSync(file)),
    ...(isEmpty(files) ? [] : [files]),
  ];
  if (taken.length > 0) {
    throw new SetupError(`There is a house already; move away first:\n${taken.join('\n')}`);
  }
  for (const [name, file] of Object.entries(secrets)) {
    if (!existsSync(path.join(source, name))) continue;
    await fs.mkdir(path.dirname(file), { recursive: true });
    await copyTree(path.join(source, name), path.dirname(file), path.basename(file));
  }
  if (existsSync(path.join(source, 'files'))) {
    await copyTree(path.join(source, 'files'), path.dirname(files), path.basename(files));
  }
  const data = path.join(home, manifest.cluster);
  const half = `${data}.restoring`;
  await fs.rm(half, { recursive: true, force: true });
  await copyTree(path.join(source, 'database'), home, path.basename(half));
  await fs.rm(path.join(half, 'postmaster.pid'), { force: true });
  await giveTo(serverUser(), half);
  await fs.rename(half, data);
}
