import { atomHolds, explainAtom, type Ground, type KnownFacts } from './compare-facts.js';
import type { Definition, Move } from './definition.js';
import type { Facts } from './refusal.js';

/** Where a proceeding stands, and what whoever asks is in it. `now` is RFC 3339. */
interface Situation {
  readonly status: string;
  readonly facts: KnownFacts;
  /** The roles held in this proceeding (`rolesOf`). */
  readonly roles: readonly string[];
  readonly now: string;
}

export type Decision =
  | {
      readonly ok: true;
      readonly move: string;
      readonly to: string;
      /** Consequences to apply, in order. */
      readonly then: readonly string[];
    }
  | { readonly ok: false; readonly because: string; readonly facts: Facts };

/** A move that leaves the present stage. */
interface Action {
  readonly action: string;
  readonly allowed: boolean;
  readonly because?: string;
  readonly facts?: Facts;
}

const refuse = (because: string, facts: Facts): Decision => ({ ok: false, because, facts });

const judge = (move: Move, situation: Situation, zone: string): Decision => {
  const { status, roles, facts, now } = situation;
  if (!move.by.some((role) => roles.includes(role))) return refuse('wrong-role', { by: move.by });
  if (!move.from.includes(status)) return refuse('wrong-stage', { status, from: move.from });
  const ground: Ground = { facts, now, zone };
  const failed = move.requires.find((atom) => !atomHolds(atom, ground));
  if (failed) return refuse(failed.else, explainAtom(failed, ground));
  return { ok: true, move: move.move, to: move.to, then: move.then };
};

/**
 * Whether a move may be made, and where it leads. Total: every question has an answer.
 * Checked in this order: `unknown-move`, `wrong-role`, `wrong-stage`, then what the move
 * requires, each atom with its own code. The role comes before the facts, so that an
 * outsider's moves can be listed with no facts gathered.
 */
export const decide = (
  definition: Definition,
  { move: name, ...situation }: Situation & { readonly move: string },
): Decision => {
  const move = definition.moves.find((each) => each.move === name);
  return move ? judge(move, situation, definition.zone) : refuse('unknown-move', { move: name });
};

/** Every move that leaves the present stage, allowed or not and why. */
export const allMoves = (definition: Definition, situation: Situation): Action[] =>
  definition.moves
    .filter((move) => move.from.includes(situation.status))
    .map((move) => {
      const decision = judge(move, situation, definition.zone);
      return decision.ok
        ? { action: move.move, allowed: true }
        : { action: move.move, allowed: false, because: decision.because, facts: decision.facts };
    });
