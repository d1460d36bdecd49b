import type { Tx } from '../../platform/database/tx.js';
import { maskItem, signature, type AssessmentBody } from './items.rules.js';
import { putAll, withdrawnOfAll } from './write-items.js';

/**
 * What one side says of how recommendations are implemented; a later word stands beside an earlier.
 *
 * @returns their ids in the record, in order
 */
export async function publishAssessments(
  tx: Tx,
  words: readonly { readonly publicId: string | null; readonly given: AssessmentBody }[],
): Promise<string[]> {
  const known = words.flatMap(({ publicId }) => publicId ?? []);
  const withdrawn = await withdrawnOfAll(tx, known);
  const items = words.map(({ publicId, given }) => {
    const gone = publicId === null ? undefined : withdrawn.get(publicId);
    const body = maskItem('assessment', given, gone);
    const columns = {
      proceeding_id: body.proceedingId,
      recommendation_id: body.recommendationId,
      kind: body.kind,
      grade: body.grade,
      ...signature(body),
    };
    return { publicId, body, columns };
  });
  return putAll(tx, items, { table: 'assessment' });
}
