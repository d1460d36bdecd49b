import { offeredAll } from '../../kernel/offered.js';
import { stateSide } from '../../kernel/sides.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing } from '../../platform/refused.js';
import { actingRefused, lateRefused, seatedSide } from '../proceedings/index.js';
import type { Speaker } from './dialogue.entity.js';
import type { SpeakerRow } from './dialogue.repository.js';
import type { ListFound } from './find-list.js';
import { keepingRefused } from './keepers.rules.js';
import { drawNeeded, isClosed, isListed, mayStand, registeringRefused } from './speakers.rules.js';
import { floorRefused } from './statements.rules.js';

const SECRETARIAT = ['secretariat'];
const codeOf = (refused: Refusal | null): string | null => refused?.code ?? null;

/** What stands against registering here for a side of one's own. */
export function registrationRefused(
  tx: Tx,
  { standing, rules, row, window }: Omit<ListFound, 'wordsUntil'>,
  speakers: readonly Pick<Speaker, 'side' | 'leftAt' | 'part'>[],
): string | null {
  const acting = actingRefused(tx, standing, { by: [rules.by], permission: 'submit' });
  if (acting !== null) return acting;
  const closed = codeOf(registeringRefused(row, window, tx.now));
  if (closed !== null) return closed;
  const there = speakers.filter((each) => each.part === null && each.leftAt === null);
  const fresh = tx.viewer?.seats.some(
    (seat) => seat.permissions.includes('submit') && !there.some(({ side }) => side === seat.side),
  );
  return fresh ? null : 'already-exists';
}

/** What stands against recording a draw for this list. */
export function drawingRefused(
  tx: Tx,
  { standing, rules, row, window }: ListFound,
  speakers: readonly SpeakerRow[],
): string | null {
  const keeping = codeOf(keepingRefused(standing));
  if (keeping !== null) return keeping;
  if ((row?.drawn ?? null) !== null) return 'already-given';
  if (rules.order === 'from-first') return null;
  if (!isClosed(row, window, tx.now)) return 'list-open';
  const listed = speakers.filter(isListed).length;
  return drawNeeded(rules, row, listed) ? null : 'already-given';
}

export const listActions = (tx: Tx, on: ListFound, speakers: readonly SpeakerRow[]) =>
  offeredAll(
    {
      register: registrationRefused(tx, on, speakers),
      'record-draw': drawingRefused(tx, on, speakers),
    },
    on.window.closes?.due.toISOString() ?? null,
  );

/** The sides that may act for a speaker: its own, and who registered it. */
export const sidesOf = ({ side, filedBy }: Pick<Speaker, 'side' | 'filedBy'>): string[] => [
  side,
  filedBy,
];

export function speakerActions(tx: Tx, on: ListFound, speaker: SpeakerRow) {
  const { standing, row } = on;
  const own = codeRefusing(() => seatedSide(tx, sidesOf(speaker), 'submit'));
  const keeping = codeOf(keepingRefused(standing));
  const spoken = speaker.beganAt === null ? null : 'already-spoken';
  const ended = speaker.endedAt === null ? 'not-speaking' : null;
  const placed = speaker.place !== null && speaker.leftAt === null ? null : 'no-place';
  const gone = speaker.leftAt === null ? null : 'already-given';
  const office = codeOf(keepingRefused(standing, SECRETARIAT));
  const words =
    office === null ? null : (own ?? ended ?? codeOf(lateRefused(on.wordsUntil, tx.now)));
  return offeredAll({
    leave: own ?? spoken ?? gone,
    confirm: standingRefused(tx, on, speaker, { confirm: true }),
    decline: standingRefused(tx, on, speaker, { confirm: false }),
    accredit:
      codeOf(keepingRefused(standing, SECRETARIAT)) ??
      (speaker.accreditation === null
        ? 'not-offered'
        : row?.drawn || speaker.publicId !== null
          ? 'already-given'
          : null),
    'propose-swap': own ?? spoken ?? placed,
    'give-floor': keeping ?? codeOf(floorRefused(speaker)),
    'end-statement': keeping ?? (spoken === null || ended === null ? 'not-speaking' : null),
    'correct-statement': keeping ?? ended,
    'put-text': words ?? ended,
  });
}

/** What stands against saying that it speaks for one's own State too, or does not. */
function standingRefused(
  tx: Tx,
  { row, window }: ListFound,
  { states }: SpeakerRow,
  saying: { confirm: boolean },
) {
  const mine = states.filter(({ state }) =>
    tx.viewer?.seats.some(
      (seat) => seat.side === stateSide(state) && seat.permissions.includes('submit'),
    ),
  );
  if (mine.length === 0) return 'wrong-role';
  if (isClosed(row, window, tx.now)) return 'list-closed';
  return mine.some((each) => mayStand(each, saying)) ? null : 'already-given';
}
