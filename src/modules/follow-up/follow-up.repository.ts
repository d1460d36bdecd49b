import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Proceeding } from '../proceedings/index.js';
import { adoptedOf } from '../recommendations/index.js';
import type { AssessmentBody } from '../record/index.js';
import type { Assessment } from './follow-up.entity.js';

interface Filter {
  readonly proceedingId: string;
  readonly recommendation?: string | undefined;
  readonly side?: string | undefined;
  readonly grade?: string | undefined;
  readonly status?: string | undefined;
}

/** A draft is dated by its preparation, which its own side alone reads. */
const WHEN = 'coalesce(s.given_at, s.prepared_at)';

/** What was given, and what the viewer's own desks hold, in the order of time. */
export const assessmentPage = (
  tx: Reads,
  { proceedingId, recommendation, side, grade, status }: Filter,
  { after, limit }: Part,
): Promise<Assessment[]> =>
  tx.rows(
    `SELECT s.id, s.proceeding_id AS "proceedingId", s.compartment,
       s.recommendation_id AS "recommendationId", s.label, s.side, s.kind, s.grade, s.text,
       s.evidence, s.as_of::text AS "asOf", s.status, s.prepared_at AS "preparedAt",
       s.given_at AS "givenAt", s.public_id AS "publicId", s.version
     FROM casework.assessment s
     WHERE s.proceeding_id = $1 AND ($2::uuid IS NULL OR s.recommendation_id = $2)
       AND ($3::text IS NULL OR s.side = $3) AND ($4::text IS NULL OR s.grade = $4)
       AND ($5::text IS NULL OR s.status = $5)
       AND ($6::timestamptz IS NULL OR (${WHEN}, s.id) > ($6, $7::uuid))
     ORDER BY ${WHEN}, s.id LIMIT $8`,
    [
      proceedingId,
      recommendation ?? null,
      side ?? null,
      grade ?? null,
      status ?? null,
      ...(after ?? [null, null]),
      limit + 1,
    ],
  );

/** Moves words to where they are to stand, unless somebody else has changed them. As the procedure. */
export async function placeWords(tx: Tx, words: readonly Assessment[]): Promise<void> {
  await tx.rows(
    `UPDATE casework.assessment AS s SET status = w.status, compartment = w.compartment,
       given_at = w.given_at, public_id = w.public_id, version = s.version + 1
     FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[])
       AS w (id, version, status, compartment, given_at, public_id)
     WHERE s.id = w.id AND s.version = w.version`,
    [
      words.map(({ id }) => id),
      words.map(({ version }) => version),
      words.map(({ status }) => status),
      words.map(({ compartment }) => compartment),
      words.map(({ givenAt }) => givenAt),
      words.map(({ publicId }) => publicId),
    ],
  );
}

/**
 * The recommendations that may be spoken of, by the name that everybody has for them. As the
 * procedure: not everybody who speaks sees them in casework; of a rehearsal nothing is published,
 * so no text either.
 */
export async function spokenOf(
  tx: Tx,
  { id, test }: Pick<Proceeding, 'id' | 'test'>,
): Promise<{ id: string; name: string; label: string; text: string | null }[]> {
  const adopted = await adoptedOf(tx, id);
  return adopted.flatMap((row) => {
    const name = test ? row.id : row.published ? row.publicId : null;
    return name === null
      ? []
      : [{ id: row.id, name, label: row.label ?? '', text: row.published ? row.text : null }];
  });
}

/** Of these documents, those that the record has. */
export async function documentsPublished(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.rows<{ id: string }>(
    'SELECT d.id FROM record.document d WHERE d.id = ANY ($1::uuid[])',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

export interface Carried {
  readonly id: string;
  readonly labelOrder: string;
  readonly body: string;
  /** The latest word of each side. */
  readonly said: (AssessmentBody & { id: string })[];
}

/** More sides than this speak of one recommendation on its own page only. */
export const MOST_SIDES = 50;

/** The recommendations of a review in the record, by label, each with what is said of it now. */
export const carriedPage = (
  tx: Reads,
  proceedingId: string | null,
  { after, limit }: Part,
): Promise<Carried[]> =>
  tx.rows(
    `SELECT r.id, r.label_order AS "labelOrder", r.body,
       (SELECT coalesce(json_agg(a.body::json ORDER BY a.kind DESC, a.id), '[]') FROM (
          SELECT x.id, x.kind, x.body FROM record.assessment x
          WHERE x.recommendation_id = r.id AND x.current
          ORDER BY x.kind DESC, x.id LIMIT ${MOST_SIDES + 2}) a) AS said
     FROM record.recommendation r
     WHERE r.proceeding_id = $1 AND ($2::text IS NULL OR (r.label_order, r.id) > ($2 COLLATE "C", $3::uuid))
     ORDER BY r.label_order, r.id LIMIT $4`,
    [proceedingId, ...(after ?? [null, null]), limit + 1],
  );
