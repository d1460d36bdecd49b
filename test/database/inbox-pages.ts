import { noticePage } from '../../src/modules/notices/notices.repository.js';
import type { Tx } from '../../src/platform/database/tx.js';

/** Before every other. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
export const first = { after: undefined, limit: 50 };
const later = { after: [new Date().toISOString(), FIRST_ID], limit: 50 } as const;
const anything = { state: undefined, proceedingId: undefined };

/** What somebody reads of their inbox. */
export const INBOX: Record<string, (tx: Tx) => Promise<unknown>> = {
  'the inbox, the first page': (tx) => noticePage(tx, anything, first),
  'the inbox, a later page': (tx) => noticePage(tx, anything, later),
  'the inbox, what is unread': (tx) => noticePage(tx, { ...anything, state: 'unread' }, first),
};
