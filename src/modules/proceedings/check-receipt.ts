import type { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import { raise } from '../../platform/refused.js';
import type { Proceeding } from './proceedings.entity.js';
import { receiptRefused, type Receipt } from './received.rules.js';
import type { received } from './received.schemas.js';

/**
 * When a side handed over what is filed for it.
 *
 * @throws Refused `receipt-impossible` for an instant to come, or before the proceeding was opened
 */
export function receiptOf(
  tx: Tx,
  { openedAt }: Pick<Proceeding, 'openedAt'>,
  given: z.infer<typeof received> | undefined,
): Receipt {
  if (!given) return { receivedAt: null, receivedHow: null };
  const at = new Date(given.at);
  raise(receiptRefused({ at, openedAt, now: tx.now }));
  return { receivedAt: at, receivedHow: given.how };
}
