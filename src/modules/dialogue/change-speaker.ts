import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import { Speaker, SpeakersList } from './dialogue.entity.js';

/** Takes the next version number of a speaker, unless somebody else has. */
export async function changeSpeaker(
  tx: Tx,
  { id, version }: Pick<Speaker, 'id' | 'version'>,
  set: Partial<Speaker> = {},
): Promise<void> {
  const changed = await tx.update(Speaker, { id, version }, { ...set, version: version + 1 });
  if (changed === 0) throw new Refused('stale', { version });
}

/** The same for a list, whose version everybody sees in the case. As the procedure. */
export async function changeList(
  tx: Tx,
  { id, version }: Pick<SpeakersList, 'id' | 'version'>,
  set: Partial<SpeakersList> = {},
): Promise<void> {
  const changed = await tx.update(SpeakersList, { id, version }, { ...set, version: version + 1 });
  if (changed === 0) throw new Refused('stale', { version });
}
