import { CASE } from '../../kernel/sides.js';
import { MASK } from '../record/index.js';
import type { Deadline } from '../proceedings/index.js';
import type { SpeakersList, SpeakerSwap } from './dialogue.entity.js';
import type { SpeakerRow } from './dialogue.repository.js';

const text = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What became of somebody on a list. */
export function statusOfSpeaker(row: SpeakerRow): 'registered' | 'listed' | 'not-drawn' | 'left' {
  if (row.leftAt !== null) return 'left';
  if (row.place !== null || row.part !== null) return 'listed';
  return row.closed && row.compartment === CASE && row.seconds === null
    ? 'not-drawn'
    : 'registered';
}

export const presentStatement = ({ beganAt, endedAt, used, cut, text: words }: SpeakerRow) =>
  beganAt && {
    beganAt: beganAt.toISOString(),
    endedAt: text(endedAt),
    seconds: used ?? 0,
    cut: cut ?? false,
    text: words,
  };

/** Whose it is may not be told to the viewer, nor what lets it be guessed: the alphabet gives places. */
export const isHidden = ({ side }: SpeakerRow): boolean => side === MASK;

/** @param mine whether the viewer sits on the side that registered: when is theirs alone */
export const presentSpeaker = (row: SpeakerRow, mine: boolean) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  list: row.list,
  part: row.part,
  side: row.side,
  name: row.name,
  filedBy: row.filedBy,
  states: row.states,
  accreditation: isHidden(row)
    ? null
    : row.accreditation && {
        status: row.accreditation,
        confirmed: row.accredited,
      },
  class: isHidden(row) ? null : row.class,
  seconds: isHidden(row) ? null : row.seconds,
  place: isHidden(row) ? null : row.place,
  status: statusOfSpeaker(row),
  registeredAt: mine ? row.registeredAt.toISOString() : null,
  statement: presentStatement(row),
  publicId: row.publicId,
  version: row.version,
});

export const presentSwap = (row: SpeakerSwap) => ({
  id: row.id,
  from: row.fromId,
  with: row.withId,
  status: row.status,
  proposedAt: row.proposedAt.toISOString(),
  answeredAt: text(row.answeredAt),
});

export const presentMoment = (row: Deadline | undefined) =>
  row ? { at: row.due.toISOString(), local: row.dueLocal, zone: row.zone } : null;

export const presentDraw = (row: SpeakersList | undefined) =>
  row?.draw && row.drawn
    ? {
        drawn: row.drawn,
        lot: 'lot' in row.draw ? row.draw.lot : null,
        byHand: 'lot' in row.draw ? null : { ...row.draw, witnesses: [...row.draw.witnesses] },
      }
    : null;

export const presentTime = (row: SpeakersList | undefined) =>
  row?.closedAt
    ? {
        member: row.memberSeconds ?? 0,
        observer: row.observerSeconds ?? 0,
        membersKnown: row.membersKnown ?? false,
      }
    : null;
