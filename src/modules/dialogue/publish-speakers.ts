import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { publishPage, type Proceeding } from '../proceedings/index.js';
import { coversWhole, MASK, publishSpeaker, withdrawnOf } from '../record/index.js';
import { Speaker } from './dialogue.entity.js';
import { presentStatement, statusOfSpeaker } from './dialogue.presenter.js';
import { speakersOf, type SpeakerRow } from './dialogue.repository.js';
import type { ListName } from './lists.rules.js';

/**
 * Brings what the record says of a closed list up to date: who speaks, in which order, how long, and
 * what came of it. As the procedure.
 */
export async function publishSpeakers(
  tx: Tx,
  proceeding: Proceeding,
  list: ListName,
): Promise<void> {
  const rows = (await speakersOf(tx, proceeding.id, [list])).filter(isPublic);
  const page = rows.length > 0 && (await publishPage(tx, proceeding));
  if (!page) return;
  const { mechanism, subject: state } = proceeding;
  const of = { proceedingId: page.id, mechanism, state, session: page.session };
  for (const row of rows) {
    const withdrawn = row.published ? undefined : await withdrawnOf(tx, row.publicId);
    if (withdrawn && coversWhole('speaker', withdrawn.parts)) continue;
    const publicId = await publishSpeaker(tx, row.publicId, { ...of, ...bodyOf(row) });
    if (row.publicId === null) await tx.update(Speaker, { id: row.id }, { publicId });
  }
}

/** Before everybody in the case; the State under review has no place, and nothing else to tell. */
const isPublic = ({ compartment, part, endedAt }: SpeakerRow): boolean =>
  compartment === CASE && (part === null || endedAt !== null);

function bodyOf(row: SpeakerRow) {
  const { list, part, place, side, filedBy, name, states } = row;
  const statement = presentStatement(row);
  return {
    list,
    part,
    place,
    by: side === MASK ? { side: null, name: MASK } : { side, name },
    filedBy: filedBy === side ? null : filedBy,
    states: states.filter(({ status }) => status === 'confirmed').map(({ state }) => state),
    class: row.class,
    seconds: row.seconds,
    status: statusOfSpeaker(row),
    statement: statement?.endedAt ? { ...statement, endedAt: statement.endedAt } : null,
  };
}
