import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { DutyRow } from '../proceedings/index.js';
import { listsOf } from '../recommendations/index.js';

/** One version of a document. */
export interface Draft {
  documentId: string;
  version: number;
}

const DRAFT = `SELECT d.id AS "documentId", max(v.n) AS version FROM casework.document d
  JOIN casework.document_version v ON v.document_id = d.id AND v.status = 'submitted'
  WHERE d.status IN ('submitted', 'published')`;

const LATEST = `SELECT max(l.n) FROM casework.circulation l WHERE l.proceeding_id`;

/** The draft report as it stands: the latest version that was handed in. */
export const draftOf = (tx: Tx, proceedingId: string, kind: string): Promise<Draft | undefined> =>
  tx.row(`${DRAFT} AND d.proceeding_id = $1 AND d.kind = $2 GROUP BY d.id`, [proceedingId, kind]);

/** What a procedure asks of one report: its draft's kind, and the role that signs it off. */
interface Asked {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  /** How many must sign, whether or not somebody sits there. */
  readonly seats: number;
}

interface Signing {
  proceedingId: string;
  /** The list that was circulated last, if it holds what is listed now. */
  circulation: number | null;
  unsigned: number;
}

/**
 * Of each proceeding which circulated list stands, and how many seats have not signed the draft off,
 * as both stand: all, where one of them is missing. As the procedures.
 */
export async function signingOf(tx: Tx, asked: readonly Asked[]): Promise<Signing[]> {
  const lists = await listsOf(
    tx,
    asked.map(({ id }) => id),
  );
  const listed = new Map(lists.map(({ proceedingId, list }) => [proceedingId, list]));
  return tx.rows(
    `SELECT a.id AS "proceedingId", c.n AS circulation,
       (greatest(a.seats, count(t.id)) - count(s.id))::int AS unsigned
     FROM jsonb_to_recordset($1) AS a(id uuid, kind text, role text, seats int, list jsonb)
     LEFT JOIN LATERAL (${DRAFT} AND d.proceeding_id = a.id AND d.kind = a.kind GROUP BY d.id) w
       ON true
     LEFT JOIN casework.circulation c ON c.proceeding_id = a.id AND c.n = (${LATEST} = a.id)
       AND c.list @> a.list AND a.list @> c.list
     LEFT JOIN casework.participant t ON t.proceeding_id = a.id AND t.role = a.role
     LEFT JOIN identity.principal q ON q.id = t.principal_id
     LEFT JOIN casework.sign_off s ON s.document_id = w."documentId"
       AND s.document_version = w.version AND s.side = q.key AND s.circulation = c.n
     GROUP BY a.id, a.seats, c.n`,
    [JSON.stringify(asked.map((each) => ({ ...each, list: listed.get(each.id) })))],
  );
}

/** The sides that have signed the draft off as it and the circulated list stand. As the procedure. */
export const signedBy = (tx: Tx, proceedingId: string, kind: string): Promise<{ side: string }[]> =>
  tx.rows(
    `SELECT s.side FROM (${DRAFT} AND d.proceeding_id = $1 AND d.kind = $2 GROUP BY d.id) w
     JOIN casework.sign_off s ON s.document_id = w."documentId"
       AND s.document_version = w.version AND s.circulation = (${LATEST} = $1)`,
    [proceedingId, kind],
  );

/** By when each holder of a role owes its signature, under one version of a procedure. */
interface SigningRule {
  readonly mechanism: string;
  readonly version: number;
  readonly key: string;
  readonly role: string;
  readonly kind: string;
  readonly during: readonly string[];
}

/** What the viewer has yet to sign off, as the draft and the circulated list stand, in the order of its deadlines. */
export const owedSignatures = (
  tx: Reads,
  rules: readonly SigningRule[],
  { after, limit }: Part,
): Promise<DutyRow[]> =>
  tx.rows(
    `SELECT DISTINCT d.id, d.proceeding_id AS "proceedingId", p.subject AS state, d.key,
       d.owed_by AS "owedBy", d.due, d.due_local AS "dueLocal", d.zone
     FROM casework.participant t JOIN identity.principal q ON q.id = t.principal_id
     JOIN casework.proceeding p ON p.id = t.proceeding_id
     JOIN jsonb_to_recordset($1) AS r(mechanism text, version int, key text, role text, kind text,
       during jsonb) ON r.mechanism = p.mechanism AND r.version = p.mechanism_version
       AND r.role = t.role AND r.during ? p.status
     JOIN casework.deadline d ON d.proceeding_id = p.id AND d.key = r.key AND d.status <> 'cancelled'
     LEFT JOIN LATERAL (${DRAFT} AND d.proceeding_id = p.id AND d.kind = r.kind GROUP BY d.id) w
       ON true
     WHERE t.principal_id IN (SELECT unnest(identity.principals()))
       AND NOT EXISTS (SELECT FROM casework.sign_off s WHERE s.document_id = w."documentId"
         AND s.document_version = w.version AND s.side = q.key
         AND s.circulation = (${LATEST} = p.id))
       AND ($2::timestamptz IS NULL OR (d.due, d.id) > ($2, $3::uuid))
     ORDER BY d.due, d.id LIMIT $4`,
    [JSON.stringify(rules), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
