import type { Tx } from '../../platform/database/tx.js';
import { maskItem, signature, type AssessmentBody } from './items.rules.js';
import { put, withdrawnOf } from './publish-items.js';

/** What one side says of how a recommendation is implemented; a later word stands beside it. */
export async function publishAssessment(
  tx: Tx,
  publicId: string | null,
  given: AssessmentBody,
): Promise<string> {
  const body = maskItem('assessment', given, await withdrawnOf(tx, publicId));
  const columns = {
    proceeding_id: body.proceedingId,
    recommendation_id: body.recommendationId,
    kind: body.kind,
    grade: body.grade,
    ...signature(body),
  };
  return put(tx, { table: 'assessment', publicId, body, columns });
}
