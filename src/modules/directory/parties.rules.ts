/** Who is a Party to a treaty on a day, and what it has opted out of; the shape of `data/treaties.json`. */
import { holdsOn } from './state-names.rules.js';

/** `from` is the first day, `until` the first day no longer; ISO dates. Null: open. */
export interface Period {
  readonly from: string;
  readonly until: string | null;
}

export interface OptOutPeriod extends Period {
  readonly procedure: string;
}

/** A procedure that a Party may opt out of, and for how many years at the most. */
export interface OptOutRule {
  readonly procedure: string;
  readonly years: number;
}

/** A treaty, with the Parties that a house begins with. */
export interface TreatyData {
  readonly key: string;
  readonly title: string;
  /** Under which the depositary has it. */
  readonly depositary: string | null;
  readonly inForceFrom: string | null;
  readonly optOuts: readonly OptOutRule[];
  /** Without a `source` a period is unverified. */
  readonly parties: readonly {
    readonly state: string;
    readonly from: string;
    readonly until?: string;
    readonly source?: string;
  }[];
}

export interface PartyStanding {
  readonly party: boolean;
  /** Never of one that is no Party. */
  readonly optedOut: boolean;
  /** Since when the treaty has been in force for it, this time. */
  readonly since: string | null;
}

/** How somebody with these periods and opt-outs stands to a treaty and its procedure on a day. */
export function standingOn(
  day: string,
  periods: readonly Period[],
  optOuts: readonly OptOutPeriod[],
  procedure: string,
): PartyStanding {
  const period = periods.find((each) => holdsOn(each, day));
  if (!period) return { party: false, optedOut: false, since: null };
  const optedOut = optOuts.some((each) => each.procedure === procedure && holdsOn(each, day));
  return { party: true, optedOut, since: period.from };
}

/** Whether two periods have a day in common. One that ends as the other begins has not. */
export const overlap = (one: Period, other: Period): boolean =>
  (one.until === null || other.from < one.until) &&
  (other.until === null || one.from < other.until);

/** A period that ends ends after it begins. */
export const inOrder = ({ from, until }: Period): boolean => until === null || from < until;

/** Whether a period lasts longer than so many years; one without an end does. */
export function longerThan({ from, until }: Period, years: number): boolean {
  if (until === null) return true;
  const [year, ...rest] = from.split('-');
  // Compared as text: it need not be a day that there is.
  return until > [String(Number(year) + years).padStart(4, '0'), ...rest].join('-');
}
