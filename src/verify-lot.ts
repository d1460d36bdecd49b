/**
 * Draws a lot again, from the file that `GET /v1/lots/{id}` gives. Offline: it asks neither the
 * service nor its database.
 *
 *     npm run verify-lot -- FILE
 *
 * Exits 0 only when commitment, numbers and result are equal, 1 when anything differs, 2 when there
 * is nothing to draw again: not drawn yet, drawn by hand, or no such file.
 */
import { pathToFileURL } from 'node:url';
import { lotFile, verifyLot } from './modules/lots/verify-lot.js';
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`Nothing was checked: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
