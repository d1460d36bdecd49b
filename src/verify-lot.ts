/**
 * Draws a lot again, from the file that `GET /v1/lots/{id}` gives. Offline: it asks neither the
 * service nor its database.
 *
 *     npm run verify-lot -- FILE
 *
 * Exits 0 only when commitment, numbers and result are equal, 1 when anything differs, 2 when there
 * is nothing to draw again: not drawn yet, drawn by hand, or no such file.
 */
import { lotFile, verifyLot } from './modules/lots/verify-lot.js';
import { runCommand } from './platform/run-command.js';
import { readJsonFile } from './platform/storage/json-file.js';

async function main([file, ...more]: string[]): Promise<number> {
  if (file === undefined || more.length > 0) {
    throw new Error('say which file: npm run verify-lot -- FILE');
  }
  const { holds, lines } = verifyLot(await readJsonFile(file, lotFile));
  process.stdout.write(`${lines.join('\n')}\n`);
  if (holds === undefined) return 2;
  return holds ? 0 : 1;
}

await runCommand(import.meta.url, 'Nothing was checked', main);
