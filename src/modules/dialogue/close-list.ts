import { dueAt } from '../../kernel/deadlines.js';
import { CASE, stateOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { found } from '../../platform/refused.js';
import { seatedOn } from '../directory/index.js';
import { firstDrawn } from '../lots/index.js';
import {
  calendarOf,
  latestDeadline,
  type Consequence,
  type Engine,
  type Proceeding,
  type Standing,
} from '../proceedings/index.js';
import { changeSpeaker } from './change-speaker.js';
import { CoSpeaker, SpeakersList } from './dialogue.entity.js';
import { speakersOf, type SpeakerRow } from './dialogue.repository.js';
import { LISTS, listRulesOf, type ListRules } from './lists.rules.js';
import { emptyList, setOrder } from './set-order.js';
import { isListed, timeOf, wasListed } from './speakers.rules.js';

type Ground = Pick<Standing, 'proceeding' | 'definition'>;

/**
 * Closes a list, once: who is on it is before everybody from now on, States that did not confirm
 * fall away, and the time is shared out, for good. As the procedure.
 */
export async function closeList(
  tx: Tx,
  ground: Ground,
  { rules, at }: { rules: ListRules; at: Date },
): Promise<SpeakersList> {
  const { proceeding } = ground;
  const was = await tx.findOne(SpeakersList, { proceedingId: proceeding.id, list: rules.list });
  return was?.closedAt ? was : shareOut(tx, ground, { rules, was, closedAt: at, at });
}

interface Sharing {
  readonly rules: ListRules;
  readonly was: SpeakersList | undefined;
  readonly closedAt: Date;
  readonly at: Date;
}

/**
 * Shares the time of a list out among those who were on it when it closed: at its closing, and again
 * where somebody comes to it who had asked in time. As the procedure.
 */
export async function shareOut(
  tx: Tx,
  ground: Ground,
  { rules, was, closedAt, at }: Sharing,
): Promise<SpeakersList> {
  const { proceeding } = ground;
  const { list } = rules;
  const all = await speakersOf(tx, proceeding.id, [list]);
  const speakers = all.filter((each) => wasListed(each, closedAt));
  const members = await membersAmong(tx, ground, { rules, speakers });
  const time = timeOf(rules, {
    members: members?.length ?? 0,
    observers: speakers.length - (members?.length ?? 0),
  });
  for (const speaker of speakers.filter(isListed)) {
    const isMember = members?.includes(speaker.side) ?? false;
    const kind = rules.body === undefined ? null : isMember ? 'member' : 'observer';
    const seconds = isMember ? time.member : time.observer;
    await tx.update(CoSpeaker, { speakerId: speaker.id, status: 'invited' }, { status: 'lapsed' });
    await changeSpeaker(tx, speaker, { compartment: CASE, class: kind, seconds });
  }
  const settled = {
    closedAt,
    memberSeconds: time.member,
    observerSeconds: time.observer,
    membersKnown: rules.body === undefined || members !== undefined,
  };
  const first = was?.drawn ? undefined : await firstOf(tx, proceeding, rules);
  const row = { ...(was ?? emptyList(proceeding.id, list)), ...settled, ...first };
  const version = was ? was.version + 1 : 1;
  if (was) await tx.update(SpeakersList, { id: was.id }, { ...settled, ...first, version });
  else await tx.insert(SpeakersList, row);
  const { member, observer } = time;
  const facts = { list, speakers: speakers.length, member, observer };
  const told = { by: 'procedure', what: 'speakers-closed', at, facts };
  await append(tx, { proceedingId: proceeding.id, compartment: CASE, ...told });
  await setOrder(tx, proceeding, { rules, row: { ...row, version }, at });
  return { ...row, version };
}

/** Where the lists of the session were drawn to begin, before this one closed, or was opened. */
async function firstOf(
  tx: Tx,
  { slotId }: Proceeding,
  { order }: ListRules,
): Promise<Pick<SpeakersList, 'drawn' | 'draw'> | undefined> {
  if (order !== 'from-first') return undefined;
  const { session } = found(await calendarOf(tx, found(slotId)));
  const draw = await firstDrawn(tx, session.id);
  return draw && { drawn: [...draw.drawn], draw: { lot: draw.lot } };
}

/** Of these, who sits on the body on the day; undefined where nobody's term is on record. */
async function membersAmong(
  tx: Tx,
  { proceeding, definition }: Ground,
  { rules, speakers }: { rules: ListRules; speakers: readonly SpeakerRow[] },
): Promise<string[] | undefined> {
  if (rules.body === undefined) return undefined;
  const { slot } = found(await calendarOf(tx, found(proceeding.slotId)));
  const day = dueAt(slot.starts.toISOString(), definition.zone).local.slice(0, 10);
  const seated = await seatedOn(tx, rules.body, day);
  const sides = speakers.map(({ side }) => side);
  return seated && sides.filter((side) => seated.has(stateOf(side) ?? ''));
}

/** Closes every list whose time is over at that instant. */
export const closeSpeakers = (engine: Engine): Consequence => ({
  name: 'close-speakers',
  async apply(tx, { proceeding, at }) {
    const definition = engine.definitionOf(proceeding);
    for (const list of LISTS) {
      const rules = listRulesOf(definition, list);
      const closes = rules && (await latestDeadline(tx, proceeding.id, rules.closes));
      if (!rules || !closes || closes.due > at) continue;
      await closeList(tx, { proceeding, definition }, { rules, at: closes.due });
    }
  },
});
