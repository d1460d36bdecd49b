import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { Proceeding } from './proceedings.entity.js';
import { COLUMNS, VISIBLE } from './proceedings.repository.js';

export interface DutyRow {
  id: string;
  proceedingId: string;
  state: string;
  key: string;
  owedBy: string;
  due: Date;
  dueLocal: string;
  zone: string;
}

/** A deadline that somebody owes; `standing` when the viewer's principal holds the role as such. */
export interface DutyRule {
  readonly mechanism: string;
  readonly version: number;
  readonly key: string;
  readonly standing: boolean;
  /** Still owed when it has lapsed: a document that is missing, not a move that was made without. */
  readonly lasting: boolean;
  /** Statuses in which nothing is owed any more. */
  readonly finals: readonly string[];
}

/** What is owed under rule r, in order: cut before the rows of several are merged. */
const owed = (link: string): string => `
  SELECT d.id, d.proceeding_id AS "proceedingId", p.subject AS state, d.key,
    d.owed_by AS "owedBy", d.due, d.due_local AS "dueLocal", d.zone
  FROM casework.deadline d JOIN casework.proceeding p ON p.id = d.proceeding_id
  WHERE ${link} AND d.key = r.key AND p.mechanism = r.mechanism AND p.mechanism_version = r.version
    AND d.met_at IS NULL AND (d.status = 'pending' OR (d.status = 'lapsed' AND r.lasting))
    AND NOT r.finals ? p.status
    AND ($2::timestamptz IS NULL OR (d.due, d.id) > ($2, $3::uuid))
  ORDER BY d.due, d.id LIMIT $4`;

/**
 * What the viewer owes. Standing roles go through the deadlines in order of `due` until the page
 * is full; roles held by participation begin with the few proceedings that one takes part in.
 * (The principals are unnested: row-level security keeps other tests of them off the index.)
 */
export const duties = (
  tx: Reads,
  rules: readonly DutyRule[],
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<DutyRow[]> =>
  tx.rows(
    `WITH rule AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1)
       AS r(mechanism text, version int, key text,
         standing boolean, lasting boolean, finals jsonb)),
     part AS (SELECT DISTINCT t.proceeding_id, t.role FROM casework.participant t
       WHERE t.principal_id IN (SELECT unnest(identity.principals())))
     SELECT * FROM (
       SELECT q.* FROM rule r CROSS JOIN LATERAL (${owed('true')}) q WHERE r.standing
       UNION ALL
       SELECT q.* FROM part t CROSS JOIN rule r
         CROSS JOIN LATERAL (${owed('d.proceeding_id = t.proceeding_id AND d.owed_by = t.role')}) q
       WHERE NOT r.standing
     ) every ORDER BY due, id LIMIT $4`,
    [JSON.stringify(rules), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/**
 * Those in which one of these principals takes part or helps a side, and all of these procedures: as
 * far as anything happened in them, or falls due, since an instant.
 */
export const proceedingsTaken = (
  tx: Tx,
  principals: readonly string[],
  {
    procedures,
    since,
  }: {
    readonly procedures: readonly { readonly mechanism: string; readonly version: number }[];
    readonly since: Date;
  },
): Promise<Proceeding[]> =>
  tx.lists.rows(
    `SELECT ${COLUMNS} FROM casework.proceeding p WHERE p.id IN (
       SELECT t.proceeding_id FROM casework.participant t
         WHERE t.principal_id IN (SELECT unnest($1::uuid[]))
       UNION SELECT a.proceeding_id FROM casework.assistant a
         WHERE a.principal_id IN (SELECT unnest($1::uuid[])) AND a.status = 'accepted'
       UNION SELECT p.id FROM jsonb_to_recordset($2) AS r(mechanism text, version int)
         JOIN casework.proceeding p ON p.mechanism = r.mechanism
           AND p.mechanism_version = r.version AND ${VISIBLE})
       AND (p.entered_at > $3 OR EXISTS (SELECT FROM casework.deadline d
         WHERE d.proceeding_id = p.id AND d.due > $3))
     ORDER BY p.opened_at, p.id`,
    [principals, JSON.stringify(procedures), since],
  );
