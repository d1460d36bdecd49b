import type { Proceeding } from '../proceedings/index.js';

export const presentReview = (row: Proceeding) => ({
  id: row.id,
  mechanism: row.mechanism,
  mechanismVersion: row.mechanismVersion,
  stateUnderReview: row.subject,
  slotId: row.slotId,
  status: row.status,
  statusSince: row.enteredAt.toISOString(),
  openedAt: row.openedAt.toISOString(),
  test: row.test,
  publicId: row.publicId,
  version: row.version,
});
