// Temporary folders named after the process that made them, so that the next one can tell which
// were left behind.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './guard.mjs';

// Root's own TMPDIR may be closed to the user that PostgreSQL runs as.
const place = process.getuid?.() === 0 ? '/tmp' : os.tmpdir();
const prefix = (purpose) => `comity-${purpose}-${os.hostname()}-`;

/** Removes the folders for this purpose whose makers are gone, and makes a new one. */
export function makeScratch(purpose) {
  for (const name of readdirSync(place)) {
    if (!name.startsWith(prefix(purpose))) continue;
    if (isAlive(Number.parseInt(name.slice(prefix(purpose).length), 10))) continue;
    try {
      rmSync(path.join(place, name), { recursive: true, force: true });
    } catch {
      // somebody else's: theirs to remove
    }
  }
  const folder = mkdtempSync(path.join(place, `${prefix(purpose)}${process.pid}-`));
  chmodSync(folder, 0o711); // PostgreSQL's user passes through
  return folder;
}
