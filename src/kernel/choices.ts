import { refusal, type Facts, type Refusal } from './refusal.js';

/** Somebody who can be drawn. */
export interface PoolMember {
  readonly key: string;
  /** What no two of one choice may share (a regional group); null: cannot be chosen. */
  readonly group: string | null;
}

/** One drawing from the pool: for whom, how many, and under which constraints. */
export interface Round {
  /** What it is drawn for, where one draw serves several: the code of a State. */
  readonly for: string | null;
  readonly seats: number;
  readonly excluded: readonly string[];
  /** Groups of those who sit already. */
  readonly groupsTaken: readonly string[];
  /** The group that one seat is kept for. */
  readonly groupForced: string | null;
}

type Eligible = PoolMember & { readonly group: string };

const eligibleOf = (pool: readonly PoolMember[], round: Round): Eligible[] =>
  pool.filter(
    (each): each is Eligible =>
      each.group !== null &&
      !round.excluded.includes(each.key) &&
      !round.groupsTaken.includes(each.group),
  );

/** Whether a choice can be made at all; names the groups that somebody could be drawn from. */
export function choiceRefused(pool: readonly PoolMember[], round: Round): Refusal | null {
  const groups = [...new Set(eligibleOf(pool, round).map(({ group }) => group))].toSorted();
  const { for: whose, seats, groupForced } = round;
  if (groupForced !== null && !groups.includes(groupForced)) {
    return refusal('lot-group-empty', { for: whose, group: groupForced, groups });
  }
  return groups.length < seats
    ? refusal('lot-groups-too-few', { for: whose, seats, groups })
    : null;
}

/**
 * Every valid choice: members of different groups, one of the forced group among them. In the
 * order of the pool: by the first member, then the second, and so on.
 */
export function* choicesOf(pool: readonly PoolMember[], round: Round): Generator<string[]> {
  const eligible = eligibleOf(pool, round);
  const { seats, groupForced } = round;
  const chosen: Eligible[] = [];
  function* from(start: number): Generator<string[]> {
    if (chosen.length === seats) {
      const kept = groupForced === null || chosen.some(({ group }) => group === groupForced);
      if (kept) yield chosen.map(({ key }) => key);
      return;
    }
    for (let index = start; index < eligible.length; index += 1) {
      const next = eligible[index]!;
      if (chosen.some(({ group }) => group === next.group)) continue;
      chosen.push(next);
      yield* from(index + 1);
      chosen.pop();
    }
  }
  yield* from(0);
}

/** What is wrong with something that was drawn by hand. */
export interface Fault {
  readonly because: string;
  readonly facts: Facts;
}

export const fault = (because: string, facts: Facts): Fault => ({ because, facts });

/** Whether a choice that was made elsewhere is one of the valid ones; else the first fault. */
export function pickFault(
  pool: readonly PoolMember[],
  round: Round,
  picked: readonly string[],
): Fault | null {
  const { seats, excluded, groupsTaken, groupForced } = round;
  if (picked.length !== seats) return fault('number', { drawn: picked.length, seats });
  if (new Set(picked).size < picked.length) return fault('repeated', { drawn: picked });
  const barred = picked.filter((key) => excluded.includes(key));
  if (barred.length > 0) return fault('excluded', { drawn: barred });
  const known = new Map(pool.map(({ key, group }) => [key, group]));
  const outside = picked.filter((key) => !known.has(key));
  if (outside.length > 0) return fault('outside-pool', { drawn: outside });
  const ungrouped = picked.filter((key) => known.get(key) === null);
  if (ungrouped.length > 0) return fault('no-group', { drawn: ungrouped });
  const groups = picked.map((key) => known.get(key)!);
  const shared = new Set(groups).size < groups.length;
  if (shared || groups.some((group) => groupsTaken.includes(group))) {
    return fault('same-group', { groups });
  }
  const missing = groupForced !== null && !groups.includes(groupForced);
  return missing ? fault('group-missing', { group: groupForced, groups }) : null;
}
