import type { SlotRow } from './calendar.repository.js';

export const presentSlot = (row: SlotRow) => ({
  id: row.id,
  sessionId: row.sessionId,
  state: row.state,
  starts: row.starts.toISOString(),
  ends: row.ends.toISOString(),
  outcomeStarts: row.outcomeStarts?.toISOString() ?? null,
  changes: row.changes,
  version: row.version,
});
