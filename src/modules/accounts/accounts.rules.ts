import { isSecretariat } from '../../kernel/sides.js';
import type { Refusal } from '../../kernel/refusal.js';
import { refusal } from '../../kernel/refusal.js';
import type { Permission, Viewer } from '../../platform/identity/viewer.js';

interface Seating {
  readonly viewer: Viewer;
  readonly side: string;
  readonly accountId: string;
  /** How many may manage the side now. */
  readonly managers: number;
  /** Whether the role that is granted lets somebody manage the side. */
  readonly manages: boolean;
  /** The secretariats of the procedures that name the body; none for a side that is named by none. */
  readonly keepers: readonly string[];
  /** A rehearsal seats whom it needs, beside those who sit there already. */
  readonly testMode: boolean;
}

export const holds = (viewer: Viewer, side: string, permission: Permission): boolean =>
  viewer.seats.some((seat) => seat.side === side && seat.permissions.includes(permission));

export const inSecretariat = (viewer: Viewer, permission: Permission = 'prepare'): boolean =>
  viewer.seats.some((seat) => isSecretariat(seat.side) && seat.permissions.includes(permission));

/**
 * Who may make somebody a member of a side: those who manage it. Where nobody does yet, the
 * first is seated by a secretariat, a secretariat's by an administrator, and a body's by a
 * secretariat whose procedure names the body. Never oneself.
 */
export function seatingRefused(seating: Seating): Refusal | null {
  const { viewer, side, accountId, managers, manages, keepers, testMode } = seating;
  if (accountId === viewer.accountId) return refusal('not-your-own');
  if (holds(viewer, side, 'manage')) return null;
  const first = (managers === 0 && manages) || testMode;
  const keeps =
    keepers.length === 0
      ? inSecretariat(viewer, 'manage')
      : keepers.some((each) => holds(viewer, each, 'manage'));
  const seats = isSecretariat(side) ? viewer.administrator : keeps;
  return first && seats ? null : refusal('permission-missing', { permission: 'manage', side });
}

/** A membership of which something may still be made. */
export const isLive = ({ revokedAt, until }: { revokedAt: Date | null; until: Date | null }) =>
  revokedAt === null && (until === null || until > new Date());

interface Succeeding {
  readonly viewer: Viewer;
  readonly seat: { readonly side: string; readonly accountId: string };
  readonly live: boolean;
  /** Of the successor. */
  readonly accountId: string;
}

/** A seat is handed over by the side's managers, their own too; to somebody else than oneself. */
export function succeedingRefused({ viewer, seat, live, accountId }: Succeeding): Refusal | null {
  const { side } = seat;
  if (!holds(viewer, side, 'manage')) {
    return refusal('permission-missing', { permission: 'manage', side });
  }
  if (accountId === viewer.accountId) return refusal('not-your-own');
  if (!live) return refusal('membership-ended');
  return accountId === seat.accountId ? refusal('already-exists') : null;
}

interface Leaving {
  readonly viewer: Viewer;
  readonly side: string;
  readonly accountId: string;
  readonly manages: boolean;
  readonly managers: number;
}

/** A side's managers end its memberships, and everyone may leave; the last manager stays. */
export function leavingRefused(leaving: Leaving): Refusal | null {
  const { viewer, side, accountId, manages, managers } = leaving;
  if (accountId !== viewer.accountId && !holds(viewer, side, 'manage')) {
    return refusal('permission-missing', { permission: 'manage', side });
  }
  return manages && managers === 1 ? refusal('last-manager', { side }) : null;
}
