import type { Tx } from '../../platform/database/tx.js';
import type { Speaker, SpeakerSwap } from './dialogue.entity.js';
import type { ListName } from './lists.rules.js';
import { withAuthors } from '../proceedings/index.js';
import { MASK } from '../record/index.js';

export interface JointState {
  state: string;
  status: string;
}

/** A speaker with the name under which it speaks, and the States in whose name as well. */
export interface SpeakerRow extends Speaker {
  name: string;
  /** Whose it is was withdrawn, whoever may still learn it. */
  nameless: boolean;
  /** Whether the record has it. */
  published: boolean;
  /** Whether its list takes registrations no longer. */
  closed: boolean;
  states: JointState[];
}

const ROW = `
  SELECT s.id, s.proceeding_id AS "proceedingId", s.compartment, s.list, s.side,
    s.filed_by AS "filedBy", s.part, s.accreditation, s.accredited, s.class, s.seconds, s.place,
    s.registered_at AS "registeredAt", s.left_at AS "leftAt", s.began_at AS "beganAt",
    s.ended_at AS "endedAt", s.used, s.cut, s.text, s.public_id AS "publicId", s.version,
    identity.side_name(s.side) AS name, s.side = '${MASK}' AS nameless,
    EXISTS (SELECT FROM record.speaker p WHERE p.id = s.public_id) AS published,
    EXISTS (SELECT FROM casework.speakers_list l WHERE l.proceeding_id = s.proceeding_id
      AND l.list = s.list AND l.closed_at IS NOT NULL) AS closed,
    (SELECT coalesce(json_agg(json_build_object('state', c.iso3, 'status', c.status)
        ORDER BY c.iso3), '[]')
      FROM casework.co_speaker c WHERE c.speaker_id = s.id) AS states
  FROM casework.speaker s`;

/** With whose they are, where that was withdrawn and the viewer may still learn it. */
const authored = (tx: Tx, rows: readonly SpeakerRow[]): Promise<SpeakerRow[]> =>
  withAuthors(tx, rows, (row, { side, filedBy, states }) => ({
    ...row,
    side,
    filedBy,
    name: side,
    states: (states ?? []) as JointState[],
  }));

/** All of some lists that the viewer may see, those who left too; those with a place first. */
export const speakersOf = async (
  tx: Tx,
  proceedingId: string,
  lists: readonly ListName[],
): Promise<SpeakerRow[]> =>
  authored(
    tx,
    await tx.rows(
      `${ROW} WHERE s.proceeding_id = $1 AND s.list = ANY ($2)
       ORDER BY s.list, s.place NULLS LAST, identity.side_name(s.side) COLLATE "C", s.id`,
      [proceedingId, lists],
    ),
  );

export async function speakerById(tx: Tx, id: string): Promise<SpeakerRow | undefined> {
  const row = await tx.row<SpeakerRow>(`${ROW} WHERE s.id = $1`, [id]);
  return row && (await authored(tx, [row]))[0];
}

/** Open proposals, and what became of those before, in the order of their making. */
export const swapsOf = (tx: Tx, proceedingId: string, list: ListName): Promise<SpeakerSwap[]> =>
  tx.rows(
    `SELECT w.id, w.proceeding_id AS "proceedingId", w.compartment, w.list,
       w.from_id AS "fromId", w.with_id AS "withId", w.from_place AS "fromPlace",
       w.with_place AS "withPlace", w.status, w.proposed_at AS "proposedAt",
       w.answered_at AS "answeredAt"
     FROM casework.speaker_swap w WHERE w.proceeding_id = $1 AND w.list = $2
     ORDER BY w.proposed_at, w.id`,
    [proceedingId, list],
  );

/** The English short name of a State; undefined for a code that is none. */
export async function stateName(tx: Tx, iso3: string): Promise<string | undefined> {
  const row = await tx.row<{ name: string }>(
    `SELECT identity.side_name('state:' || s.iso3) AS name FROM reference.state s
     WHERE s.iso3 = $1 AND s.kind <> 'organization'`,
    [iso3],
  );
  return row?.name;
}

/** On which lists of these proceedings somebody has the floor now. */
export const floorsOf = (
  tx: Tx,
  proceedingIds: readonly string[],
): Promise<{ proceedingId: string; list: ListName }[]> =>
  tx.rows(
    `SELECT s.proceeding_id AS "proceedingId", s.list FROM casework.speaker s
     WHERE s.proceeding_id = ANY ($1) AND s.began_at IS NOT NULL AND s.ended_at IS NULL`,
    [proceedingIds],
  );
