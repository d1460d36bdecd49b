import { createHash, createHmac } from 'node:crypto';
import {
  choiceRefused,
  choicesOf,
  fault,
  pickFault,
  type Fault,
  type PoolMember,
  type Round,
} from './choices.js';
import { refusal, type Refusal } from './refusal.js';

/**
 * Lots that anybody can draw again (docs/lots.md is the format). A secret seed is committed to
 * first; a public value that nobody knows yet is named with it, and mixed in when it is known.
 */

/** The named ways of drawing. */
export const ALGORITHMS = ['choose', 'order', 'first'] as const;

export interface DrawRules {
  /**
   * `choose`: so many of different groups, each valid choice as likely as any other; `order`: so
   * many in an order; `first`: the list from the one that is drawn on, and round.
   */
  readonly algorithm: (typeof ALGORITHMS)[number];
  readonly pool: readonly PoolMember[];
  readonly rounds: readonly Round[];
  /** Of several choices, each is made among those that burden the least whom earlier ones took. */
  readonly balanced: boolean;
}

/** What a round gave, in order: of a choice, the order of the pool. */
export interface Drawn {
  readonly for: string | null;
  readonly drawn: string[];
}

/** A number as it was taken from the stream: below a bound, from the block with that counter. */
export interface Taken {
  readonly counter: number;
  readonly below: number;
  readonly number: number;
}

/** A lot with everything that decides it. */
export interface OpenLot {
  /** Its id: a UUID in lower case. */
  readonly lot: string;
  readonly seed: Buffer;
  /** Canonical text (RFC 8785) of the input, whose `draw` are the rules. */
  readonly input: string;
  /** One line. */
  readonly publicValue: string;
}

const TAG = 'comity-lot-v1';
export const SEED_BYTES = 32;
const WORD = 2n ** 64n;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is published of a seed before the draw; in hexadecimal digits. */
export const commitmentOf = (lot: string, seed: Buffer): string =>
  sha256(`${TAG} commitment\n${lot}\n${seed.toString('hex')}`);

/** @param input canonical text (RFC 8785) */
export const inputDigest = (input: string): string => sha256(input);

/** The stream of numbers of one lot: 64 bits of one HMAC each, without bias. */
class Numbers {
  readonly taken: Taken[] = [];
  readonly #head: string;
  #counter = 0;

  constructor(private readonly open: OpenLot) {
    const { lot, input, publicValue } = open;
    if (/[\r\n]/.test(publicValue)) throw new RangeError('a public value is one line');
    this.#head = `${TAG} draw\n${lot}\n${inputDigest(input)}\n${publicValue}`;
  }

  /** From 0 to below the bound; what would favour the small ones is thrown away. */
  below(bound: number): number {
    const range = BigInt(bound);
    const limit = WORD - (WORD % range);
    for (;;) {
      const counter = this.#counter;
      this.#counter += 1;
      const block = createHmac('sha256', this.open.seed).update(`${this.#head}\n${counter}`);
      const word = block.digest().readBigUInt64BE();
      if (word >= limit) continue;
      const number = Number(word % range);
      this.taken.push({ counter, below: bound, number });
      return number;
    }
  }
}

/**
 * Draws: the same for whoever has the same.
 *
 * @throws RangeError where `rulesRefused` would have refused
 */
export function drawLot(open: OpenLot): { result: Drawn[]; numbers: readonly Taken[] } {
  const { draw } = JSON.parse(open.input) as { draw: DrawRules };
  const refused = rulesRefused(draw);
  if (refused) throw new RangeError(refused.code);
  const numbers = new Numbers(open);
  const load = new Map<string, number>();
  const result = draw.rounds.map((round) => {
    const drawn = drawRound(draw, round, { numbers, load });
    if (draw.balanced) for (const key of drawn) load.set(key, (load.get(key) ?? 0) + 1);
    return { for: round.for, drawn };
  });
  return { result, numbers: numbers.taken };
}

interface Stream {
  readonly numbers: Numbers;
  readonly load: ReadonlyMap<string, number>;
}

const keysOf = ({ pool }: DrawRules, { excluded }: Round): string[] =>
  pool.map(({ key }) => key).filter((key) => !excluded.includes(key));

function drawRound(rules: DrawRules, round: Round, stream: Stream): string[] {
  if (rules.algorithm === 'choose') return choose(rules, round, stream);
  const keys = keysOf(rules, round);
  if (rules.algorithm === 'order') return shuffle(keys, round.seats, stream);
  return turn(keys, stream.numbers.below(keys.length));
}

/** Counts the valid choices that burden the least, and takes one by its place among them. */
function choose({ pool }: DrawRules, round: Round, { numbers, load }: Stream): string[] {
  const burdenOf = (keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + (load.get(key) ?? 0), 0);
  let [least, count] = [Infinity, 0];
  for (const choice of choicesOf(pool, round)) {
    const burden = burdenOf(choice);
    if (burden < least) [least, count] = [burden, 0];
    if (burden === least) count += 1;
  }
  let place = numbers.below(count);
  for (const choice of choicesOf(pool, round)) {
    if (burdenOf(choice) !== least) continue;
    if (place === 0) return choice;
    place -= 1;
  }
  throw new RangeError('no such choice');
}

/** Fisher and Yates, from the front, as far as is needed. */
function shuffle(keys: string[], seats: number, { numbers }: Stream): string[] {
  for (let at = 0; at < seats; at += 1) {
    const other = at + numbers.below(keys.length - at);
    [keys[at], keys[other]] = [keys[other]!, keys[at]!];
  }
  return keys.slice(0, seats);
}

const turn = (keys: readonly string[], place: number): string[] => [
  ...keys.slice(place),
  ...keys.slice(0, place),
];

/** Whether something can be drawn under these rules, and why not. */
export function rulesRefused(rules: DrawRules): Refusal | null {
  for (const round of rules.rounds) {
    if (rules.algorithm === 'choose') {
      const refused = choiceRefused(rules.pool, round);
      if (refused) return refused;
      continue;
    }
    const pool = keysOf(rules, round).length;
    if (pool === 0 || pool < round.seats) {
      return refusal('lot-pool-too-small', { for: round.for, seats: round.seats, pool });
    }
  }
  return null;
}

/**
 * What a round gave that was drawn by hand: of a list that begins somewhere, its first was drawn.
 * A fault where the rules could not have given it.
 */
export function drawnByHand(rules: DrawRules, round: Round, picked: string[]): string[] | Fault {
  if (rules.algorithm === 'choose') return pickFault(rules.pool, round, picked) ?? picked;
  const keys = keysOf(rules, round);
  const seats = rules.algorithm === 'first' ? 1 : round.seats;
  if (picked.length !== seats) return fault('number', { drawn: picked.length, seats });
  if (new Set(picked).size < picked.length) return fault('repeated', { drawn: picked });
  const outside = picked.filter((key) => !keys.includes(key));
  if (outside.length > 0) return fault('outside-pool', { drawn: outside });
  return rules.algorithm === 'first' ? turn(keys, keys.indexOf(picked[0]!)) : picked;
}
