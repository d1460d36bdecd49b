import { Temporal } from 'temporal-polyfill';
import type { Atom, Comparison, FactValue } from './definition.js';
import { instantOf, laterBy } from './instants.js';
import type { Facts } from './refusal.js';

/** Facts by name; one that is absent, `undefined` or `null` is not known. */
export type KnownFacts = Readonly<Record<string, FactValue | undefined>>;

/** What comparisons are made against: the facts, the present instant, the procedure's zone. */
export interface Ground {
  readonly facts: KnownFacts;
  readonly now: string;
  readonly zone: string;
}

/** The fact that the kernel itself supplies; no module registers it. */
export const NOW = 'now';

const valueOf = (name: string, { facts, now }: Ground): FactValue | undefined =>
  name === NOW ? now : Object.hasOwn(facts, name) ? facts[name] : undefined;

const instantFact = (name: string, ground: Ground): Temporal.Instant | null =>
  instantOf(valueOf(name, ground));

const order = (first: Temporal.Instant | null, second: Temporal.Instant | null): number | null =>
  first && second ? Temporal.Instant.compare(first, second) : null;

/** The instant from which an `ago` holds; `null` where the fact is no instant. */
const agoHoldsFrom = (fact: string, ago: string, ground: Ground): Temporal.Instant | null => {
  const start = instantFact(fact, ground);
  return start && laterBy(start, ago, ground.zone);
};

/** Three values: `null` says that a fact is not known or not of the operator's type. */
const compare = (comparison: Comparison, ground: Ground): boolean | null => {
  const value = valueOf(comparison.fact, ground) ?? null;
  if (value === null) return null;
  if ('is' in comparison) return value === comparison.is;
  if ('in' in comparison) return comparison.in.includes(value);
  if ('atLeast' in comparison)
    return typeof value === 'number' ? value >= comparison.atLeast : null;
  if ('atMost' in comparison) return typeof value === 'number' ? value <= comparison.atMost : null;
  if ('ago' in comparison) {
    const sign = order(
      agoHoldsFrom(comparison.fact, comparison.ago, ground),
      instantOf(ground.now),
    );
    return sign === null ? null : sign <= 0;
  }
  const other = 'before' in comparison ? comparison.before : comparison.after;
  const sign = order(instantFact(comparison.fact, ground), instantFact(other, ground));
  if (sign === null) return null;
  return 'before' in comparison ? sign < 0 : sign > 0;
};

const holds = (comparison: Comparison, ground: Ground): boolean => {
  const answer = compare(comparison, ground);
  return answer !== null && answer !== (comparison.not ?? false);
};

/** Whether an atom holds: its one comparison, or any of several. */
export const atomHolds = (atom: Atom, ground: Ground): boolean =>
  'any' in atom ? atom.any.some((each) => holds(each, ground)) : holds(atom, ground);

const explainOne = (comparison: Comparison, ground: Ground): Facts => {
  const { fact, not } = comparison;
  const expected = Object.fromEntries(
    Object.entries(comparison).filter(([key]) => !['fact', 'not', 'else'].includes(key)),
  );
  const waitsFor = 'ago' in comparison && !not && agoHoldsFrom(fact, comparison.ago, ground);
  const other =
    'before' in comparison ? comparison.before : 'after' in comparison ? comparison.after : null;
  return {
    fact,
    value: valueOf(fact, ground) ?? null,
    expected: not ? { not: expected } : expected,
    ...(other === null ? {} : { comparedWith: valueOf(other, ground) ?? null }),
    ...(waitsFor ? { notBefore: waitsFor.toString() } : {}),
  };
};

/**
 * What a person needs to mend a failed atom: the fact, its value, what was expected, and
 * `notBefore`, the first instant at which waiting alone mends it, where there is one.
 */
export const explainAtom = (atom: Atom, ground: Ground): Facts =>
  'any' in atom
    ? { anyOf: atom.any.map((each) => explainOne(each, ground)) }
    : explainOne(atom, ground);
