import { randomUUID } from 'node:crypto';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { ROLES } from '../accounts/index.js';
import type { Key } from '../../platform/http/paging.js';

export interface InvitationRow {
  id: string;
  email: string;
  side: string;
  principalId: string;
  role: keyof typeof ROLES;
  until: Date | null;
  language: string;
  inviterId: string;
  invitedBy: string | null;
  invitedAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
  mail: 'queued' | 'sending' | 'sent' | 'failed' | 'dropped' | null;
  attempts: number | null;
  answer: string | null;
}

const INVITATIONS = `
  SELECT i.id, i.email, p.key AS side, i.principal_id AS "principalId", i.role, i.until, i.language,
    i.invited_by AS "inviterId", a.name AS "invitedBy", i.invited_at AS "invitedAt", i.expires_at AS "expiresAt",
    i.accepted_at AS "acceptedAt", i.revoked_at AS "revokedAt",
    m.status AS mail, m.attempts, m.answer
  FROM identity.invitation i
  JOIN identity.principal p ON p.id = i.principal_id
  LEFT JOIN identity.account a ON a.id = i.invited_by
  LEFT JOIN LATERAL (SELECT status, attempts, answer FROM identity.mail
    WHERE invitation_id = i.id ORDER BY queued_at DESC LIMIT 1) m ON true`;

export const invitationById = (tx: Tx, id: string): Promise<InvitationRow | undefined> =>
  tx.row(`${INVITATIONS} WHERE i.id = $1`, [id]);

export const invitationPage = (
  tx: Reads,
  filter: { side: string | undefined; after: Key | undefined; limit: number },
): Promise<InvitationRow[]> =>
  tx.rows(
    `${INVITATIONS} WHERE ($1::text IS NULL OR p.key = $1)
       AND ($2::timestamptz IS NULL OR (i.invited_at, i.id) > ($2, $3::uuid))
     ORDER BY i.invited_at, i.id LIMIT $4`,
    [filter.side ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  );

/** Whether this address is invited to the side already, as far as the viewer may know. */
export async function isInvited(tx: Tx, email: string, principalId: string): Promise<boolean> {
  const row = await tx.row(
    `SELECT id FROM identity.invitation WHERE email = $1 AND principal_id = $2
       AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now() LIMIT 1`,
    [email, principalId],
  );
  return row !== undefined;
}

/**
 * Counts a mail, in the transaction that queues it: what is refused is not counted.
 *
 * @returns the seconds to wait; 0 lets it through
 */
export async function countMail(tx: Tx, bucket: string, most: number): Promise<number> {
  const row = await tx.row<{ wait: number }>('SELECT identity.attempt($1, $2, $3) AS wait', [
    bucket,
    most,
    '1 hour',
  ]);
  return row!.wait;
}

export const queueInvitation = (tx: Tx, id: string): Promise<unknown> =>
  tx.rows('SELECT identity.queue_invitation($1, $2)', [randomUUID(), id]);

/** Uses the invitation up; false when somebody was faster, or it is void. */
export async function useInvitation(
  tx: Tx,
  tokenHash: string,
  who: { accountId: string; name: string | null; passwordHash: string | null },
): Promise<boolean> {
  const row = await tx.row<{ good: boolean }>(
    'SELECT identity.accept_invitation($1, $2, $3, $4) AS good',
    [tokenHash, who.accountId, who.name, who.passwordHash],
  );
  return row!.good;
}
