import type { Tx } from '../../platform/database/tx.js';
import { ClassificationAct, RepeatDecision } from './classification.entity.js';

const inOrder = { order: { n: 'ASC' } } as const;

export const actsOn = (tx: Tx, recommendationId: string): Promise<ClassificationAct[]> =>
  tx.find(ClassificationAct, { recommendationId }, inOrder);

/** Of all recommendations of a proceeding. */
export const actsIn = (tx: Tx, proceedingId: string): Promise<ClassificationAct[]> =>
  tx.find(ClassificationAct, { proceedingId }, inOrder);

export const decisionsOn = (tx: Tx, recommendationId: string): Promise<RepeatDecision[]> =>
  tx.find(RepeatDecision, { recommendationId }, inOrder);

/** A recommendation of the record that a later one may repeat. */
export interface Earlier {
  id: string;
  cycle: number;
  session: number;
  label: string;
  text: string;
  recommendingStates: string[];
}

/** Nobody was ever recommended so much. */
const MOST = 5_000;

/** What the record tells that was recommended to a State in the cycles before one. */
export const earlierThan = (
  tx: Tx,
  { state, mechanism, cycle }: { state: string; mechanism: string; cycle: number },
): Promise<Earlier[]> =>
  tx.rows(
    `SELECT r.id, p.cycle, r.session, r.label, r.body::json ->> 'text' AS text,
       ARRAY(SELECT json_array_elements_text(r.body::json -> 'recommendingStates'))
         AS "recommendingStates"
     FROM record.proceeding p JOIN record.recommendation r ON r.proceeding_id = p.id
     WHERE p.state = $1 AND p.mechanism = $2 AND p.cycle < $3 AND NOT EXISTS (
       SELECT FROM record.withdrawal w WHERE w.item_id = r.id AND w.part = 'text')
     ORDER BY p.cycle DESC, r.id LIMIT ${MOST}`,
    [state, mechanism, cycle],
  );
