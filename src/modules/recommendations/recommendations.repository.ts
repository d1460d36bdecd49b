import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import { withAuthors } from '../proceedings/index.js';
import type { Position, Recommendation } from './recommendations.entity.js';

export interface RecommendingState {
  state: string;
  status: string;
}
export interface RecommendationRow extends Recommendation {
  recommendingStates: RecommendingState[];
  /** Whether the record has it. */
  published: boolean;
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
    r.repeat_of AS "repeatOf", r.version,
    EXISTS (SELECT FROM record.recommendation p WHERE p.id = r.public_id) AS published,
    (SELECT coalesce(json_agg(json_build_object('state', s.iso3, 'status', s.status)
        ORDER BY 'state:' || s.iso3 <> r.side, s.iso3), '[]')
      FROM casework.recommender s WHERE s.recommendation_id = r.id) AS "recommendingStates",
    (SELECT json_build_object('position', p.position, 'statedPosition', p.stated_position,
        'comment', p.comment, 'givenIn', p.given_in, 'status', p.status, 'givenAt', p.given_at)
      FROM casework.position p
      WHERE p.recommendation_id = r.id AND p.status IN ('given', 'deemed')) AS standing
  FROM casework.recommendation r`;

/** What has no label yet comes after what has one. */
const ORDER = `coalesce(r.label_order, '~')`;

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
         OR (${ORDER}, coalesce(r.submitted_at, r.created_at), r.id) > ($6 COLLATE "C", $7::timestamptz, $8::uuid))
     ORDER BY ${ORDER}, coalesce(r.submitted_at, r.created_at), r.id LIMIT $9`,
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

/** All that were adopted, in the order of their labels: as the procedure. */
export const adoptedOf = (tx: Tx, proceedingId: string): Promise<RecommendationRow[]> =>
  tx.rows(`${ROW} WHERE r.proceeding_id = $1 AND r.status = 'adopted' ORDER BY ${ORDER}, r.id`, [
    proceedingId,
  ]);

interface Tally {
  proceedingId: string;
  unlabelled: number;
  unanswered: number;
}

/** Counts of what has been made, where any was: drafts in desks don't count, whoever asks. */
export const tallies = (tx: Tx, proceedingIds: readonly string[]): Promise<Tally[]> =>
  tx.rows(
    `SELECT r.proceeding_id AS "proceedingId",
       count(*) FILTER (WHERE r.label IS NULL)::int AS unlabelled,
       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM casework.position p
         WHERE p.recommendation_id = r.id AND p.status IN ('given', 'deemed')))::int AS unanswered
     FROM casework.recommendation r
     WHERE r.proceeding_id = ANY ($1) AND r.status IN ('submitted', 'adopted')
     GROUP BY r.proceeding_id`,
    [proceedingIds],
  );

/** Of one proceeding, where nothing may have been made. */
export async function tally(tx: Tx, proceedingId: string): Promise<Tally> {
  const [made] = await tallies(tx, [proceedingId]);
  return made ?? { proceedingId, unlabelled: 0, unanswered: 0 };
}

export const preparedPositions = (tx: Tx, proceedingId: string): Promise<Position[]> =>
  tx.rows(
    `SELECT p.id, p.proceeding_id AS "proceedingId", p.compartment,
       p.recommendation_id AS "recommendationId", p.position, p.status, p.version
     FROM casework.position p JOIN casework.recommendation r ON r.id = p.recommendation_id
     WHERE p.proceeding_id = $1 AND p.status = 'draft' ORDER BY p.id`,
    [proceedingId],
  );
