import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { changeList } from './change-speaker.js';
import { Speaker, SpeakersList } from './dialogue.entity.js';
import type { JointState } from './dialogue.repository.js';
import { namelessKey } from './speakers.rules.js';

/** Somebody on a list, with the words of the statement. */
export const withdrawableSpeaker: Withdrawable = {
  kind: 'speaker',
  async find(tx, where) {
    const speaker = await tx.findOne(Speaker, where);
    return speaker && { ...speaker, status: speaker.leftAt === null ? 'listed' : 'left' };
  },
  async mask(tx, { id, publicId }, parts) {
    const row = found(await tx.findOne(Speaker, { id }));
    const { text, side, filedBy, version } = row;
    const masksAuthor = parts.includes('author');
    const set = {
      publicId,
      version: version + 1,
      ...(parts.includes('text') && text !== null && { text: MASK }),
      ...(masksAuthor && { side: MASK, filedBy: MASK }),
    };
    await tx.update(Speaker, { id }, set);
    if (masksAuthor) await maskDrawn(tx, row);
    const author = masksAuthor && { side, filedBy, states: await takeStates(tx, id) };
    return { content: { text }, fileKeys: [], ...(author && { author }) };
  },
};

/** What was drawn names no side that is withdrawn, unless that is on the list again. */
async function maskDrawn(tx: Tx, { id, proceedingId, list, side }: Speaker): Promise<void> {
  const row = await tx.findOne(SpeakersList, { proceedingId, list });
  if (!row?.drawn?.includes(side) || (await tx.findOne(Speaker, { proceedingId, list, side })))
    return;
  const drawn = row.drawn.map((key) => (key === side ? namelessKey(id) : key));
  await changeList(tx, row, { drawn });
}

/** The States in whose name it was to speak as well. */
async function takeStates(tx: Tx, speakerId: string): Promise<JointState[]> {
  const states = await tx.rows<JointState>(
    `SELECT c.iso3 AS state, c.status FROM casework.co_speaker c
     WHERE c.speaker_id = $1 ORDER BY c.iso3`,
    [speakerId],
  );
  await tx.rows('DELETE FROM casework.co_speaker WHERE speaker_id = $1', [speakerId]);
  return states;
}
