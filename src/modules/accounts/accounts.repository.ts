import { randomUUID } from 'node:crypto';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';

export interface AccountRow {
  id: string;
  email: string;
  name: string;
  administrator: boolean;
  createdAt: Date;
  disabledAt: Date | null;
}

export const accountPage = (
  tx: Reads,
  filter: { email: string | undefined; after: Key | undefined; limit: number },
): Promise<AccountRow[]> =>
  tx.rows(
    `SELECT id, email, name, administrator, created_at AS "createdAt", disabled_at AS "disabledAt"
     FROM identity.account
     WHERE ($1::text IS NULL OR email = $1)
       AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
     ORDER BY created_at, id LIMIT $4`,
    [filter.email ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  );

export interface MembershipRow {
  id: string;
  accountId: string;
  email: string | null;
  name: string | null;
  side: string;
  principalId: string;
  role: string;
  permissions: string[];
  until: Date | null;
  grantedAt: Date;
  grantedBy: string | null;
  revokedAt: Date | null;
}

const MEMBERSHIPS = `
  SELECT m.id, m.account_id AS "accountId", a.email, a.name, p.key AS side,
    m.principal_id AS "principalId", m.role, m.permissions, m.until, m.granted_at AS "grantedAt",
    g.name AS "grantedBy", m.revoked_at AS "revokedAt"
  FROM identity.membership m
  JOIN identity.principal p ON p.id = m.principal_id
  LEFT JOIN identity.account a ON a.id = m.account_id
  LEFT JOIN identity.account g ON g.id = m.granted_by`;

export const membershipById = (tx: Tx, id: string): Promise<MembershipRow | undefined> =>
  tx.row(`${MEMBERSHIPS} WHERE m.id = $1`, [id]);

export const membershipPage = (
  tx: Reads,
  filter: { side: string | undefined; after: Key | undefined; limit: number },
): Promise<MembershipRow[]> =>
  tx.rows(
    `${MEMBERSHIPS} WHERE ($1::text IS NULL OR p.key = $1)
       AND ($2::timestamptz IS NULL OR (m.granted_at, m.id) > ($2, $3::uuid))
     ORDER BY m.granted_at, m.id LIMIT $4`,
    [filter.side ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  );

/** A membership that has run out makes room for a new one. */
export const endExpired = (
  tx: Tx,
  { accountId, principalId }: Pick<MembershipRow, 'accountId' | 'principalId'>,
  by: string,
): Promise<unknown> =>
  tx.rows('SELECT identity.end_expired($1, $2, $3)', [accountId, principalId, by]);

/** An arbitrary space of advisory locks: one for each side. */
const SEATING = 4013;

/** How many manage the side, under its lock, so that two who leave at once are not both let go. */
export async function managersOf(tx: Tx, principalId: string): Promise<number> {
  await tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SEATING, principalId]);
  const row = await tx.row<{ managers: number }>('SELECT identity.managers($1)', [principalId]);
  return row!.managers;
}

/** What procedures say of a body: whose secretariats keep it, and whether its members are entered. */
export const bodyOf = (
  tx: Tx,
  side: string,
): Promise<{ secretariats: string[]; personal: boolean } | undefined> =>
  tx.row(`SELECT secretariats, personal FROM reference.body WHERE 'body:' || key = $1`, [side]);

export async function accountByEmail(tx: Tx, email: string): Promise<string | null> {
  const row = await tx.row<{ id: string | null }>('SELECT identity.account_by_email($1) AS id', [
    email,
  ]);
  return row!.id;
}

/** Has the side's managers and the member told, by mail, of what the viewer has just granted. */
export const tellOfMembership = (tx: Tx, id: string): Promise<unknown> =>
  tx.rows('SELECT identity.tell_of_membership($1)', [id]);

/** What is held by a seat, and not by its side. */
export interface Holdings {
  invitations: number;
  signatures: number;
  recoveries: number;
  keys: number;
}

/** For the seat's holder and whoever manages the side; nothing for anybody else. */
export async function holdingsOf(tx: Tx, id: string): Promise<Holdings | undefined> {
  const row = await tx.row<{ held: Holdings | null }>('SELECT identity.holdings($1) AS held', [id]);
  return row?.held ?? undefined;
}

/** Passes on what may pass between two seats that the viewer ended and granted just now; ends the rest. */
export async function passOn(tx: Tx, ended: string, successor: string): Promise<Holdings> {
  const row = await tx.row<{ held: Holdings }>('SELECT identity.pass_on($1, $2) AS held', [
    ended,
    successor,
  ]);
  return row!.held;
}

/**
 * Ends what the viewer's old password opened: resets under way, sessions but this one, and keys
 * where asked; and has them told that it was changed.
 */
export async function endAccess(
  tx: Tx,
  sessionHash: string,
  keysToo: boolean,
): Promise<{ sessions: number; keys: number }> {
  const row = await tx.row<{ sessions: number; keys: number }>(
    'SELECT sessions, keys FROM identity.password_changed($1, $2, $3)',
    [randomUUID(), sessionHash, keysToo],
  );
  return row!;
}

/** @throws where the viewer is no administrator any more */
export const setDisabled = (tx: Tx, id: string, disabled: boolean): Promise<unknown> =>
  tx.rows('SELECT identity.set_disabled($1, $2)', [id, disabled]);

export const accountById = (tx: Tx, id: string): Promise<AccountRow | undefined> =>
  tx.row(
    `SELECT id, email, name, administrator, created_at AS "createdAt", disabled_at AS "disabledAt"
     FROM identity.account WHERE id = $1`,
    [id],
  );

export interface OrganizationRow {
  id: string;
  name: string;
  acronym: string | null;
  kind: string;
  createdAt: Date;
}

export const organizationPage = (
  tx: Reads,
  filter: { kind: string | undefined; after: Key | undefined; limit: number },
): Promise<OrganizationRow[]> =>
  tx.rows(
    `SELECT id, name, acronym, kind, created_at AS "createdAt" FROM identity.organization
     WHERE ($1::text IS NULL OR kind = $1)
       AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
     ORDER BY created_at, id LIMIT $4`,
    [filter.kind ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  );
