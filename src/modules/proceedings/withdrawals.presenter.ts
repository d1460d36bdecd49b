import type { Withdrawal, WithdrawalRequest } from './withdrawals.entity.js';

const itemOf = ({ kind, publicId }: { kind: string; publicId: string }) => ({ kind, id: publicId });

export const presentWithdrawal = (row: Withdrawal) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  item: itemOf(row),
  parts: row.parts,
  ground: row.ground,
  reason: row.reason,
  at: row.at.toISOString(),
});

/** @param accountId of the viewer: whose request it is, is nobody else's to know */
export const presentRequest = (row: WithdrawalRequest, accountId: string) => ({
  id: row.id,
  item: itemOf(row),
  why: row.why,
  mine: row.accountId === accountId,
  status: row.status,
  askedAt: row.askedAt.toISOString(),
  answer: row.answer,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  version: row.version,
});
