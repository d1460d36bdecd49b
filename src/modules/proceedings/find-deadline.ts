import { isLate } from '../../kernel/deadlines.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { Tx } from '../../platform/database/tx.js';
import { Deadline } from './proceedings.entity.js';

/** The deadline of this key that counts in a proceeding: the latest that was not cancelled. */
export async function latestDeadline(
  tx: Tx,
  proceedingId: string,
  key: string,
): Promise<Deadline | undefined> {
  const rows = await tx.find(Deadline, { proceedingId, key }, { order: { due: 'DESC' } });
  return rows.find(({ status }) => status !== 'cancelled');
}

/** Refuses what arrives after a deadline, with its instant; nothing is late where there is none. */
export function lateRefused(closing: Deadline | undefined, at: Date): Refusal | null {
  if (!closing || !isLate(at.toISOString(), closing.due.toISOString())) return null;
  const { due, dueLocal, zone } = closing;
  return refusal('too-late', {
    due: due.toISOString(),
    dueLocal,
    zone,
    arrived: at.toISOString(),
  });
}
