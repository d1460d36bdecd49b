/**
 * Checks a receipt of a filing, offline: it asks neither the service nor its database.
 *
 *     npm run verify-receipt -- RECEIPT.json --keys KEYS.json [--file FILE --salt SALT]
 *
 * RECEIPT.json is the answer of GET …/receipt, KEYS.json that of GET /v1/receipt-keys, from the house
 * or, better, from a copy kept since. With the file and the salt that the filer shows it proves that
 * this very file was filed. `--rehearsal` takes receipts of rehearsals too.
 *
 * Exits 0 when it holds, 1 when it does not, with the fault by name; 2 when there is nothing to check.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runCommand } from './platform/run-command.js';
import { checkReceipt, publishedKey } from './platform/signing/check-receipt.js';
import { signedReceipt, type Opening } from './platform/signing/receipt.js';
import { readJsonFile } from './platform/storage/json-file.js';

const keyFile = z.object({ items: z.array(publishedKey) });
const SALT = /^[0-9a-f]{64}$/i;

async function openingOf(file: string | undefined, salt: string | undefined) {
  if (file === undefined && salt === undefined) return undefined;
  if (file === undefined || salt === undefined || !SALT.test(salt)) {
    throw new Error('--file and --salt go together; the salt is 64 hexadecimal digits');
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return { salt: salt.toLowerCase(), sha256: hash.digest('hex') } satisfies Opening;
}

async function main(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { keys: text, file: text, salt: text, rehearsal: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.keys === undefined) {
    throw new Error(
      'say which: npm run verify-receipt -- RECEIPT.json --keys KEYS.json [--file FILE --salt SALT]',
    );
  }
  const receipt = await readJsonFile(file, signedReceipt);
  const { items: keys } = await readJsonFile(values.keys, keyFile);
  const opening = await openingOf(values.file, values.salt);
  const { rehearsal = false } = values;
  const { fault, lines } = checkReceipt(receipt, { keys, opening, rehearsal });
  process.stdout.write(`${[...(fault ? [`Refused: ${fault}`] : []), ...lines].join('\n')}\n`);
  return fault ? 1 : 0;
}

await runCommand(import.meta.url, 'Nothing was checked', main);
