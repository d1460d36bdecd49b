import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { predecessorOf, publishProceeding, type ProceedingBody } from '../record/index.js';
import { Proceeding } from './proceedings.entity.js';
import type { Consequence } from './register-parts.js';
import { calendarOf, participantsOf } from './proceedings.repository.js';

/** What the calendar says of a proceeding that appears in the record. */
export interface Published {
  /** The proceeding's id in the record. */
  readonly id: string;
  readonly cycle: number;
  readonly session: number;
}

/**
 * Brings a proceeding's own page of the record up to date, making it at the first
 * publication. As the procedure.
 *
 * @param told what only some acts tell: its outcome, what was reserved, what was withdrawn in the room; the page keeps
 *   what it was told
 * @returns undefined for a test proceeding, of which nothing is ever published
 */
export async function publishPage(
  tx: Tx,
  proceeding: Proceeding,
  told: Partial<Pick<ProceedingBody, 'outcome' | 'reservations' | 'withdrawnRecommendations'>> = {},
): Promise<Published | undefined> {
  if (proceeding.test) return undefined;
  const row = found(await tx.findOne(Proceeding, { id: proceeding.id }));
  const { cycle, session, slot } = found(await calendarOf(tx, found(row.slotId)));
  const participants = await participantsOf(tx, row.id);
  const { mechanism, subject: state } = row;
  const predecessor = await predecessorOf(tx, { mechanism, state, cycle });
  const id = await publishProceeding(tx, row.publicId, {
    mechanism,
    mechanismVersion: row.mechanismVersion,
    state,
    cycle,
    session: session.number,
    status: row.status,
    statusSince: row.enteredAt.toISOString(),
    dialogue: { startsAt: slot.starts.toISOString(), endsAt: slot.ends.toISOString() },
    participants: participants.map(({ role, principal }) => ({ role, side: principal })),
    ...told,
    ...(predecessor && { predecessor: predecessor.id }),
  });
  if (row.publicId === null) await tx.update(Proceeding, { id: row.id }, { publicId: id });
  return { id, cycle, session: session.number };
}

/** Where a proceeding stands, once anything of it was published. */
export const publishPageConsequence: Consequence = {
  name: 'publish-page',
  async apply(tx, { proceeding }) {
    if (proceeding.publicId !== null) await publishPage(tx, proceeding);
  },
};
