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
import { endingEmbargoes } from './documents.repository.js';
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
    const row = await tx.findOne(Publication, { documentId: id, endedAt: null });
    if (!row?.until) return;
    const until = row.until.toISOString();
    const falls = Date.parse(key === 'embargo-end' ? releaseOf(until) : warningOf(until));
    if (falls !== due.getTime()) return;
    const set = key === 'embargo-end' ? { endedAt: due } : { warnedAt: due };
    await tx.update(Publication, { documentId: id }, set);
    await tell(tx, row, { key, due, until });
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

/** Somebody has to decide before an embargo ends: the side that filed, and the secretariat. */
export const embargoDuties = (engine: Engine): DutySource => ({
  async owed(tx, reads, part) {
    const sides = tx.viewer?.seats.map(({ side }) => side) ?? [];
    const soon = new Date(tx.now.getTime() + EMBARGO_WARNING_HOURS * 3_600_000);
    const rows = await endingEmbargoes(reads, { sides, before: soon, ...part });
    return rows.map(({ filedBy, until, id, proceedingId, subject, ...pin }) => {
      const { zone } = engine.definitionOf(pin);
      const due = dueAt(until.toISOString(), zone);
      const office = sides.includes(secretariatSide(pin.mechanism)) && !sides.includes(filedBy);
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
