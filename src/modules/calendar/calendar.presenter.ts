import type { Change, SessionRow, SlotRow } from './calendar.repository.js';

const presentChange = ({ at, reason, was, isNow }: Change) => ({
  at: new Date(at).toISOString(),
  reason,
  was,
  isNow,
});

export const presentSession = (row: SessionRow) => ({
  id: row.id,
  cycleId: row.cycleId,
  mechanism: row.mechanism,
  number: row.number,
  title: row.title,
  starts: row.starts,
  ends: row.ends,
  dates: row.dates,
  hours: row.hours,
  changes: row.changes.map(presentChange),
  version: row.version,
});

export const presentSlot = (row: SlotRow) => ({
  id: row.id,
  sessionId: row.sessionId,
  state: row.state,
  starts: row.starts.toISOString(),
  ends: row.ends.toISOString(),
  outcomeStarts: row.outcomeStarts?.toISOString() ?? null,
  changes: row.changes.map(presentChange),
  version: row.version,
});
