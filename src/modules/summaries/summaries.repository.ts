import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { AuthorNames } from './sources.rules.js';
import type { Passage } from './summaries.entity.js';

/** A submission that was handed in, as its secretariat knows it. */
export interface Submission {
  readonly id: string;
  readonly kind: string;
  readonly side: string;
  readonly name: string;
  readonly acronym: string | null;
  readonly organizationKind: string | null;
  readonly submittedAt: Date;
  readonly published: boolean;
  readonly withdrawn: string[];
  readonly hasText: boolean;
  readonly audience: string | null;
  readonly until: Date | null;
}

/** In the order in which they were handed in. */
export const submissionsOf = (
  tx: Tx,
  of: { proceedingId: string; kinds: readonly string[]; desk: string },
): Promise<Submission[]> =>
  tx.rows(
    `SELECT d.id, d.kind, d.side, identity.side_name(d.side) AS name, o.acronym,
       o.kind AS "organizationKind", d.submitted_at AS "submittedAt",
       d.status = 'published' AS published,
       ARRAY(SELECT w.part FROM record.withdrawal w WHERE w.item_id = d.public_id) AS withdrawn,
       EXISTS (SELECT FROM casework.document_version v
         JOIN casework.document_text t ON t.version_id = v.id
         WHERE v.document_id = d.id AND v.status = 'submitted') AS "hasText",
       p.audience, p.until
     FROM casework.document d
     LEFT JOIN identity.organization o ON 'organization:' || o.id = d.side
     LEFT JOIN casework.publication p ON p.document_id = d.id AND p.compartment = $3
     WHERE d.proceeding_id = $1 AND d.kind = ANY ($2) AND d.submitted_at IS NOT NULL
     ORDER BY d.submitted_at, d.id`,
    [of.proceedingId, of.kinds, of.desk],
  );

/** What those are called whose submissions bear no author any more, by submission. */
export async function authorsOf(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, AuthorNames>> {
  const rows = await tx.rows<AuthorNames & { id: string }>(
    `SELECT a.item_id AS id, array_agg(DISTINCT identity.side_name(s.side)) AS names,
       coalesce(array_agg(DISTINCT o.acronym) FILTER (WHERE o.acronym IS NOT NULL), '{}')
         AS acronyms
     FROM casework.authorship a CROSS JOIN LATERAL unnest(ARRAY[a.side, a.filed_by]) s(side)
     LEFT JOIN identity.organization o ON 'organization:' || o.id = s.side
     WHERE a.item_id = ANY ($1) AND s.side LIKE 'organization:%'
     GROUP BY a.item_id`,
    [documentIds],
  );
  return new Map(rows.map(({ id, names, acronyms }) => [id, { names, acronyms }]));
}

/** What a side is called. */
export async function namesOf(tx: Tx, side: string): Promise<AuthorNames> {
  const row = await tx.row<{ name: string; acronym: string | null }>(
    `SELECT identity.side_name($1) AS name,
       (SELECT o.acronym FROM identity.organization o WHERE 'organization:' || o.id = $1) AS acronym`,
    [side],
  );
  const { name, acronym } = row!;
  return { names: [name], acronyms: acronym === null ? [] : [acronym] };
}

const PASSAGE = `p.id, p.proceeding_id AS "proceedingId", p.compartment, p.kind,
  p.source_id AS "sourceId", p.document_version AS "documentVersion", p.language, p.begins,
  p.ends, p.digest, p.words, p.pinpoint, p.theme, p.note, p.marked_at AS "markedAt", p.version`;

/** Whether a paragraph of the draft has it in a note. */
const USED = `EXISTS (SELECT FROM casework.summary s
  JOIN casework.summary_paragraph g ON g.summary_id = s.id
  WHERE s.proceeding_id = p.proceeding_id AND s.kind = p.kind
    AND position(p.id::text IN g.notes::text) > 0)`;

export type PassageRow = Passage & { used: boolean };

/** In the order in which they were marked. */
export const passagePage = (
  tx: Reads,
  filter: {
    proceedingId: string;
    kind: string;
    source?: string | undefined;
    theme?: string | undefined;
    used?: 'true' | 'false' | undefined;
    after: Key | undefined;
    limit: number;
  },
): Promise<PassageRow[]> =>
  tx.rows(
    `SELECT ${PASSAGE}, ${USED} AS used FROM casework.passage p
     WHERE p.proceeding_id = $1 AND p.kind = $2
       AND ($3::uuid IS NULL OR p.source_id = $3) AND ($4::text IS NULL OR p.theme = $4)
       AND ($5::boolean IS NULL OR ${USED} = $5)
       AND ($6::timestamptz IS NULL OR (p.marked_at, p.id) > ($6, $7::uuid))
     ORDER BY p.marked_at, p.id LIMIT $8`,
    [
      filter.proceedingId,
      filter.kind,
      filter.source ?? null,
      filter.theme ?? null,
      filter.used ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit + 1,
    ],
  );

/** All of a draft. */
export const passagesOf = (
  tx: Tx,
  { proceedingId, kind }: { proceedingId: string; kind: string },
): Promise<Passage[]> =>
  tx.rows(
    `SELECT ${PASSAGE} FROM casework.passage p
     WHERE p.proceeding_id = $1 AND p.kind = $2 ORDER BY p.marked_at, p.id`,
    [proceedingId, kind],
  );

/** What the head of a draft says of its review: the State as it is called, and the session. */
export async function headOf(
  tx: Tx,
  { subject, slotId }: { subject: string; slotId: string | null },
): Promise<{ readonly state: string; readonly session: number | null }> {
  const row = await tx.row<{ state: string; session: number | null }>(
    `SELECT identity.side_name($1) AS state, (SELECT s.number FROM reference.slot l
       JOIN reference.session s ON s.id = l.session_id WHERE l.id = $2) AS session`,
    [`state:${subject}`, slotId],
  );
  return row!;
}
