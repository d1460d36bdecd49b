import type { Definition, Role } from './definition.js';

/** That a principal (`state:SVN`) takes part in a proceeding in a role. */
export interface Participant {
  readonly role: string;
  readonly principal: string;
}

/** A principal that a person acts through, and as what (`president`). */
export interface Seat {
  readonly principal: string;
  readonly role?: string;
}

/** A seat on a side: what it is, and the group that the side belongs to, if any. */
export interface SideSeat {
  readonly side: string;
  readonly group: string | null;
  readonly role: string;
}

/** Everything that seats on sides let a person act through: each side, and its group. */
export const seatsHeld = (seats: readonly SideSeat[]): Seat[] =>
  seats.flatMap(({ side, group, role }) => [
    { principal: side, role },
    ...(group === null ? [] : [{ principal: group, role }]),
  ]);

/** The principals that hold a role: its standing one, or the participants in it. */
export const principalsOf = (role: Role, participants: readonly Participant[]): string[] =>
  role.principal === undefined
    ? participants.filter((each) => each.role === role.role).map((each) => each.principal)
    : [role.principal];

/**
 * The names of the roles that a holder of `seats` has in a proceeding, in the
 * definition's order. A role with `except` is not held by whoever holds one of those.
 */
export const rolesOf = (
  definition: Definition,
  holder: { readonly participants: readonly Participant[]; readonly seats: readonly Seat[] },
): string[] => {
  const seated = ({ seat, ...role }: Role): boolean => {
    const principals = principalsOf(role, holder.participants);
    return holder.seats.some(
      (each) => principals.includes(each.principal) && (seat === undefined || each.role === seat),
    );
  };
  const held = definition.roles.filter(seated);
  const names = new Set(held.map((each) => each.role));
  return held.filter((each) => !each.except?.some((other) => names.has(other))).map((r) => r.role);
};
