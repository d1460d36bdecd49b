import type { Definition } from './definition.js';
import { HEAD } from './reminders.js';
import { rolesOf, seatsHeld, type Participant, type SideSeat } from './roles.js';

export const URGENCIES = ['urgent', 'normal', 'low'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Whose desk, tray or circle the event lies in, who caused it, and on whose behalf. */
export const OWN_SIDE = 'side';
/** Whoever the deadline binds which the event is about: who owes it, files by it, or may act until it. */
export const BOUND = 'bound';
/** Those whom the entry names: of whom something is asked, to whom it is answered, or whose place ends. */
export const ASKED = 'asked';

/** Who is told of an event, as data. */
export interface NoticeRule {
  readonly event: string;
  /** Of these moves alone, where the event is one. */
  readonly moves?: readonly string[] | undefined;
  /** Roles of the definition, `side`, `bound`, `asked` or `head`: of the side whose desk it lies in. */
  readonly to: readonly string[];
  readonly urgency: Urgency;
}

/** Something that happened in a proceeding, as far as it matters for who is told. */
export interface Event {
  readonly what: string;
  readonly compartment: string;
  readonly move: string | null;
  readonly deadline: string | null;
  readonly participants: readonly Participant[];
  /** The sides that the entry names as those that acted. */
  readonly sides: readonly string[];
  /** The sides that it names as asked. */
  readonly asked: readonly string[];
}

/** A seat through which somebody may read the event. */
export interface Reader extends SideSeat {
  readonly accountId: string;
}

/** The rule that fits an event; the first of several. */
export const ruleFor = (rules: readonly NoticeRule[], event: Event): NoticeRule | undefined =>
  rules.find(
    ({ event: what, moves }) =>
      what === event.what && (moves === undefined || moves.includes(event.move ?? '')),
  );

/**
 * The accounts that are told of an event: of those who may read it, who hold one of the roles that
 * the rule names. A person's roles follow from all of their seats, as everywhere.
 */
export function audienceOf(
  definition: Definition,
  { to }: NoticeRule,
  { compartment, deadline, participants, sides, asked }: Event,
  readers: readonly Reader[],
): string[] {
  const roles = new Set(
    to.flatMap((name) => (name === BOUND ? boundBy(definition, deadline) : name)),
  );
  const told = (own: readonly Reader[]): boolean => {
    if (
      roles.has(OWN_SIDE) &&
      own.some(({ side }) => sides.includes(side) || isOf(compartment, side))
    )
      return true;
    if (roles.has(ASKED) && own.some(({ side }) => asked.includes(side))) return true;
    if (roles.has(HEAD) && own.some((seat) => seat.role === HEAD && isOf(compartment, seat.side)))
      return true;
    return rolesOf(definition, { participants, seats: seatsHeld(own) }).some((role) =>
      roles.has(role),
    );
  };
  const people = new Map<string, Reader[]>();
  for (const reader of readers) {
    people.set(reader.accountId, [...(people.get(reader.accountId) ?? []), reader]);
  }
  return [...people].filter(([, own]) => told(own)).map(([accountId]) => accountId);
}

/** The roles that a deadline binds: by what it says itself, and by what is opened or closed by it. */
function boundBy({ deadlines, documents, parameters }: Definition, key: string | null): string[] {
  const owed = deadlines.filter(({ deadline }) => deadline === key).map(({ owedBy }) => owedBy);
  const filed = documents.filter(({ deadline }) => deadline === key).flatMap(({ by }) => by);
  const windows = Object.entries(parameters).flatMap(([name, value]) => {
    const [list, end] = name.split('.');
    const of = value === key && (end === 'opens' || end === 'closes');
    return of ? [String(parameters[`${list}.by`])] : [];
  });
  return [...owed, ...filed, ...windows];
}

/** What several sides share is each of theirs. */
const isOf = (compartment: string, side: string): boolean =>
  compartment.endsWith(`:${side}`) || compartment.startsWith('joint:');
