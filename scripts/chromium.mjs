// A Chromium for the tests of what a browser shows: from the PATH, else installed from Debian's
// packages where we may (as root, with apt-get).
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const onPath = () =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(runs);

/** Runs apt-get; the end of its complaints where it fails. */
function apt(...args) {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr, error } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`apt-get ${args[0]}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
}

function install() {
  if (process.getuid?.() !== 0) throw new Error('only root can install one');
  const args = ['install', '--yes', '--quiet=2', '--no-install-recommends', 'chromium'];
  try {
    apt(...args); // the system's lists may be missing or name versions that are gone
  } catch {
    apt('update', '--quiet=2');
    apt(...args);
  }
}

/** @returns {{program: string} | {program: null, reason: string}} what to do, where there is none */
export function findChromium() {
  const found = onPath();
  if (found) return { program: found };
  try {
    install();
    const program = onPath();
    if (program) return { program };
    throw new Error('it was installed, and is not on the PATH');
  } catch (error) {
    const mend = `put one on the PATH as ${names.join(', ')}, or run apt-get install chromium`;
    return { program: null, reason: `no chromium, and ${error.message}; ${mend}` };
  }
}
