import canonicalize from 'canonicalize';
import { dueAt } from '../../kernel/deadlines.js';
import type { Fault } from '../../kernel/choices.js';
import { drawnByHand, inputDigest, type Drawn, type DrawRules } from '../../kernel/lots.js';
import { offeredAll } from '../../kernel/offered.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { CASE } from '../../kernel/sides.js';
import type { Ground } from './find-ground.js';
import type { Lot } from './lots.entity.js';

/** Who announces lots, draws them, and records what was drawn by hand. */
const KEEPERS: readonly string[] = ['president', 'secretariat'];

/** Of a proceeding, as far as it is asked here. */
interface Roles {
  roles(permission?: 'submit'): string[];
}

/** The role in which somebody keeps the lots of a review. */
export const keeperIn = (standing: Roles): string | undefined =>
  standing.roles('submit').find((role) => KEEPERS.includes(role));

export function keepingRefused(standing: Roles): Refusal | null {
  if (!standing.roles().some((role) => KEEPERS.includes(role))) {
    return refusal('wrong-role', { by: KEEPERS });
  }
  return keeperIn(standing) ? null : refusal('permission-missing', { permission: 'submit' });
}

/** A public value must be unknown to everybody when it is named. */
export function namingRefused(knownFrom: Date, now: Date): Refusal | null {
  if (knownFrom > now) return null;
  const facts = { knownFrom: knownFrom.toISOString(), now: now.toISOString() };
  return refusal('public-value-known', facts);
}

/** A lot is drawn or cancelled once. */
export const settledRefused = ({ status }: Lot): Refusal | null =>
  status === 'announced' ? null : refusal('lot-settled', { status });

export function drawingRefused({ knownFrom }: Lot, now: Date): Refusal | null {
  if (knownFrom! <= now) return null;
  return refusal('too-early', { notBefore: knownFrom!.toISOString() });
}

/** What can be done with a lot now, and what stands against it. */
export function lotActions(standing: Roles, lot: Lot, now: Date) {
  const closed = keepingRefused(standing) ?? settledRefused(lot);
  return offeredAll({ draw: closed ?? drawingRefused(lot, now), cancel: closed });
}

/** The day of an instant in the procedure's zone, for which a pool is looked up. */
export const dayOf = (instant: Date, zone: string): string =>
  dueAt(instant.toISOString(), zone).local.slice(0, 10);

/** What is announced, and digested: its canonical text. */
interface LotInput {
  readonly lot: string;
  readonly purpose: string;
  readonly publicValue: { readonly source: string; readonly knownFrom: string } | null;
  readonly draw: DrawRules;
}

export const inputText = (input: LotInput): string => canonicalize(input)!;

/** A lot of which nothing is told yet but what it is for. */
export const lotOf = (
  { home, session, state }: Ground,
  input: LotInput,
): Omit<Lot, 'method' | 'status'> => {
  const text = inputText(input);
  return {
    id: input.lot,
    proceedingId: home.proceeding.id,
    compartment: CASE,
    sessionId: session.id,
    state,
    purpose: input.purpose,
    input: text,
    inputDigest: inputDigest(text),
    announcedAt: null,
    commitment: null,
    knownFrom: null,
    publicValue: null,
    seed: null,
    result: null,
    drawnAt: null,
    drawnOn: null,
    meeting: null,
    witnesses: null,
    cancelledAt: null,
    reason: null,
    publicId: home.proceeding.test ? null : input.lot,
    version: 1,
  };
};

export const inputOf = ({ input }: Pick<Lot, 'input'>): LotInput => JSON.parse(input) as LotInput;

/** Whether the rules are still those that were announced. */
export const sameRules = (announced: DrawRules, now: DrawRules): boolean =>
  canonicalize(announced) === canonicalize(now);

/** What was drawn by hand, round by round, as the rules read it; or the first fault. */
export function readByHand(
  rules: DrawRules,
  byHand: readonly Drawn[],
): readonly Drawn[] | (Fault & { readonly for: string | null }) {
  const result: Drawn[] = [];
  const unasked = byHand.find((each) => !rules.rounds.some((round) => round.for === each.for));
  if (unasked) return { because: 'unasked', facts: {}, for: unasked.for };
  for (const round of rules.rounds) {
    const picked = byHand.filter((each) => each.for === round.for).flatMap(({ drawn }) => drawn);
    const drawn = drawnByHand(rules, round, picked);
    if ('because' in drawn) return { ...drawn, for: round.for };
    result.push({ for: round.for, drawn });
  }
  return result;
}
