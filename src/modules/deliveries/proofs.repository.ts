import type { Urgency } from '../../kernel/audience.js';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { ChannelName } from './register-channels.js';
import type { Delivery, DeliveryAttempt } from './deliveries.entity.js';

export type DeliveryRow = Delivery & {
  readonly tries: readonly (Pick<DeliveryAttempt, 'n' | 'outcome' | 'answer'> & {
    readonly beganAt: string;
    readonly endedAt: string | null;
  })[];
};

/** The deliveries of a notice of the viewer's own, in the order in which they were planned. */
export const deliveriesOf = (reads: Reads, noticeId: string): Promise<DeliveryRow[]> =>
  reads.rows(
    `SELECT d.id, d.channel, d.target, d.nth, d.reason, d.status, d.again, d.attempts,
       d.queued_at AS "queuedAt", d.due_at AS "dueAt", d.settled_at AS "settledAt",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('n', a.n, 'beganAt', a.began_at,
           'endedAt', a.ended_at, 'outcome', a.outcome, 'answer', a.answer) ORDER BY a.n), '[]')
         FROM identity.delivery_attempt a WHERE a.delivery_id = d.id) AS tries
     FROM identity.delivery d WHERE d.notice_id = $1 ORDER BY d.queued_at, d.channel, d.id`,
    [noticeId],
  );

export interface ProofRow {
  id: string;
  compartment: string;
  n: number;
  event: string;
  side: string | null;
  urgency: Urgency;
  toldAt: Date;
  readAt: Date | null;
  deliveries: {
    readonly id: string;
    readonly channel: ChannelName;
    readonly status: Delivery['status'];
    readonly nth: number;
    readonly again: boolean;
    readonly attempts: number;
    readonly dueAt: string;
    readonly settledAt: string | null;
    readonly answer: string | null;
  }[];
}

interface ProofFilter {
  readonly proceedingId: string;
  readonly compartment?: string | undefined;
  readonly n?: number | undefined;
  readonly status?: string | undefined;
}

export const proofPage = (
  reads: Reads,
  { proceedingId, compartment, n, status }: ProofFilter,
  { after, limit }: Part,
): Promise<ProofRow[]> =>
  reads.rows(
    `SELECT f.id, f.compartment, f.n, f.event, f.side, f.urgency, f.told_at AS "toldAt",
       f.read_at AS "readAt", f.deliveries
     FROM identity.proofs($1, $2, $3, $4, $5, $6, $7) f`,
    [
      proceedingId,
      compartment ?? null,
      n ?? null,
      status ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ],
  );

/** What was sent again; or why it was not; null for what one may not send. */
type Again =
  | { readonly refused: 'delivery-under-way' | 'resent-too-often' }
  | {
      readonly refused?: undefined;
      readonly own: boolean;
      readonly proceedingId: string;
      readonly mechanism: string;
      readonly event: string;
      readonly channel: ChannelName;
      readonly compartment: string;
      readonly n: number;
    };

export async function sendOnceMore(
  tx: Tx,
  { of, id, reason }: { readonly of: string; readonly id: string; readonly reason: string },
): Promise<Again | null> {
  const row = await tx.row<{ sent: Again | null }>(
    'SELECT identity.send_again($1, $2, $3) AS sent',
    [of, id, reason],
  );
  return row!.sent;
}
