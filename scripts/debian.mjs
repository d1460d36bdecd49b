// Programs from Debian's packages, unpacked in a folder of ours. Nothing is installed on the system.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** A program's file, if it is on the PATH. */
export const onPath = (name) =>
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
 * Downloads a package and whatever it needs that the system lacks. `options` (apt's) say where
 * the lists of packages are.
 */
async function download(name, folder, options) {
  const plan = await output('apt-get', [
    ...options,
    'install',
    '--simulate',
    '--quiet=2',
    '--no-install-recommends',
    name,
  ]);
  const names = Array.from(plan.matchAll(/^Inst (\S+)/gm), ([, needed]) => needed);
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

/**
 * Fetches a Debian package and what it needs, and unpacks them into `tree`, once: `program` is the
 * file in it that says that this has been done.
 */
export async function unpack(name, { tree, program }) {
  if (existsSync(path.join(tree, program))) return;
  if (!onPath('apt-get') || !onPath('dpkg')) throw new Error(`no ${name}, and no apt-get`);
  mkdirSync(path.dirname(tree), { recursive: true });
  const folder = mkdtempSync(path.join(path.dirname(tree), 'fetching-'));
  try {
    // The system's lists first; they may be missing or name versions that are gone.
    const options = ['-o', 'APT::Sandbox::User='];
    await download(name, folder, options).catch(async () => {
      await download(name, folder, await privateLists(folder));
    });
    const unpacked = path.join(folder, 'tree');
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.deb'))) {
      await output('dpkg', ['-x', path.join(folder, file), unpacked]);
    }
    rmSync(tree, { recursive: true, force: true });
    renameSync(unpacked, tree);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An environment in which programs unpacked there find their libraries. */
export function environmentOf(tree) {
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => {
    const full = path.join(tree, folder);
    const names = existsSync(full)
      ? readdirSync(full).filter((name) => name.includes('-linux-'))
      : [];
    return names.map((name) => path.join(full, name));
  });
  return { ...process.env, LD_LIBRARY_PATH: libraries.join(':') };
}
