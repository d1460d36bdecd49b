import type { Tx } from '../../platform/database/tx.js';
import * as rules from './items.rules.js';
import type {
  DocumentBody,
  ItemKind,
  RecommendationBody,
  SpeakerBody,
  WithdrawableKind,
} from './items.rules.js';
import { placeOrder } from './publish-dialogue.js';
import { symbolToFind } from './publish-items.js';
import { put, withdrawnOf, type Item } from './write-items.js';

/**
 * Takes parts of an item out of the record, for good: from its body in every version, from its
 * files, and from whatever is published of it later. Names what is gone in its place. As the
 * procedure, of a withdrawal that it has written down: the database takes no more than that says.
 */
export async function withdrawFromRecord(
  tx: Tx,
  table: WithdrawableKind,
  { id, publicId }: { readonly id: string; readonly publicId: string },
): Promise<void> {
  await tx.rows('SELECT record.withdraw($1)', [id]);
  // It was published anew when it was masked.
  if (table === 'reservation') return;
  const stored = await tx.row<{ body: string }>(`SELECT body FROM record.${table} WHERE id = $1`, [
    publicId,
  ]);
  if (!stored) return;
  const withdrawn = (await withdrawnOf(tx, publicId))!;
  const { id: _id, ...given } = JSON.parse(stored.body) as { id: string };
  const body: object = rules.maskItem(table, given as never, withdrawn);
  await put(tx, { table, publicId, change: 'withdrawn', body, columns: columnsTold(table, body) });
  if (table === 'recommendation' && rules.hidesWords(withdrawn)) await forgetRepeats(tx, publicId);
}

/** What may be found by still, of an item of which something was withdrawn. */
function columnsTold(table: ItemKind, body: object): Item['columns'] {
  if (table === 'document') return { symbol: symbolToFind(body as DocumentBody) };
  if (table === 'recommendation') return { repeat_of: (body as RecommendationBody).repeatOf ?? [] };
  if (table === 'speaker') return placeOrder(body as SpeakerBody);
  if (table === 'assessment') return rules.signature(body as rules.AssessmentBody);
  return {};
}

/** What repeats a recommendation says so no longer. */
async function forgetRepeats(tx: Tx, publicId: string): Promise<void> {
  const repeating = await tx.rows<{ id: string; body: string }>(
    'SELECT id, body FROM record.recommendation WHERE repeat_of @> ARRAY[$1::uuid] ORDER BY id',
    [publicId],
  );
  for (const { id, body: stored } of repeating) {
    const { id: _id, ...body } = JSON.parse(stored) as RecommendationBody & { id: string };
    const left = (body.repeatOf ?? []).filter((each) => each !== publicId);
    if (left.length > 0) body.repeatOf = left;
    else delete body.repeatOf;
    await put(tx, { table: 'recommendation', publicId: id, body, columns: { repeat_of: left } });
  }
}
