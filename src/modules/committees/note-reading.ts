import { bodySide, COMMITTEE, memberOf } from '../../kernel/sides.js';
import type { Engine, ReadingNote } from '../proceedings/index.js';
import { noteReading } from './conflicts.repository.js';
import { membersOf } from './members.repository.js';
import { committeeOf } from './members.rules.js';

/** What a member of a committee downloads of a case is noted: it would have to be given back. */
export const readingsNoted = (engine: Engine): ReadingNote => ({
  concerns: ({ seats }) => seats.some(({ side }) => side.startsWith('body:')),
  async note(tx, { proceedingId, documentId, kind, n, language, which }) {
    const { definition } = await engine.standing(tx, proceedingId);
    const rules = committeeOf(definition);
    const seats = tx.viewer?.seats ?? [];
    if (!rules || !seats.some(({ side }) => side === bodySide(rules.body))) return;
    const mine = seats.flatMap(({ side }) => memberOf(side) ?? []);
    const member = (await membersOf(tx, rules.body)).findLast(({ id }) => mine.includes(id));
    const place = { proceedingId, compartment: COMMITTEE, memberId: member?.id ?? null };
    await noteReading(tx, { ...place, documentId, kind, n, language, which });
  },
});
