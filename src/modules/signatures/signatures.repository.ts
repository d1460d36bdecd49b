import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';

export interface SignatureRow {
  id: string;
  side: string;
  membershipId: string;
  accountId: string;
  name: string | null;
  delegateId: string;
  delegateAccountId: string;
  delegateName: string | null;
  startsAt: Date;
  endsAt: Date;
  grantedAt: Date;
  revokedAt: Date | null;
  /** Whether both seats still are. */
  seated: boolean;
}

const SIGNATURES = `
  SELECT s.id, p.key AS side, s.membership_id AS "membershipId", m.account_id AS "accountId",
    a.name, s.delegate_id AS "delegateId", d.account_id AS "delegateAccountId",
    b.name AS "delegateName", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
    s.granted_at AS "grantedAt", s.revoked_at AS "revokedAt",
    m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
      AND d.revoked_at IS NULL AND (d.until IS NULL OR d.until > now()) AS seated
  FROM identity.signature s
  JOIN identity.principal p ON p.id = s.principal_id
  JOIN identity.membership m ON m.id = s.membership_id
  JOIN identity.membership d ON d.id = s.delegate_id
  LEFT JOIN identity.account a ON a.id = m.account_id
  LEFT JOIN identity.account b ON b.id = d.account_id`;

export const signatureById = (tx: Tx, id: string): Promise<SignatureRow | undefined> =>
  tx.row(`${SIGNATURES} WHERE s.id = $1`, [id]);

export const signaturePage = (
  tx: Reads,
  filter: { side: string | undefined; after: Key | undefined; limit: number },
): Promise<SignatureRow[]> =>
  tx.rows(
    `${SIGNATURES} WHERE ($1::text IS NULL OR p.key = $1)
       AND ($2::timestamptz IS NULL OR (s.granted_at, s.id) > ($2, $3::uuid))
     ORDER BY s.granted_at, s.id LIMIT $4`,
    [filter.side ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  );

export interface MemberSeat {
  id: string;
  principalId: string;
  accountId: string;
  permissions: string[];
}

/** The live seat of this address on a side that the viewer sits on. */
export const seatOf = (tx: Tx, side: string, email: string): Promise<MemberSeat | undefined> =>
  tx.row(
    `SELECT m.id, m.principal_id AS "principalId", m.account_id AS "accountId", m.permissions
     FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
     JOIN identity.account a ON a.id = m.account_id
     WHERE p.key = $1 AND a.email = $2 AND p.id = ANY (identity.principals())
       AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())`,
    [side, email],
  );

/** An arbitrary space of advisory locks: one for each seat that signs for others. */
const SIGNING = 4017;

/** Whether this seat is lent that signature already at some time of the span, under its lock. */
export async function isLent(
  tx: Tx,
  {
    membershipId,
    delegateId,
    startsAt,
    endsAt,
  }: Pick<SignatureRow, 'membershipId' | 'delegateId' | 'startsAt' | 'endsAt'>,
): Promise<boolean> {
  await tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SIGNING, delegateId]);
  const row = await tx.row(
    `SELECT id FROM identity.signature WHERE membership_id = $1 AND delegate_id = $2
       AND revoked_at IS NULL AND starts_at < $4 AND ends_at > $3 LIMIT 1`,
    [membershipId, delegateId, startsAt, endsAt],
  );
  return row !== undefined;
}

/** Has both, and the side's managers, told by mail of what the viewer has just delegated. */
export const tellOfSignature = (tx: Tx, id: string): Promise<unknown> =>
  tx.rows('SELECT identity.tell_of_signature($1)', [id]);
