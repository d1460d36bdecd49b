import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key, Part } from '../../platform/http/paging.js';
import { withAuthors } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import type { Position, Recommendation } from './recommendations.entity.js';
import type { RecommendingState, WordingEntry } from './wordings.rules.js';

export interface RecommendationRow extends Recommendation {
  recommendingStates: RecommendingState[];
  /** Whether the record has it. */
  published: boolean;
  words: {
    /** The text as it was made; null in a desk. */
    sent: string | null;
    /** Numbers of the wordings that are not settled. */
    open: number[];
    /** The text as it was heard in the room, by the last record of it. */
    delivered: {
      n: number;
      text: string;
      status: WordingEntry['status'];
      recordedAt: string;
    } | null;
  };
  standing:
    | (Pick<Position, 'position' | 'statedPosition' | 'comment' | 'givenIn' | 'status'> & {
        givenAt: string | null;
      })
    | null;
}

const ROW = `
  SELECT r.id, r.proceeding_id AS "proceedingId", r.compartment, r.side, r.filed_by AS "filedBy",
    r.text, r.label, r.label_order AS "labelOrder", r.status, r.created_at AS "createdAt",
    r.submitted_at AS "submittedAt", r.public_id AS "publicId", r.classification,
    r.repeat_of AS "repeatOf", r.version, r.wording, r.whole_id AS "wholeId", r.part,
    EXISTS (SELECT FROM record.recommendation p WHERE p.id = r.public_id) AS published,
    (SELECT coalesce(json_agg(json_build_object('state', s.iso3, 'status', s.status)
        ORDER BY 'state:' || s.iso3 <> r.side, s.iso3), '[]')
      FROM casework.recommender s WHERE s.recommendation_id = r.id) AS "recommendingStates",
    (SELECT json_build_object('position', p.position, 'statedPosition', p.stated_position,
        'comment', p.comment, 'givenIn', p.given_in, 'status', p.status, 'givenAt', p.given_at)
      FROM casework.position p
      WHERE p.recommendation_id = r.id AND p.status IN ('given', 'deemed')) AS standing,
    (SELECT json_build_object('sent', max(w.texts[1]) FILTER (WHERE w.n = 1),
        'open', coalesce(json_agg(w.n ORDER BY w.n) FILTER (WHERE w.status = 'open'), '[]'),
        'delivered', json_agg(json_build_object('n', w.n, 'text', w.texts[1], 'status', w.status,
          'recordedAt', w.proposed_at) ORDER BY w.n DESC) FILTER (WHERE w.kind = 'delivered') -> 0)
      FROM casework.wording w WHERE w.recommendation_id = r.id) AS words
  FROM casework.recommendation r`;

/** What has no label yet comes after what has one. */
const ORDER = `coalesce(r.label_order, '~')`;
const AT = 'coalesce(r.submitted_at, r.created_at)';

/** Some State stands under it; of what was withdrawn for safety, nobody says which. */
const HELD = `(r.side = '${MASK}' OR r.status = 'split' OR EXISTS (SELECT FROM casework.recommender s
  WHERE s.recommendation_id = r.id AND s.status = 'confirmed'))`;

export const recommendationPage = (
  tx: Reads,
  filter: {
    proceedingId: string;
    recommendingState?: string | undefined;
    status?: string | undefined;
    /** Codes that stand of it, whoever says so. */
    category?: string | undefined;
    theme?: string | undefined;
    after: Key | undefined;
    limit: number;
  },
): Promise<RecommendationRow[]> =>
  tx.rows(
    `${ROW} WHERE r.proceeding_id = $1 AND ($2::text IS NULL OR r.status = $2)
       AND ($3::text IS NULL OR EXISTS (SELECT FROM casework.recommender s
         WHERE s.recommendation_id = r.id AND s.iso3 = $3))
       AND ($4::text IS NULL OR r.classification -> 'category' -> 'codes' ? $4)
       AND ($5::text IS NULL OR r.classification -> 'themes' -> 'codes' ? $5)
       AND ($6::text IS NULL
         OR (${ORDER}, ${AT}, r.id) > ($6 COLLATE "C", $7::timestamptz, $8::uuid))
     ORDER BY ${ORDER}, ${AT}, r.id LIMIT $9`,
    [
      filter.proceedingId,
      filter.status ?? null,
      filter.recommendingState ?? null,
      filter.category ?? null,
      filter.theme ?? null,
      ...(filter.after ?? [null, null, null]),
      filter.limit + 1,
    ],
  );

/** All in these states that the viewer may see, in the order of their labels. */
export async function recommendationsIn(
  tx: Tx,
  proceedingId: string,
  statuses: readonly Recommendation['status'][],
): Promise<RecommendationRow[]> {
  const rows = await tx.lists.rows<RecommendationRow>(
    `${ROW} WHERE r.proceeding_id = $1 AND r.status = ANY ($2)
     ORDER BY ${ORDER}, ${AT}, r.id`,
    [proceedingId, statuses],
  );
  return authored(tx, rows);
}

/** With whose they are, where that was withdrawn and the viewer may still learn it. */
export const authored = (tx: Tx, rows: readonly RecommendationRow[]) =>
  withAuthors(tx, rows, (row, { side, filedBy, states }) => {
    return { ...row, side, filedBy, recommendingStates: states as RecommendingState[] };
  });

export async function recommendationById(
  tx: Tx,
  id: string,
): Promise<RecommendationRow | undefined> {
  const rows = await tx.rows<RecommendationRow>(`${ROW} WHERE r.id = $1`, [id]);
  return (await authored(tx, rows))[0];
}

/** All that were adopted, in the order of their labels, each part for itself: as the procedure. */
export const adoptedOf = (tx: Tx, proceedingId: string): Promise<RecommendationRow[]> =>
  tx.rows(`${ROW} WHERE r.proceeding_id = $1 AND r.status = 'adopted' ORDER BY ${ORDER}, r.id`, [
    proceedingId,
  ]);

/** Those that stand for nothing themselves, for their parts do: as the procedure. */
export const wholesOf = (tx: Tx, proceedingId: string): Promise<RecommendationRow[]> =>
  tx.rows(`${ROW} WHERE r.proceeding_id = $1 AND r.status = 'split' ORDER BY ${ORDER}, r.id`, [
    proceedingId,
  ]);

/** What the list of each report holds now, and which wording of each, in its order. */
export const listsOf = (
  tx: Tx,
  proceedingIds: readonly string[],
): Promise<
  { proceedingId: string; list: readonly { recommendationId: string; wording: number }[] }[]
> =>
  tx.rows(
    `SELECT p.id AS "proceedingId", (
       SELECT coalesce(jsonb_agg(jsonb_build_object('recommendationId', r.id, 'wording', r.wording)
           ORDER BY ${ORDER}, r.submitted_at, r.id), '[]')
       FROM casework.recommendation r
       WHERE r.proceeding_id = p.id AND r.status IN ('submitted', 'split', 'adopted') AND ${HELD}
     ) AS list FROM unnest($1::uuid[]) AS p(id)`,
    [proceedingIds],
  );

/** Those with a text that waits for an answer: as the procedure. */
export const openOf = (tx: Tx, proceedingId: string): Promise<RecommendationRow[]> =>
  tx.rows(
    `${ROW} WHERE r.proceeding_id = $1 AND EXISTS (SELECT FROM casework.wording o
       WHERE o.recommendation_id = r.id AND o.status = 'open') ORDER BY r.id`,
    [proceedingId],
  );

/** Those that all their States withdrew, and which; of a split its parts. As the procedure. */
export const fallenOf = (tx: Tx, proceedingId: string): Promise<{ by: string[]; at: Date }[]> =>
  tx.rows(
    `SELECT array_agg(s.iso3 ORDER BY s.iso3) AS by, max(s.withdrawn_at) AS at
     FROM casework.recommendation r JOIN casework.recommender s ON s.recommendation_id = r.id
     WHERE r.proceeding_id = $1 AND r.status = 'withdrawn' AND s.status = 'withdrawn'
       AND NOT EXISTS (SELECT FROM casework.recommendation p WHERE p.whole_id = r.id)
     GROUP BY r.id ORDER BY 2, r.id`,
    [proceedingId],
  );

/** A whole and its parts, whichever of them is named. */
export const familyOf = (
  tx: Tx,
  { id, wholeId }: Pick<Recommendation, 'id' | 'wholeId'>,
): Promise<RecommendationRow[]> =>
  tx.rows(`${ROW} WHERE r.id = $1 OR r.whole_id = $1 ORDER BY r.part NULLS FIRST`, [wholeId ?? id]);

interface Tally {
  proceedingId: string;
  unlabelled: number;
  unanswered: number;
}

/**
 * Counts of what has been made, where any was: drafts in desks don't count, whoever asks. Of what was
 * split the parts count, as in the report; the whole needs a label all the same.
 */
export const tallies = (tx: Tx, proceedingIds: readonly string[]): Promise<Tally[]> =>
  tx.rows(
    `SELECT r.proceeding_id AS "proceedingId",
       count(*) FILTER (WHERE r.label IS NULL)::int AS unlabelled,
       count(*) FILTER (WHERE r.status <> 'split' AND NOT EXISTS (SELECT FROM casework.position p
         WHERE p.recommendation_id = r.id AND p.status IN ('given', 'deemed')))::int AS unanswered
     FROM casework.recommendation r
     WHERE r.proceeding_id = ANY ($1) AND r.status IN ('submitted', 'split', 'adopted') AND ${HELD}
     GROUP BY r.proceeding_id`,
    [proceedingIds],
  );

/** Of one proceeding, where nothing may have been made. */
export async function tally(tx: Tx, proceedingId: string): Promise<Tally> {
  const [made] = await tallies(tx, [proceedingId]);
  return made ?? { proceedingId, unlabelled: 0, unanswered: 0 };
}

interface PreparedPosition extends Position {
  /** The text that stands, and that which stood when it was prepared. */
  text: string;
  preparedOn: string | null;
  /** What its recommendation is ordered by. */
  place: string;
  at: Date;
}

/** Prepared on what can still be answered: what was split is answered in its parts. */
const PREPARED = `SELECT p.id, p.proceeding_id AS "proceedingId", p.compartment,
       p.recommendation_id AS "recommendationId", p.position, p.status, p.version,
       p.stated_position AS "statedPosition", p.comment, r.text, ${ORDER} AS place,
       ${AT} AS at,
       (SELECT w.texts[1] FROM casework.wording w
         WHERE w.recommendation_id = r.id AND w.status = 'adopted' AND w.settled_at <= p.prepared_at
         ORDER BY w.n DESC LIMIT 1) AS "preparedOn"
     FROM casework.position p JOIN casework.recommendation r ON r.id = p.recommendation_id
     WHERE p.proceeding_id = $1 AND p.status = 'draft' AND r.status IN ('submitted', 'adopted')`;

/** All of them. */
export const preparedPositions = (tx: Tx, proceedingId: string): Promise<PreparedPosition[]> =>
  tx.rows(`${PREPARED} ORDER BY ${ORDER}, ${AT}, r.id`, [proceedingId]);

export const preparedPage = (
  reads: Reads,
  proceedingId: string,
  { after, limit }: Part,
): Promise<PreparedPosition[]> =>
  reads.rows(
    `${PREPARED}
       AND ($2::text IS NULL OR (${ORDER}, ${AT}, r.id) > ($2 COLLATE "C", $3::timestamptz, $4::uuid))
     ORDER BY ${ORDER}, ${AT}, r.id LIMIT $5`,
    [proceedingId, ...(after ?? [null, null, null]), limit + 1],
  );
