import type { DeadlineChange, Deadline, StageEntry } from './proceedings.entity.js';
import type { DutyRow } from './duties.repository.js';
import type { ParticipantRow } from './proceedings.repository.js';
import type { EntryRow } from './read-journal.js';

export const presentMove = (row: StageEntry) => ({
  n: row.n,
  move: row.move,
  status: row.stage,
  by: row.byRole,
  reason: row.reason,
  at: row.enteredAt.toISOString(),
});

/**
 * @param privy whether the viewer owes it, or keeps the secretariat: that something was handed
 *   in before the day is nobody else's to know
 * @param holidaysKnown whether those of all years that it was counted over were
 */
export const presentDeadline = (
  row: Deadline,
  changes: readonly DeadlineChange[],
  { privy, holidaysKnown }: { readonly privy: boolean; readonly holidaysKnown: boolean },
) => ({
  id: row.id,
  key: row.key,
  owedBy: row.owedBy,
  due: row.due.toISOString(),
  dueLocal: row.dueLocal,
  zone: row.zone,
  holidaysKnown,
  status: row.status === 'met' && !privy ? ('pending' as const) : row.status,
  metAt: privy ? (row.metAt?.toISOString() ?? null) : null,
  lapsedAt: row.lapsedAt?.toISOString() ?? null,
  history: changes
    .filter(({ deadlineId, what }) => deadlineId === row.id && (privy || what !== 'met'))
    .map((change) => ({
      what: change.what,
      at: change.at.toISOString(),
      was: change.was?.toISOString() ?? null,
      isNow: change.isNow.toISOString(),
      reason: change.reason,
    })),
});

export const presentParticipant = (row: ParticipantRow) => ({
  role: row.role,
  principal: row.principal,
  basis: row.basis,
  recordedAt: row.recordedAt.toISOString(),
});

export const presentDuty = (row: DutyRow, now: Date) => ({
  proceedingId: row.proceedingId,
  state: row.state,
  deadline: row.key,
  as: row.owedBy,
  due: row.due.toISOString(),
  dueLocal: row.dueLocal,
  zone: row.zone,
  overdue: row.due < now,
});

interface EntryBody {
  at: string;
  what: string;
  by: string;
  onBehalfOf?: string;
  reason?: string;
  facts: Record<string, unknown>;
}

export function presentEntry({ id, compartment, n, body, previous, hash }: EntryRow) {
  const { at, what, by, onBehalfOf = null, reason = null, facts } = JSON.parse(body) as EntryBody;
  return { id, compartment, n, at, what, by, onBehalfOf, reason, facts, body, previous, hash };
}
