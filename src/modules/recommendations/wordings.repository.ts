import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Answer } from './wordings.rules.js';
import type { Wording } from './wordings.entity.js';

export interface AnswerRow extends Answer {
  n: number;
  answeredAt: Date;
}

/** What the States said to each wording of a recommendation, in the order in which they did. */
export const answersOf = (tx: Tx, recommendationId: string): Promise<AnswerRow[]> =>
  tx.rows(
    `SELECT w.n, a.iso3 AS state, a.accepted, a.answered_at AS "answeredAt"
     FROM casework.wording_answer a JOIN casework.wording w ON w.id = a.wording_id
     WHERE w.recommendation_id = $1 ORDER BY w.n, a.answered_at, a.iso3`,
    [recommendationId],
  );

export type WordingRow = Omit<Wording, 'id' | 'proceedingId' | 'compartment'>;

const WORDING = `w.recommendation_id AS "recommendationId", w.n, w.kind, w.by_side AS "bySide",
  w.texts, w.reason, w.replaces, w.status, w.proposed_at AS "proposedAt",
  w.settled_at AS "settledAt", w.decided_by AS "decidedBy", w.decision`;

/** The texts that took each other's place in the recommendations of a proceeding: as the procedure. */
export const standingWordings = (tx: Reads, proceedingId: string): Promise<WordingRow[]> =>
  tx.rows(
    `SELECT ${WORDING} FROM casework.wording w WHERE w.proceeding_id = $1 AND w.status = 'adopted'
       AND cardinality(w.texts) = 1 AND EXISTS (SELECT FROM casework.wording o
         WHERE o.recommendation_id = w.recommendation_id AND o.n > 1)
     ORDER BY w.recommendation_id, w.n`,
    [proceedingId],
  );
