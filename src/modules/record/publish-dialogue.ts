import type { Tx } from '../../platform/database/tx.js';
import { maskItem, type QuestionBody, type SpeakerBody } from './items.rules.js';
import { put, withdrawnOf } from './write-items.js';

/** Behind all that have a place; the State under review stands before them. */
const LAST = 1_000_000;
const FIRST = 0;

/** A speaker of a closed list, or the State under review, with the statement once it was made. */
export async function publishSpeaker(
  tx: Tx,
  publicId: string | null,
  given: SpeakerBody,
): Promise<string> {
  const body = maskItem('speaker', given, await withdrawnOf(tx, publicId));
  const { list } = body;
  const columns = {
    proceeding_id: body.proceedingId,
    state: body.state,
    session: body.session,
    list,
    ...placeOrder(body),
  };
  return put(tx, { table: 'speaker', publicId, body, columns });
}

/** Where it stands in its list. */
export const placeOrder = ({ place, part }: Pick<SpeakerBody, 'place' | 'part'>) => ({
  place_order: place ?? (part === null ? LAST : FIRST),
});

export async function publishQuestion(
  tx: Tx,
  publicId: string | null,
  given: QuestionBody,
): Promise<string> {
  const body = maskItem('question', given, await withdrawnOf(tx, publicId));
  const { proceedingId: proceeding_id, state, session, n } = body;
  const columns = { proceeding_id, state, session, n };
  const id = await put(tx, { table: 'question', publicId, body, columns });
  for (const iso3 of body.askingStates) {
    await tx.rows('INSERT INTO record.asker VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, iso3]);
  }
  return id;
}
