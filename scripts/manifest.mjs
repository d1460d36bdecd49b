// A folder whose every file is written down, with its digest, in a manifest beside it.
import { createHash } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './command.mjs';

const name = 'manifest.json';
const shown = 10;

async function digest(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Copies a file, readable by its owner alone; answers its size and the digest of what was read. */
async function copyFile(from, to) {
  const hash = createHash('sha256');
  let bytes = 0;
  const listen = new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const target = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(createReadStream(from), listen, target);
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Copies a file or a whole folder, empty folders too.
 * @returns {Promise<{folders: string[], files: {path: string, bytes: number, sha256: string}[]}>}
 *   named from `to` on
 * @throws {SetupError} for anything but files and folders: a link would lead out of the copy
 */
export async function copyTree(from, to, within = '') {
  const place = path.join(to, within);
  if ((await fs.lstat(from)).isFile()) {
    return { folders: [], files: [{ path: within, ...(await copyFile(from, place)) }] };
  }
  await fs.mkdir(place, { recursive: true, mode: 0o700 });
  const found = { folders: [within], files: [] };
  for (const entry of await fs.readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (!entry.isFile() && !entry.isDirectory()) {
      throw new SetupError(`${source} is neither a file nor a folder: it can't be copied`);
    }
    const { folders, files } = await copyTree(source, to, path.posix.join(within, entry.name));
    found.folders.push(...folders);
    found.files.push(...files);
  }
  return found;
}

/** Writes the manifest, last of all: a folder without one is not whole. */
export async function writeManifest(folder, content) {
  const file = await fs.open(path.join(folder, name), 'wx', 0o600);
  await file.writeFile(`${JSON.stringify(content, null, 1)}\n`);
  await file.sync();
  await file.close();
}

export async function readManifest(folder) {
  const file = path.join(folder, name);
  const readable = await fs.access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!readable) throw new SetupError(`${folder} holds no whole backup: ${name} is not there`);
  return JSON.parse(await fs.readFile(file, 'utf8'));
}

async function listed(folder, within = '') {
  const entries = await fs.readdir(path.join(folder, within), { withFileTypes: true });
  const inner = entries.map((entry) => {
    const here = path.posix.join(within, entry.name);
    return entry.isDirectory() ? listed(folder, here) : [here];
  });
  return (await Promise.all(inner)).flat();
}

/** @throws {SetupError} naming what is missing, changed or not written down */
export async function assertIntact(folder, { files }) {
  const there = new Set(await listed(folder));
  const faults = [];
  for (const file of files) {
    if (!there.delete(file.path)) faults.push(`${file.path} is missing`);
    else if ((await digest(path.join(folder, file.path))) !== file.sha256) {
      faults.push(`${file.path} has changed`);
    }
  }
  there.delete(name);
  faults.push(...[...there].map((file) => `${file} is not in the manifest`));
  if (faults.length === 0) return;
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  throw new SetupError([`${folder} is not intact:`, ...faults.slice(0, shown), ...more].join('\n'));
}
