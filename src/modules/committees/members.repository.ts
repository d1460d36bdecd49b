import type { Reads, Tx } from '../../platform/database/tx.js';
import type { PublicReads } from '../../platform/database/public-reader.js';
import type { Part } from '../../platform/http/paging.js';
import type { Member } from './members.rules.js';

export interface MemberRow extends Member {
  basis: string;
  endReason: string | null;
}

const END = 'coalesce(e.ended_on, m.valid_until)';
const MEMBER = `
  SELECT m.id, m.body_key AS "bodyKey", m.name, m.nationalities, m.seat, m.basis,
    m.valid_from::text AS "from", m.valid_until::text AS "until", e.ended_on::text AS "endedOn",
    e.reason AS "endReason"
  FROM reference.body_member m LEFT JOIN reference.body_member_end e ON e.member_id = m.id`;

export const memberPage = (
  reads: PublicReads | Reads,
  { body, on }: { body: string; on?: string | undefined },
  { after, limit }: Part,
): Promise<MemberRow[]> =>
  reads.rows(
    `${MEMBER} WHERE m.body_key = $1
       AND ($2::date IS NULL OR (m.valid_from <= $2 AND (${END} IS NULL OR ${END} > $2)))
       AND ($3::date IS NULL OR (m.valid_from, m.id) > ($3, $4::uuid))
     ORDER BY m.valid_from, m.id LIMIT $5`,
    [body, on ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const membersOf = (tx: Tx, body: string): Promise<MemberRow[]> =>
  tx.rows(`${MEMBER} WHERE m.body_key = $1 ORDER BY m.valid_from, m.id`, [body]);

export const memberById = (tx: Tx, id: string): Promise<MemberRow | undefined> =>
  tx.row(`${MEMBER} WHERE m.id = $1`, [id]);

/** An arbitrary space of advisory locks: one for each body. */
const TERMS = 4019;

/** Terms of a body are entered one after another, so that none overlooks another. */
export const lockBody = (tx: Tx, body: string): Promise<unknown> =>
  tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [TERMS, body]);

/** Has a person take part in cases as this member, until an instant. */
export const foundMember = (
  tx: Tx,
  member: string,
  { accountId, until }: { accountId: string; until: Date | null },
): Promise<unknown> =>
  tx.rows('SELECT identity.found_member($1, $2, $3)', [member, accountId, until]);

/** Ends what a term gave. */
export const endSeats = (tx: Tx, member: string, at: Date): Promise<unknown> =>
  tx.rows('SELECT identity.end_term($1, $2)', [member, at]);

/** Those in office as curators that day, by the proceeding. As the procedure of each. */
export async function curatorsOn(
  tx: Tx,
  proceedingIds: readonly string[],
  { role, day }: { role: string; day: string },
): Promise<Set<string>> {
  const rows = await tx.rows<{ proceedingId: string }>(
    `SELECT t.proceeding_id AS "proceedingId" FROM casework.participant t
     JOIN identity.principal p ON p.id = t.principal_id
     JOIN reference.body_member m ON p.key = 'member:' || m.id
     LEFT JOIN reference.body_member_end e ON e.member_id = m.id
     WHERE t.proceeding_id = ANY ($1) AND t.role = $2 AND m.valid_from <= $3::date
       AND (${END} IS NULL OR ${END} > $3::date)`,
    [proceedingIds, role, day],
  );
  return new Set(rows.map(({ proceedingId }) => proceedingId));
}
