import { randomUUID } from 'node:crypto';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import type { Proceeding } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { changeSpeaker } from './change-speaker.js';
import { SpeakersList, type Draw } from './dialogue.entity.js';
import { speakersOf, stateName, type SpeakerRow } from './dialogue.repository.js';
import type { ListName, ListRules } from './lists.rules.js';
import { publishSpeakers } from './publish-speakers.js';
import { isListed, keyOf, orderOf, timeOf, type Candidate } from './speakers.rules.js';

export const candidatesOf = (speakers: readonly SpeakerRow[]): Candidate[] =>
  speakers.filter(isListed).map((speaker) => ({
    key: keyOf(speaker),
    // Whose it is, once withdrawn, decides no place that others see.
    name: speaker.nameless ? MASK : speaker.name,
    first: speaker.accreditation === 'nhri-a',
  }));

/**
 * Gives the speakers of a closed list their places and times, unless a draw is needed first; and
 * publishes the list. As the procedure.
 */
export async function setOrder(
  tx: Tx,
  proceeding: Proceeding,
  { rules, row, at }: { rules: ListRules; row: SpeakersList; at: Date },
): Promise<void> {
  const speakers = await speakersOf(tx, proceeding.id, [rules.list]);
  const start = row.drawn?.[0] === undefined ? undefined : await stateName(tx, row.drawn[0]);
  const order = orderOf(rules, row, candidatesOf(speakers), start);
  const time = timeOf(rules, { members: 0, observers: speakers.filter(isListed).length });
  for (const speaker of speakers.filter(isListed)) {
    const index = order?.indexOf(keyOf(speaker)) ?? -1;
    const place = index < 0 ? null : index + 1;
    // What was allotted at the closing stands; where one time is for all, who may speak has it.
    const own = rules.body === undefined ? time.observer : speaker.seconds;
    const seconds = order && place === null ? null : own;
    if (place === speaker.place && seconds === speaker.seconds) continue;
    await changeSpeaker(tx, speaker, { place, seconds });
  }
  if (order) {
    const facts = { list: rules.list, speakers: order.length };
    const told = { by: 'procedure', what: 'speakers-ordered', at, facts };
    await append(tx, { proceedingId: proceeding.id, compartment: CASE, ...told });
  }
  await publishSpeakers(tx, proceeding, rules.list);
}

/**
 * Keeps what was drawn for a list, and settles its order if it has closed. This is how a result
 * comes in, of a lot or of a draw by hand that was recorded. As the procedure.
 *
 * @param drawn the letter or the State from which the alphabet begins; or sides, in order
 */
export async function keepDraw(
  tx: Tx,
  proceeding: Proceeding,
  { rules, row, drawn, draw }: Kept,
): Promise<void> {
  const kept = row
    ? { ...row, drawn: [...drawn], draw, version: row.version + 1 }
    : { ...emptyList(proceeding.id, rules.list), drawn: [...drawn], draw };
  if (row) {
    const { drawn: places, version } = kept;
    await tx.update(SpeakersList, { id: row.id }, { drawn: places, draw, version });
  } else await tx.insert(SpeakersList, kept);
  const facts = { list: rules.list, drawn: drawn.length, by: 'lot' in draw ? 'lot' : 'hand' };
  const told = { by: 'procedure', what: 'speakers-drawn', at: tx.now, facts };
  await append(tx, { proceedingId: proceeding.id, compartment: CASE, ...told });
  if (kept.closedAt !== null) await setOrder(tx, proceeding, { rules, row: kept, at: tx.now });
}

interface Kept {
  readonly rules: ListRules;
  readonly row: SpeakersList | undefined;
  readonly drawn: readonly string[];
  readonly draw: Draw;
}

/** A list of which nothing is settled yet. */
export const emptyList = (proceedingId: string, list: ListName): SpeakersList => ({
  id: randomUUID(),
  proceedingId,
  compartment: CASE,
  list,
  drawn: null,
  draw: null,
  closedAt: null,
  memberSeconds: null,
  observerSeconds: null,
  membersKnown: null,
  version: 1,
});
