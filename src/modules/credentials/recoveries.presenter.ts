import type { RecoveryRow } from './recoveries.repository.js';

/** One that is still open by its status, and out of time. */
const expired = ({ status, expiresAt }: RecoveryRow) =>
  (status === 'waiting' || status === 'approved') && expiresAt <= new Date();

export const presentRecovery = (row: RecoveryRow) => ({
  id: row.id,
  account: { id: row.accountId, email: row.email, name: row.name },
  sides: row.sides,
  askedAt: row.askedAt.toISOString(),
  network: row.network,
  mark: row.mark,
  half: row.byMail ? ('mailed' as const) : ('shown' as const),
  status: expired(row) ? ('expired' as const) : row.status,
  expiresAt: row.expiresAt.toISOString(),
  goodFrom: row.goodFrom?.toISOString() ?? null,
  firstBy: row.firstBy,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt?.toISOString() ?? null,
});
