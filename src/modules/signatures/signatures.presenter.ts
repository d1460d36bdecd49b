import type { SignatureRow } from './signatures.repository.js';

function statusOf({ revokedAt, startsAt, endsAt, seated }: SignatureRow, now = new Date()) {
  if (revokedAt !== null) return 'revoked' as const;
  if (endsAt <= now || !seated) return 'over' as const;
  return startsAt > now ? ('coming' as const) : ('running' as const);
}

export const presentSignature = (row: SignatureRow) => ({
  id: row.id,
  side: row.side,
  of: { membershipId: row.membershipId, name: row.name },
  signedBy: { membershipId: row.delegateId, name: row.delegateName },
  from: row.startsAt.toISOString(),
  until: row.endsAt.toISOString(),
  status: statusOf(row),
  grantedAt: row.grantedAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
});
