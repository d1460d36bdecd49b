import type { Definition } from './definition.js';
import { rolesOf, type Participant } from './roles.js';

export const URGENCIES = ['urgent', 'normal', 'low'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Whose desk, tray or circle the event lies in. */
export const OWN_SIDE = 'side';
/** Whoever holds the role that owes the deadline which the event is about. */
export const OWING = 'owing';

/** Who is told of an event, as data. */
export interface NoticeRule {
  readonly event: string;
  /** Of these moves alone, where the event is one. */
  readonly moves?: readonly string[] | undefined;
  /** Roles of the definition, `side` or `owing`. */
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
}

/** A seat through which somebody may read the event. */
export interface Reader {
  readonly accountId: string;
  readonly side: string;
  readonly group: string | null;
  readonly role: string;
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
  { compartment, deadline, participants }: Event,
  readers: readonly Reader[],
): string[] {
  const owing = definition.deadlines.find((each) => each.deadline === deadline)?.owedBy;
  const roles = new Set(to.flatMap((name) => (name === OWING ? (owing ?? []) : name)));
  const told = (own: readonly Reader[]): boolean => {
    if (roles.has(OWN_SIDE) && own.some(({ side }) => isOf(compartment, side))) return true;
    const seats = own.flatMap(({ side, group, role }) => [
      { principal: side, role },
      ...(group === null ? [] : [{ principal: group, role }]),
    ]);
    return rolesOf(definition, { participants, seats }).some((role) => roles.has(role));
  };
  const people = new Map<string, Reader[]>();
  for (const reader of readers) {
    people.set(reader.accountId, [...(people.get(reader.accountId) ?? []), reader]);
  }
  return [...people].filter(([, own]) => told(own)).map(([accountId]) => accountId);
}

/** What several sides share is each of theirs. */
const isOf = (compartment: string, side: string): boolean =>
  compartment.endsWith(`:${side}`) || compartment.startsWith('joint:');
