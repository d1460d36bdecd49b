import type { TestAnswer } from '../../kernel/admissibility.js';
import type { Tx } from '../../platform/database/tx.js';

interface AnswerRow {
  proceedingId: string;
  test: string;
  n: number;
  answer: TestAnswer;
}

/** Every answer that the Committee gave in these proceedings. As their procedures. */
export const answersIn = (tx: Tx, proceedingIds: readonly string[]): Promise<AnswerRow[]> =>
  tx.rows(
    `SELECT a.proceeding_id AS "proceedingId", a.test, a.n, a.answer FROM casework.test_answer a
     WHERE a.proceeding_id = ANY ($1) AND a.compartment = 'committee'`,
    [proceedingIds],
  );
