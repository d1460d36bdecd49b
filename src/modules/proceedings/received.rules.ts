import { refusal, type Refusal } from '../../kernel/refusal.js';

/** How a side hands something to the secretariat that is to file it. */
export const RECEIVED_HOW = ['by-hand', 'post', 'mail', 'fax', 'courier'] as const;
export type ReceivedHow = (typeof RECEIVED_HOW)[number];

/** When and how a side handed over what is filed for it; null where it was filed by its own side. */
export interface Receipt {
  readonly receivedAt: Date | null;
  readonly receivedHow: ReceivedHow | null;
}

/** Nobody hands over in time to come, nor for a proceeding that is not open yet. */
export const receiptRefused = ({
  at,
  openedAt,
  now,
}: {
  readonly at: Date;
  readonly openedAt: Date;
  readonly now: Date;
}): Refusal | null =>
  at < openedAt || at > now
    ? refusal('receipt-impossible', {
        receivedAt: at.toISOString(),
        from: openedAt.toISOString(),
        until: now.toISOString(),
      })
    : null;

/** What the journal tells of it, if there is anything to tell. */
export const receiptFacts = ({ receivedAt, receivedHow }: Receipt): Record<string, string> =>
  receivedAt && receivedHow ? { receivedAt: receivedAt.toISOString(), receivedHow } : {};
