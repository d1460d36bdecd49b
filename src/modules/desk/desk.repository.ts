import type { Place, Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Deadline, Proceeding } from '../proceedings/index.js';

/** A review of a session, with its place in it. */
export interface PlacedReview extends Proceeding {
  readonly starts: Date;
  readonly ends: Date;
  readonly outcomeStarts: Date | null;
}

const PLACED = `p.id, p.mechanism, p.mechanism_version AS "mechanismVersion", p.subject,
    p.slot_id AS "slotId", p.status, p.entered_at AS "enteredAt", p.opened_at AS "openedAt", p.test,
    p.public_id AS "publicId", p.version, s.starts, s.ends, s.outcome_starts AS "outcomeStarts"
  FROM reference.slot s JOIN casework.proceeding p ON p.slot_id = s.id
  WHERE s.session_id = $1`;

/** The reviews of a session that the viewer may see, in the order of their dialogues. */
export const placedReviews = (
  tx: Reads,
  sessionId: string,
  { after, limit }: Part,
): Promise<PlacedReview[]> =>
  tx.rows(
    `SELECT ${PLACED} AND ($2::timestamptz IS NULL OR (s.starts, p.id) > ($2, $3::uuid))
     ORDER BY s.starts, p.id LIMIT $4`,
    [sessionId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/** One of them. */
export const placedReview = (
  tx: Tx,
  sessionId: string,
  id: string,
): Promise<PlacedReview | undefined> => tx.row(`SELECT ${PLACED} AND p.id = $2`, [sessionId, id]);

/** Where a document lies that belongs to a review of the session. */
export const placedDocument = (tx: Tx, sessionId: string, id: string): Promise<Place | undefined> =>
  tx.row(
    `SELECT d.proceeding_id AS "proceedingId", d.compartment
     FROM reference.slot s JOIN casework.proceeding p ON p.slot_id = s.id
     JOIN casework.document d ON d.proceeding_id = p.id
     WHERE s.session_id = $1 AND d.id = $2`,
    [sessionId, id],
  );

export type DeadlineSet = Pick<
  Deadline,
  'proceedingId' | 'key' | 'owedBy' | 'due' | 'dueLocal' | 'zone' | 'status' | 'metAt'
>;

/** What is due in these reviews, in order. */
export const deadlinesIn = (tx: Tx, ids: readonly string[]): Promise<DeadlineSet[]> =>
  tx.rows(
    `SELECT d.proceeding_id AS "proceedingId", d.key, d.owed_by AS "owedBy", d.due,
       d.due_local AS "dueLocal", d.zone, d.status, d.met_at AS "metAt"
     FROM casework.deadline d
     WHERE d.proceeding_id = ANY ($1) AND d.status <> 'cancelled' ORDER BY d.due, d.key`,
    [ids],
  );

export interface Translating {
  readonly proceedingId: string;
  readonly documentId: string;
  readonly kind: string;
  readonly declared: readonly string[];
  /** Languages of which there is the original, or an official translation. */
  readonly there: readonly string[];
}

/** Documents that have been handed in and are to be had in certain languages. */
export const translationsIn = (tx: Tx, ids: readonly string[]): Promise<Translating[]> =>
  tx.rows(
    `SELECT d.proceeding_id AS "proceedingId", d.id AS "documentId", d.kind,
       d.languages AS declared,
       ARRAY(SELECT t.language FROM casework.document_version v
         JOIN casework.document_text t ON t.version_id = v.id
         WHERE v.document_id = d.id AND v.status = 'submitted'
           AND t.standing IN ('original', 'official')) AS there
     FROM casework.document d
     WHERE d.proceeding_id = ANY ($1) AND d.languages IS NOT NULL AND d.status <> 'draft'
     ORDER BY d.kind, d.id`,
    [ids],
  );
