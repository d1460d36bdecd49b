import { CASE, PARTIES, trayOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { latestDeadline, type Deadline, type Engine, type Standing } from '../proceedings/index.js';
import { closeList } from './close-list.js';
import { SpeakersList } from './dialogue.entity.js';
import { speakerById, type SpeakerRow } from './dialogue.repository.js';
import { listRulesOf, type ListName, type ListRules } from './lists.rules.js';
import { isClosed } from './speakers.rules.js';

/** A list of a review that the viewer may see, with what governs it. */
export interface ListFound {
  readonly standing: Standing;
  readonly rules: ListRules;
  readonly row: SpeakersList | undefined;
  readonly window: { readonly opens: Deadline | undefined; readonly closes: Deadline | undefined };
  /** Until when who made a statement may still change its words. */
  readonly wordsUntil: Deadline | undefined;
}

/** @throws Refused `not-offered` where the procedure has no such list */
export async function lookUp(tx: Tx, standing: Standing, list: ListName): Promise<ListFound> {
  const rules = listRulesOf(standing.definition, list);
  if (!rules) throw new Refused('not-offered', { list });
  const { id } = standing.proceeding;
  const row = await tx.findOne(SpeakersList, { proceedingId: id, list });
  const opens = await latestDeadline(tx, id, rules.opens);
  const closes = await latestDeadline(tx, id, rules.closes);
  // What was said in the dialogue is in the report, whose texts are corrected for so long.
  const corrected = standing.definition.items?.find((each) => each.item === 'recommendation');
  const key = list === 'dialogue' ? corrected?.wording?.corrigendaUntil : undefined;
  const wordsUntil = key === undefined ? undefined : await latestDeadline(tx, id, key);
  return { standing, rules, row, window: { opens, closes }, wordsUntil };
}

/**
 * The list under the proceeding's lock. Where its time is over and nobody has closed it yet, it is
 * closed now, as of that instant: nothing hangs on when the clock comes by.
 */
export async function holdList(
  tx: Tx,
  engine: Engine,
  id: string,
  list: ListName,
): Promise<ListFound> {
  const standing = await engine.standing(tx, id, { lock: true });
  const seen = await lookUp(tx, standing, list);
  const { row, window, rules } = seen;
  if ((row?.closedAt ?? null) !== null || !isClosed(row, window, tx.now)) return seen;
  const at = found(window.closes).due;
  const closed = await tx.asProcedure(id, () => closeList(tx, standing, { rules, at }));
  return { ...seen, row: closed };
}

/** A speaker that the viewer may see, with its list; under the lock, if asked. */
export async function speakerFound(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<{ speaker: SpeakerRow; on: ListFound }> {
  const seen = found(await speakerById(tx, id));
  if (!lock) {
    const standing = await engine.standing(tx, seen.proceedingId);
    return { speaker: seen, on: await lookUp(tx, standing, seen.list) };
  }
  const on = await holdList(tx, engine, seen.proceedingId, seen.list);
  return { speaker: found(await speakerById(tx, id)), on };
}

/** Where a registration lies until its list closes: who may know of it. */
export const placeOf = (list: ListName, side: string): string =>
  list === 'stakeholders' ? trayOf(side) : PARTIES;

/** Where an exchange of places lies: organizations read what their list is in, and not the parties'. */
export const swapPlaceOf = (list: ListName): string => (list === 'stakeholders' ? CASE : PARTIES);
