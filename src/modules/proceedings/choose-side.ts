import { rolesOf } from '../../kernel/roles.js';
import { groupOf, isCommunicant } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission, Seat } from '../../platform/identity/viewer.js';
import { Refused } from '../../platform/refused.js';
import { assistedBy, principalIds } from './proceedings.repository.js';
import type { Standing } from './register-parts.js';

/** Roles that a side as such has here, whoever sits in it. */
export function rolesOfSide({ definition, participants }: Standing, side: string): string[] {
  const group = groupOf(side);
  const seats = [{ principal: side }, ...(group === undefined ? [] : [{ principal: group }])];
  return rolesOf(definition, { participants, seats });
}

interface Filer {
  /** Roles of which the author needs one. */
  readonly by: readonly string[];
  /** The side to act through, where the person sits on several that fit. */
  readonly as?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly permission: Permission;
}

/**
 * The seat to act through. Nobody is made to speak for a side by a seat that somebody else
 * gave them: with several that fit, the request says which.
 *
 * @throws Refused `wrong-role`, `permission-missing`, or `side-ambiguous` with the sides
 */
export function chooseSeat(
  fitting: readonly Seat[],
  { by, as, permission }: Pick<Filer, 'by' | 'as' | 'permission'>,
): Seat {
  const named = fitting.filter(({ side }) => as === undefined || side === as);
  if (named.length === 0) throw new Refused('wrong-role', { by });
  const may = named.filter(({ permissions }) => permissions.includes(permission));
  if (may.length === 0) throw new Refused('permission-missing', { permission });
  if (may.length === 1) return may[0]!;
  throw new Refused('side-ambiguous', { sides: may.map(({ side }) => side) });
}

/**
 * Through which of the viewer's sides this may be filed, and whose document it becomes. A
 * secretariat may file what a side handed to it; that is recorded and shown.
 *
 * @throws Refused `wrong-role`, `unknown-side`, `permission-missing` with what lacks, or
 *   `conflict-of-interest`
 */
export async function filingSide(
  tx: Tx,
  standing: Standing,
  { by, as, onBehalfOf, permission }: Filer,
): Promise<{ side: string; filedBy: string }> {
  const seats = tx.viewer?.seats ?? [];
  const allowed = (side: string): boolean =>
    rolesOfSide(standing, side).some((role) =>
      onBehalfOf === undefined ? by.includes(role) : role === 'secretariat',
    );
  const fitting = seats.filter(({ side }) => allowed(side));
  const theirs =
    onBehalfOf === undefined || rolesOfSide(standing, onBehalfOf).some((r) => by.includes(r));
  if (fitting.length === 0 || !theirs) throw new Refused('wrong-role', { by });
  if (onBehalfOf !== undefined && !(await principalIds(tx, [onBehalfOf])).has(onBehalfOf)) {
    throw new Refused('unknown-side', { side: onBehalfOf });
  }
  const seat = chooseSeat(fitting, { by, as, permission });
  const side = onBehalfOf ?? seat.side;
  await assertIndependent(tx, standing, side);
  return { side, filedBy: seat.side };
}

/**
 * Nobody speaks for itself where it helps another side to prepare, nor where it did: it has read
 * that side's drafts.
 *
 * @throws Refused `conflict-of-interest` for an organization that has assisted a side here
 */
export async function assertIndependent(
  tx: Tx,
  { proceeding: { id } }: Standing,
  side: string,
): Promise<void> {
  for (const organization of organizationsOf(tx, side)) {
    const [helped] = await tx.asProcedure(id, () => assistedBy(tx, id, organization));
    if (helped) throw new Refused('conflict-of-interest', { assists: helped.side });
  }
}

/** The organization that a side is, or that the viewer, and nobody else, knows to stand behind it. */
function organizationsOf(tx: Tx, side: string): string[] {
  const seats = tx.viewer?.seats ?? [];
  const own = seats.find((seat) => seat.side === side && isCommunicant(side));
  const behind = seats.filter(({ membershipId }) => membershipId === own?.membershipId);
  return [side, ...behind.map((seat) => seat.side)].filter((each) =>
    each.startsWith('organization:'),
  );
}

/**
 * The side through which the viewer acts in one of these roles.
 *
 * @throws Refused `wrong-role`, `permission-missing`, or `side-ambiguous`
 */
export function sideInRole(
  tx: Tx,
  standing: Standing,
  { by, as }: Pick<Filer, 'by' | 'as'>,
): string {
  const fitting = (tx.viewer?.seats ?? []).filter(({ side }) =>
    rolesOfSide(standing, side).some((role) => by.includes(role)),
  );
  return chooseSeat(fitting, { by, as, permission: 'submit' }).side;
}

/**
 * The first of these roles that the viewer may act in here.
 *
 * @throws Refused `wrong-role`, or `permission-missing`
 */
export function actingRole(standing: Standing, by: readonly string[]): string {
  const first = (held: readonly string[]) => by.find((role) => held.includes(role));
  if (first(standing.roles()) === undefined) throw new Refused('wrong-role', { by });
  const role = first(standing.roles('submit'));
  if (role === undefined) throw new Refused('permission-missing', { permission: 'submit' });
  return role;
}

/**
 * What stands against acting here in one of these roles for a side of the viewer's own, whichever
 * of several the request would name; null when nothing does.
 */
export function actingRefused(
  tx: Tx,
  standing: Standing,
  { by, permission }: Pick<Filer, 'by' | 'permission'>,
): string | null {
  const fitting = (tx.viewer?.seats ?? []).filter(({ side }) =>
    rolesOfSide(standing, side).some((role) => by.includes(role)),
  );
  if (fitting.length === 0) return 'wrong-role';
  const may = fitting.some(({ permissions }) => permissions.includes(permission));
  return may ? null : 'permission-missing';
}

/** The same of beginning something, which needs a stage as well. */
export const beginningRefused = (
  tx: Tx,
  standing: Standing,
  { by, during }: { readonly by: readonly string[]; readonly during: readonly string[] },
): string | null =>
  actingRefused(tx, standing, { by, permission: 'prepare' }) ??
  (during.includes(standing.proceeding.status) ? null : 'wrong-stage');

/** Whether the viewer sits on the side that filed it. */
export const isMine = (tx: Tx, { filedBy }: { readonly filedBy: string }): boolean =>
  tx.viewer?.seats.some(({ side }) => side === filedBy) ?? false;

/** @throws Refused `wrong-role` or `permission-missing` unless the viewer acts for who filed it */
export const assertFiler = (
  tx: Tx,
  { filedBy }: { readonly filedBy: string },
  permission: Permission,
): string => seatedSide(tx, [filedBy], permission);

/**
 * The first of these sides that the viewer acts for.
 *
 * @throws Refused `wrong-role`, or `permission-missing`
 */
export function seatedSide(tx: Tx, sides: readonly string[], permission: Permission): string {
  const by = [...new Set(sides)];
  const mine = (tx.viewer?.seats ?? []).filter(({ side }) => by.includes(side));
  if (mine.length === 0) throw new Refused('wrong-role', { by });
  const may = mine.filter(({ permissions }) => permissions.includes(permission));
  const side = by.find((each) => may.some((seat) => seat.side === each));
  if (side === undefined) throw new Refused('permission-missing', { permission });
  return side;
}
