import type { Pledge } from './pledges.entity.js';

/** @param published whether the record has it */
export const presentPledge = (row: Pledge, published = row.publicId !== null) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  side: row.side,
  text: row.text,
  status: row.status,
  submittedAt: row.submittedAt?.toISOString() ?? null,
  publicId: published ? row.publicId : null,
  version: row.version,
});
