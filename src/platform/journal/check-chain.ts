import { z } from 'zod';
import { rootOf, treeOf } from './daily-root.js';
import { linkHash } from './journal.js';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();
const root = z.object({ day, root: hex });

/** What is checked: a chain as it was downloaded, its proof, and a root, all in one file. */
export const chainFile = z.object({
  entries: z
    .array(z.object({ n: z.int(), body: z.string(), previous: z.string(), hash: hex }))
    .min(1),
  proof: z.object({
    compartment: z.string(),
    day,
    head: z.object({
      n: z.int().min(1),
      hash: hex,
      salt: hex,
      position: z.string().regex(/^[01]+$/),
      path: z.array(hex),
    }),
    previous: hex,
    links: z.array(z.object({ day, tree: hex })).min(1),
  }),
  root: root.optional(),
});
type ChainFile = z.infer<typeof chainFile>;
export const publishedRoot = root;
export type PublishedRoot = z.infer<typeof root>;

interface ChainFound {
  readonly holds: boolean;
  /** For a person, a sentence each. */
  readonly lines: readonly string[];
}

const broken = (...lines: string[]): ChainFound => ({ holds: false, lines });

/**
 * Whether a chain holds from its first entry on, and is the one whose head the root took in.
 * Nothing else is believed: not the server that gave the file, not the database behind it.
 */
export function checkChain({ entries, proof }: ChainFile, published: PublishedRoot): ChainFound {
  const fault = firstFault(entries);
  if (fault) return broken(fault);
  const { head, links } = proof;
  const sealed = entries[head.n - 1];
  if (!sealed) {
    const missing = `The root of ${links[0]!.day} took in ${head.n} entries; only ${entries.length} are there`;
    return broken(`${missing}: the end of the chain was cut off, or not downloaded.`);
  }
  if (proof.day !== published.day) {
    return broken(`The proof is for ${proof.day}, the root is that of ${published.day}.`);
  }
  if (rootReached(proof) !== published.root) {
    return broken(`The proof does not lead to the root that was published for ${published.day}.`);
  }
  if (sealed.hash !== head.hash) {
    return broken(
      `Entry ${head.n} is not the one that stood there when the root of ${links[0]!.day} was made:`,
      `something among entries 1 to ${head.n} was written anew after that day.`,
    );
  }
  const later = entries.length - head.n;
  return {
    holds: true,
    lines: [
      `The chain "${proof.compartment}" holds: ${entries.length} entries, each follows from the one before.`,
      `Its first ${head.n} entries stand under the root of ${published.day}, as they were then.`,
      ...(later > 0 ? [`The last ${later} came later: a later root will take them in.`] : []),
    ],
  };
}

function firstFault(entries: ChainFile['entries']): string | undefined {
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const n = index + 1;
    if (entry.n !== n) return `Entry ${n} is missing: number ${entry.n} stands in its place.`;
    if (entry.previous !== previous) return `Entry ${n} does not follow from the entry before it.`;
    if (entry.hash !== linkHash(entry)) return `Entry ${n} was changed: its hash is another.`;
    previous = entry.hash;
  }
  return undefined;
}

function rootReached({ head, previous, links }: ChainFile['proof']): string | undefined {
  if (treeOf(head, head) !== links[0]!.tree) return undefined;
  return links.reduce(rootOf, previous);
}
