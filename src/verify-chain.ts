/**
 * Checks a chain of the journal, as whoever may read it has downloaded it, against a published
 * root. Offline: it asks neither the service nor its database.
 *
 *     npm run verify-chain -- FILE [--root FILE] [--day DAY]
 *
 * FILE is one JSON object `{entries, proof, root}`: the items of GET …/journal?compartment=, the
 * answer of GET …/journal/proof, and one of GET /v1/record/roots. `--root` takes the root from
 * a file of one's own instead, with one root or a list `{items}`, of which `--day` chooses one.
 *
 * Exits 0 when the chain holds, 1 when it does not, 2 when there is nothing to check.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  chainFile,
  checkChain,
  publishedRoot,
  type PublishedRoot,
} from './platform/journal/check-chain.js';
import { runCommand } from './platform/run-command.js';
import { readJsonFile } from './platform/storage/json-file.js';

const rootFile = z.union([
  z.object({ items: z.array(publishedRoot) }).transform(({ items }) => items),
  publishedRoot.transform((root) => [root]),
]);

async function main(args: string[]): Promise<number> {
  const options = { root: { type: 'string' }, day: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new Error('say which file: npm run verify-chain -- FILE [--root FILE] [--day DAY]');
  }
  const chain = await readJsonFile(file, chainFile);
  const day = values.day ?? chain.proof.day;
  const given: (PublishedRoot | undefined)[] = values.root
    ? await readJsonFile(values.root, rootFile)
    : [chain.root];
  const published = given.find((root) => root?.day === day);
  if (!published) throw new Error(`there is no root of ${day} in ${values.root ?? file}`);
  const { holds, lines } = checkChain(chain, published);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (holds && !values.root) {
    process.stdout.write('The root came in the same file: compare it with one that you kept.\n');
  }
  return holds ? 0 : 1;
}

await runCommand(import.meta.url, 'Nothing was checked', main);
