import type { Offered } from '../../kernel/offered.js';
import type { ConflictRow, ReadingRow, RecusalRow } from './conflicts.repository.js';

const presentReading = ({ at, ...row }: ReadingRow) => ({ ...row, at: new Date(at).toISOString() });

export const presentConflict = (row: ConflictRow, actions: readonly Offered[]) => ({
  id: row.id,
  member: row.memberId,
  name: row.name,
  raisedBy: row.raisedBy,
  raisedSide: row.raisedSide,
  ground: row.ground,
  text: row.text,
  stepsAside: row.stepsAside,
  declaredAt: row.declaredAt.toISOString(),
  status: row.status,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  reason: row.reason,
  readings: row.readings?.map(presentReading) ?? null,
  destroyedAt: row.destroyedAt?.toISOString() ?? null,
  actions,
  version: row.version,
});

export const presentRecusal = (row: RecusalRow) => ({
  id: row.id,
  mechanism: row.mechanism,
  number: row.number,
  ground: row.ground,
  text: row.text,
  declaredAt: row.declaredAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  recused: row.recused,
  reason: row.reason,
  readings: row.readings.map(presentReading),
  destroyedAt: row.destroyedAt?.toISOString() ?? null,
});
