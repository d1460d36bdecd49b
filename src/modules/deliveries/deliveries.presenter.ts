import type { DeliveryRow, ProofRow } from './proofs.repository.js';

const instant = (text: string): string => new Date(text).toISOString();
const perhaps = (text: string | null): string | null => (text === null ? null : instant(text));

export function presentDelivery(row: DeliveryRow) {
  const { id, channel, target, nth, reason, status, again, queuedAt, dueAt, settledAt } = row;
  return {
    id,
    channel,
    target,
    nth,
    reason,
    status,
    again,
    queuedAt: queuedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    attempts: row.tries.map(({ n, beganAt, endedAt, outcome, answer }) => ({
      n,
      beganAt: instant(beganAt),
      endedAt: perhaps(endedAt),
      outcome,
      answer,
    })),
  };
}

/** What others may know of a notice and its deliveries. */
export function presentProof(row: ProofRow) {
  const { id, compartment, n, event, urgency, side, toldAt, readAt } = row;
  return {
    notice: id,
    entry: { compartment, n },
    event,
    urgency,
    side,
    toldAt: toldAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    deliveries: row.deliveries.map((each) => ({
      ...each,
      dueAt: instant(each.dueAt),
      settledAt: perhaps(each.settledAt),
    })),
  };
}
