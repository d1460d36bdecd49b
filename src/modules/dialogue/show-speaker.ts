import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { isMine } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { presentDraw, presentMoment, presentSpeaker, presentSwap } from './dialogue.presenter.js';
import { isHidden, presentTime } from './dialogue.presenter.js';
import { speakerById, speakersOf, swapsOf } from './dialogue.repository.js';
import { lookUp, type ListFound } from './find-list.js';
import { listActions, speakerActions } from './list-actions.js';
import { isListed, statusOf } from './speakers.rules.js';

/** A list as its viewer sees it. */
export async function showList(tx: Tx, { standing, rules }: ListFound) {
  const on = await lookUp(tx, standing, rules.list);
  const { row, window } = on;
  const { id } = standing.proceeding;
  const all = await speakersOf(tx, id, [rules.list]);
  const speakers = all
    .filter(({ part }) => part === null)
    .toSorted((a, b) => Number(isHidden(a)) - Number(isHidden(b)));
  const swaps = await swapsOf(tx, id, rules.list);
  const listed = speakers.filter(isListed).length;
  return {
    list: rules.list,
    status: statusOf(rules, { row, window, listed, now: tx.now }),
    opens: presentMoment(window.opens),
    closes: presentMoment(window.closes),
    most: rules.most ?? null,
    time: presentTime(row),
    draw: presentDraw(row),
    speakers: speakers.map((each) => presentSpeaker(each, isMine(tx, each))),
    swaps: swaps.map(presentSwap),
    version: row?.version ?? 0,
    actions: listActions(tx, on, speakers),
  };
}

/** A speaker as its viewer sees it. */
export async function showSpeaker(tx: Tx, { standing, rules }: ListFound, id: string) {
  const on = await lookUp(tx, standing, rules.list);
  const row = found(await speakerById(tx, id));
  const withdrawn = await withdrawnOf(tx, row.publicId);
  return {
    ...presentSpeaker(row, isMine(tx, row)),
    withdrawn: withdrawn ? { ...withdrawn, at: withdrawn.at.toISOString() } : null,
    actions: speakerActions(tx, on, row),
  };
}
