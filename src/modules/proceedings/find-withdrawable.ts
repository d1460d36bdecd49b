import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import type { WithdrawableKind } from '../record/index.js';
import { Proceeding } from './proceedings.entity.js';
import type { ItemKnown, Parts } from './register-parts.js';
import { pageOfItem } from './withdrawals.repository.js';

interface Named {
  readonly kind: WithdrawableKind;
  /** Of the record, or of casework. */
  readonly id: string;
}

/** An item that somebody names, and the proceeding that it belongs to. */
interface ItemFound {
  readonly proceedingId: string;
  readonly by: { readonly publicId: string } | { readonly id: string };
}

/**
 * What may be withdrawn under this id: an item of the record, or one of casework that the viewer
 * sees.
 *
 * @param lookUp finds the proceeding of a page of the record, with the eyes that may
 * @throws Refused `not-found`; `wrong-stage` for a draft, which its side changes itself
 */
export async function findWithdrawable(
  tx: Tx,
  parts: Parts,
  { kind, id }: Named,
  lookUp = pageOwner,
): Promise<ItemFound> {
  const page = await pageOfItem(tx, kind, id);
  if (page !== undefined) {
    const proceeding = found(await lookUp(tx, page));
    return { proceedingId: proceeding.id, by: { publicId: id } };
  }
  const item = found(await parts.withdrawable(kind).find(tx, { id }));
  assertFiled(item);
  return { proceedingId: item.proceedingId, by: { id } };
}

/** Of a page that the viewer may see in casework. */
const pageOwner = (tx: Tx, page: string): Promise<Proceeding | undefined> =>
  tx.findOne(Proceeding, { publicId: page });

/** Of any page: whoever asks for a withdrawal may read the record alone. */
export const anyPageOwner = (tx: Tx, page: string): Promise<Proceeding | undefined> =>
  tx.asClock(() => pageOwner(tx, page));

function assertFiled({ status }: ItemKnown): void {
  if (['draft', 'lapsed'].includes(status)) throw new Refused('wrong-stage', { status });
}
