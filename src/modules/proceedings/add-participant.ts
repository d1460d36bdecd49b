import { randomUUID } from 'node:crypto';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Participant, StageEntry, type Proceeding } from './proceedings.entity.js';

/** As the procedure. */
export const addParticipant = (
  tx: Tx,
  proceedingId: string,
  given: { role: string; principalId: string; basis: string },
): Promise<void> =>
  tx.insert(Participant, {
    id: randomUUID(),
    proceedingId,
    compartment: CASE,
    role: given.role,
    principalId: given.principalId,
    basis: given.basis,
    recordedAt: tx.now,
  });

/** As the procedure. */
export const addEntry = (
  tx: Tx,
  proceeding: Proceeding,
  by: Pick<StageEntry, 'compartment' | 'move' | 'byRole' | 'reason' | 'n'>,
): Promise<void> =>
  tx.insert(StageEntry, {
    id: randomUUID(),
    proceedingId: proceeding.id,
    stage: proceeding.status,
    enteredAt: proceeding.enteredAt,
    ...by,
  });
