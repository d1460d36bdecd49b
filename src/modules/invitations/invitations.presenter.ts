import type { InvitationRow } from './invitations.repository.js';

type Status = 'open' | 'accepted' | 'revoked' | 'expired';

export function statusOf(row: InvitationRow): Status {
  if (row.acceptedAt !== null) return 'accepted';
  if (row.revokedAt !== null) return 'revoked';
  return row.expiresAt <= new Date() ? 'expired' : 'open';
}

/** A mail on its way is still queued, for whoever waits for it; one without occasion is none. */
const MAIL = {
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  failed: 'failed',
  dropped: null,
} as const;

export const presentInvitation = (row: InvitationRow) => ({
  id: row.id,
  email: row.email,
  side: row.side,
  role: row.role,
  until: row.until?.toISOString() ?? null,
  language: row.language,
  status: statusOf(row),
  invitedBy: row.invitedBy,
  invitedAt: row.invitedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  mail: {
    status: row.mail && MAIL[row.mail],
    attempts: row.attempts ?? 0,
    answer: row.answer,
  },
});
