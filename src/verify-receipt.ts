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
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { checkReceipt, publishedKey } from './platform/signing/check-receipt.js';
import { signedReceipt, type Opening } from './platform/signing/receipt.js';

const keyFile = z.object({ items: z.array(publishedKey) });
const SALT = /^[0-9a-f]{64}$/i;

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file} is not what it should be: ${issue!.path.join('.')}: ${issue!.message}`);
}

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
  const receipt = await read(file, signedReceipt);
  const { items: keys } = await read(values.keys, keyFile);
  const opening = await openingOf(values.file, values.salt);
  const { rehearsal = false } = values;
  const { fault, lines } = checkReceipt(receipt, { keys, opening, rehearsal });
  process.stdout.write(`${[...(fault ? [`Refused: ${fault}`] : []), ...lines].join('\n')}\n`);
  return fault ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`Nothing was checked: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
