import { randomUUID } from 'node:crypto';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Conflict, Recusal } from './committees.entity.js';

export interface ReadingRow {
  documentId: string;
  kind: string;
  version: number;
  language: string;
  which: 'copy' | 'original';
  at: string;
}

export interface ConflictRow extends Conflict {
  name: string;
  seat: 'member' | 'chair';
  /** Nothing for whom it is not. */
  readings: ReadingRow[] | null;
  destroyedAt: Date | null;
}

/** @param privy the parameter that says whether readings are the viewer’s to know */
const conflicts = (privy: string): string => `
  SELECT c.id, c.proceeding_id AS "proceedingId", c.compartment, c.member_id AS "memberId", m.name,
    m.seat, c.raised_by AS "raisedBy", c.raised_side AS "raisedSide", c.ground, c.text,
    c.steps_aside AS "stepsAside", c.declared_at AS "declaredAt", c.status,
    c.decided_by AS "decidedBy", c.decided_at AS "decidedAt", c.reason, c.version,
    CASE WHEN ${privy} THEN (SELECT coalesce(json_agg(json_build_object('documentId',
        d.document_id, 'kind', d.kind, 'version', d.n, 'language', d.language, 'which', d.which,
        'at', d.at) ORDER BY d.at, d.id), '[]') FROM casework.reading d
      WHERE d.proceeding_id = c.proceeding_id AND d.member_id = c.member_id) END AS readings,
    CASE WHEN ${privy} THEN (SELECT r.destroyed_at FROM identity.recusal r WHERE r.id = c.id) END
      AS "destroyedAt"
  FROM casework.conflict c JOIN reference.body_member m ON m.id = c.member_id`;

export const conflictPage = (
  reads: Reads,
  { proceedingId, privy }: { proceedingId: string; privy: boolean },
  { after, limit }: Part,
): Promise<ConflictRow[]> =>
  reads.rows(
    `${conflicts('$5::boolean')} WHERE c.proceeding_id = $1
       AND ($2::timestamptz IS NULL OR (c.declared_at, c.id) > ($2, $3::uuid))
     ORDER BY c.declared_at, c.id LIMIT $4`,
    [proceedingId, after?.[0] ?? null, after?.[1] ?? null, limit + 1, privy],
  );

export const conflictById = (
  tx: Tx,
  id: string,
  { privy }: { privy: boolean },
): Promise<ConflictRow | undefined> =>
  tx.row(`${conflicts('$2::boolean')} WHERE c.id = $1`, [id, privy]);

/** Members, of any term, who have been shut out of a case. As the procedure. */
export async function recusedMembers(tx: Tx, proceedingId: string): Promise<string[]> {
  const sql = 'SELECT id FROM casework.recused_members($1)';
  return (await tx.rows<{ id: string }>(sql, [proceedingId])).map(({ id }) => id);
}

/** The account of a member, of whatever term. As the procedure. */
export async function personOf(
  tx: Tx,
  proceedingId: string,
  memberId: string,
): Promise<string | undefined> {
  const sql = 'SELECT casework.person_of($1, $2) AS id';
  return (await tx.row<{ id: string }>(sql, [proceedingId, memberId]))?.id;
}

/** Shuts the person who is this member out of a case. As the procedure. */
export const excludeMember = (
  tx: Tx,
  proceedingId: string,
  { memberId, reason }: { memberId: string; reason: string },
): Promise<unknown> =>
  tx.rows('SELECT casework.exclude($1, casework.person_of($1, $2), $3)', [
    proceedingId,
    memberId,
    reason,
  ]);

/** Keeps for the person concerned what was said of them. As the procedure. */
export const keepDeclaration = (tx: Tx, conflictId: string): Promise<unknown> =>
  tx.rows('SELECT identity.keep_declaration($1)', [conflictId]);

export interface RecusalRow extends Recusal {
  readings: ReadingRow[];
}

const RECUSAL = `
  SELECT r.id, r.account_id AS "accountId", r.mechanism, r.number, r.ground, r.text,
    r.declared_at AS "declaredAt", r.decided_at AS "decidedAt", r.recused, r.reason, r.readings,
    r.destroyed_at AS "destroyedAt"
  FROM identity.recusal r WHERE r.account_id = identity.viewer()`;

export const recusalPage = (tx: Reads, { after, limit }: Part): Promise<RecusalRow[]> =>
  tx.rows(
    `${RECUSAL} AND ($1::timestamptz IS NULL OR (r.declared_at, r.id) > ($1, $2::uuid))
     ORDER BY r.declared_at, r.id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/** One of the viewer’s own. */
export const recusalById = (tx: Tx, id: string): Promise<RecusalRow | undefined> =>
  tx.row(`${RECUSAL} AND r.id = $1`, [id]);

interface Read {
  readonly proceedingId: string;
  readonly compartment: string;
  readonly memberId: string | null;
  readonly documentId: string;
  readonly kind: string;
  readonly n: number;
  readonly language: string;
  readonly which: string;
}

/** Notes, once, that the viewer has a text; not where they read as somebody outside the committee. */
export const noteReading = (tx: Tx, read: Read): Promise<unknown> =>
  tx.rows(
    `INSERT INTO casework.reading
     SELECT $1, a.proceeding_id, a.compartment, identity.viewer(), $4, $5, $6, $7, $8, $9, $10
     FROM casework.access a WHERE a.proceeding_id = $2 AND a.compartment = $3 LIMIT 1
     ON CONFLICT DO NOTHING`,
    [
      randomUUID(),
      read.proceedingId,
      read.compartment,
      read.memberId,
      read.documentId,
      read.kind,
      read.n,
      read.language,
      read.which,
      tx.now,
    ],
  );
