import canonicalize from 'canonicalize';
import { z } from 'zod';
import {
  ALGORITHMS,
  commitmentOf,
  drawLot,
  inputDigest,
  type OpenLot,
  type Taken,
} from '../../kernel/lots.js';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const keys = z.array(z.string());
const result = z.array(z.object({ for: z.string().nullable(), drawn: keys }));
const round = z.object({
  for: z.string().nullable(),
  seats: z.int().min(1),
  excluded: keys,
  groupsTaken: keys,
  groupForced: z.string().nullable(),
});
const draw = z.object({
  algorithm: z.enum(ALGORITHMS),
  pool: z.array(z.object({ key: z.string(), group: z.string().nullable() })),
  rounds: z.array(round),
  balanced: z.boolean(),
});

/** A lot as `GET /v1/lots/{id}` gives it; what is not needed to draw it again is left out. */
export const lotFile = z.object({
  id: z.uuid(),
  method: z.enum(['sealed', 'by-hand']),
  status: z.enum(['announced', 'drawn', 'cancelled']),
  input: z.looseObject({ lot: z.uuid(), purpose: z.string(), draw }),
  inputDigest: hex,
  commitment: hex.nullable(),
  publicValue: z.string().nullable(),
  seed: hex.nullable(),
  result: result.nullable(),
  withdrawn: z.object({ parts: keys }).optional(),
});
type LotFile = z.infer<typeof lotFile>;

interface LotFound {
  /** Undefined where there is nothing to draw again. */
  readonly holds: boolean | undefined;
  /** For a person, a step each. */
  readonly lines: readonly string[];
}

/**
 * Draws a lot again, step by step, and compares: commitment, digest, numbers, result. Nothing else
 * is believed, and nobody asked.
 */
export function verifyLot(lot: LotFile): LotFound {
  const head = `Lot ${lot.id}: ${lot.input.purpose}.`;
  if (lot.method === 'by-hand') {
    return { holds: undefined, lines: [head, 'It was drawn by hand: nothing can be drawn again.'] };
  }
  const { seed, commitment, publicValue, result: told } = lot;
  if (lot.status !== 'drawn' || !seed || !commitment || publicValue === null || !told) {
    return {
      holds: undefined,
      lines: [head, `It is ${lot.status}: there is nothing to draw yet.`],
    };
  }
  const lines = [head];
  const compare = (what: string, computed: string, announced: string): boolean => {
    const same = computed === announced;
    lines.push(`${same ? 'equal ' : 'DIFFERS'} ${what}: ${computed}`);
    if (!same) lines.push(`        the file says: ${announced}`);
    return same;
  };
  const input = canonicalize(lot.input)!;
  const secret = Buffer.from(seed, 'hex');
  const equal = [
    compare('id of the lot in its input', lot.input.lot, lot.id),
    compare('digest of the input', inputDigest(input), lot.inputDigest),
    compare('commitment to the seed', commitmentOf(lot.id, secret), commitment),
  ];
  lines.push(`Public value: ${publicValue}`);
  const again = drawAgain({ lot: lot.id, seed: secret, input, publicValue });
  lines.push(...(again?.numbers.map(taken) ?? ['Nothing can be drawn under these rules.']));
  for (const [index, { for: whose, drawn }] of (again?.result ?? []).entries()) {
    const what = whose === null ? 'result' : `result for ${whose}`;
    const other = told[index];
    const same = other?.for === whose ? other.drawn.join(' ') : '(something else)';
    equal.push(compare(what, drawn.join(' '), same));
  }
  equal.push(told.length === again?.result.length);
  const holds = equal.every(Boolean);
  lines.push(holds ? 'The lot holds.' : 'The lot does NOT hold.');
  if (!holds && lot.withdrawn) {
    lines.push(`Withdrawn from the record since: ${lot.withdrawn.parts.join(', ')}.`);
  }
  return { holds, lines };
}

/** Undefined where the rules allow no draw: nobody can have drawn under them. */
function drawAgain(open: OpenLot): ReturnType<typeof drawLot> | undefined {
  try {
    return drawLot(open);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const taken = ({ counter, below, number }: Taken): string =>
  `Block ${counter}: a number below ${below} is ${number}`;
