import {
  EMBARGO_GRACE_HOURS,
  EMBARGO_WARNING_HOURS,
  releaseOf,
  warningOf,
} from '../../kernel/embargo.js';
import { dueAt } from '../../kernel/deadlines.js';
import { secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import type { DueRow, DueSource, DutySource, Engine } from '../proceedings/index.js';
import { Publication } from './documents.entity.js';
import { authored, endingEmbargoes } from './documents.repository.js';
import { publishDocuments } from './publish-documents.js';

/** The clock's part in embargoes: a warning, and the release when the grace is over. Once each. */
export const embargoDues = (engine: Engine): DueSource => ({
  next: (tx, before, without) =>
    tx.row<DueRow>(
      `SELECT id, proceeding_id AS "proceedingId", key, due FROM casework.next_embargo($1,
         make_interval(hours => $2), make_interval(hours => $3), $4::uuid[])`,
      [before, EMBARGO_WARNING_HOURS, EMBARGO_GRACE_HOURS, without],
    ),
  async fire(tx, proceeding, { id, key, due }) {
    // Asked again under the lock: it may have been extended meanwhile.
    const rows = await tx.find(Publication, { documentId: id, endedAt: null });
    const until = rows[0]?.until?.toISOString();
    if (until === undefined) return;
    const falls = Date.parse(key === 'embargo-end' ? releaseOf(until) : warningOf(until));
    if (falls !== due.getTime()) return;
    const set = key === 'embargo-end' ? { endedAt: due } : { warnedAt: due };
    await tx.update(Publication, { documentId: id }, set);
    for (const row of rows) await tell(tx, row, { key, due, until });
    if (key !== 'embargo-end') return;
    await publishDocuments(tx, proceeding, engine.definitionOf(proceeding), due);
  },
});

const tell = (
  tx: Tx,
  { proceedingId, compartment, documentId }: Publication,
  { key, due, until }: { key: string; due: Date; until: string },
): Promise<void> => {
  const ended = key === 'embargo-end';
  const what = ended ? 'embargo-ended' : 'embargo-ending';
  const facts = { documentId, until };
  return append(tx, { proceedingId, compartment, what, by: 'clock', at: due, facts });
};

/** Somebody has to decide before an embargo ends: its side, who filed it, and the secretariat. */
export const embargoDuties = (engine: Engine): DutySource => ({
  async owed(tx, reads, part) {
    const sides = tx.viewer?.seats.map(({ side }) => side) ?? [];
    const soon = new Date(tx.now.getTime() + EMBARGO_WARNING_HOURS * 3_600_000);
    const rows = await authored(tx, await endingEmbargoes(reads, { before: soon, ...part }));
    return rows.map(({ side, filedBy, until, id, proceedingId, subject, ...pin }) => {
      const { zone } = engine.definitionOf(pin);
      const due = dueAt(until.toISOString(), zone);
      const own = sides.includes(side) || sides.includes(filedBy);
      const office = sides.includes(secretariatSide(pin.mechanism)) && !own;
      const owedBy = office ? 'secretariat' : 'filer';
      return {
        id,
        proceedingId,
        state: subject,
        key: 'embargo-end',
        owedBy,
        due: until,
        dueLocal: due.local,
        zone,
      };
    });
  },
});
