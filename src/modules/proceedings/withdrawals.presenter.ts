import type { Withdrawal, WithdrawalRequest } from './withdrawals.entity.js';

/** Named by its id in the record, or by the one in casework where the record had it not. */

export const presentWithdrawal = (row: Withdrawal) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  item: { kind: row.kind, id: row.published ? row.publicId : row.itemId },
  parts: row.parts,
  ground: row.ground,
  reason: row.reason,
  at: row.at.toISOString(),
});

/** @param accountId of the viewer: whose request it is, is nobody else's to know */
export const presentRequest = (row: WithdrawalRequest, accountId: string) => ({
  id: row.id,
  item: { kind: row.kind, id: (row.publicId ?? row.itemId)! },
  why: row.why,
  mine: row.accountId === accountId,
  status: row.status,
  askedAt: row.askedAt.toISOString(),
  answer: row.answer,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  version: row.version,
});
