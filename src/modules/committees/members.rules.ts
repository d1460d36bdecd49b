import type { Definition } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';

/** A term on a body; ISO calendar dates. */
interface Term {
  readonly from: string;
  /** The first day that is no longer of it. */
  readonly until: string | null;
  /** The day on which it ended before its time. */
  readonly endedOn: string | null;
}

export interface Member extends Term {
  readonly id: string;
  readonly bodyKey: string;
  readonly name: string;
  readonly nationalities: readonly string[];
  readonly seat: 'member' | 'chair';
}

/** What procedures say of a committee of experts, in their parameters. */
interface CommitteeRules {
  readonly body: string;
  /** No two of one nationality at a time. */
  readonly distinct: boolean;
}

/** What this procedure says of its committee; undefined where nobody sits in personal capacity. */
export function committeeOf({ parameters }: Definition): CommitteeRules | undefined {
  const { 'committee.body': body, 'committee.distinctBy': distinctBy } = parameters;
  if (body === undefined) return undefined;
  return { body: String(body), distinct: distinctBy === 'nationality' };
}

/** What the procedures together say of a body: what one of them asks holds. */
export function rulesOfBody(
  definitions: readonly Definition[],
  body: string,
): CommitteeRules | undefined {
  const naming = definitions.flatMap((each) => committeeOf(each) ?? []);
  const own = naming.filter((each) => each.body === body);
  return own.length === 0 ? undefined : { body, distinct: own.some(({ distinct }) => distinct) };
}

const endOf = ({ until, endedOn }: Term): string => endedOn ?? until ?? '9999-12-31';

export const holdsOn = (term: Term, day: string): boolean => term.from <= day && day < endOf(term);

const overlap = (a: Term, b: Term): boolean => a.from < endOf(b) && b.from < endOf(a);

type Entered = Pick<Member, 'from' | 'until' | 'endedOn' | 'nationalities' | 'seat'>;

/**
 * What stands against entering a term: it has not begun or is over already, or somebody else has what
 * only one can have at a time.
 */
export function enteringRefused(
  entered: Entered,
  { others, distinct, today }: { others: readonly Member[]; distinct: boolean; today: string },
): Refusal | null {
  const { from, until, nationalities, seat } = entered;
  if (!holdsOn(entered, today)) return refusal('dates-in-disorder', { from, until, today });
  const beside = others.filter((other) => overlap(other, entered));
  const taken = nationalities.filter((each) =>
    beside.some((other) => other.nationalities.includes(each)),
  );
  if (distinct && taken.length > 0) return refusal('nationality-taken', { nationalities: taken });
  const chair = seat === 'chair' && beside.find((other) => other.seat === 'chair');
  return chair ? refusal('already-exists', { chair: chair.id }) : null;
}

/** A term that runs ends on a day within it. */
export function endingRefused(term: Term, { on, today }: { on: string; today: string }) {
  if (term.endedOn !== null || today >= endOf(term)) return refusal('term-over');
  return on >= term.from && on < endOf(term)
    ? null
    : refusal('dates-in-disorder', { from: term.from, until: term.until, on });
}

/** The day in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** When a day begins by the wall’s clock, by which seats end, as the procedures’ clock stands. */
export const onTheWall = (day: string, { now, wall }: { now: Date; wall: number }): Date =>
  new Date(wall + Date.parse(day) - now.getTime());
