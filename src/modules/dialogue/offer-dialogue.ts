import { offered } from '../../kernel/offered.js';
import { Deadline, type Offer } from '../proceedings/index.js';
import { Speaker, SpeakersList } from './dialogue.entity.js';
import { registrationRefused } from './list-actions.js';
import { LISTS, listRulesOf } from './lists.rules.js';

/** Where a procedure has lists of speakers, one can register on each while it is open. */
export const dialogueOffer: Offer = {
  async actions(tx, standing) {
    const proceedingId = standing.proceeding.id;
    const known = LISTS.flatMap((list) => listRulesOf(standing.definition, list) ?? []);
    if (known.length === 0) return [];
    const deadlines = await tx.find(Deadline, { proceedingId }, { order: { due: 'DESC' } });
    const rows = await tx.find(SpeakersList, { proceedingId });
    const speakers = await tx.find(Speaker, { proceedingId });
    const latest = (key: string): Deadline | undefined =>
      deadlines.find((each) => each.key === key && each.status !== 'cancelled');
    return known.map((rules) => {
      const { list } = rules;
      const row = rows.find((each) => each.list === list);
      const window = { opens: latest(rules.opens), closes: latest(rules.closes) };
      const on = { standing, rules, row, window };
      const there = speakers.filter((each) => each.list === list);
      const because = registrationRefused(tx, on, there);
      return offered(`register:${list}`, because, window.closes?.due.toISOString());
    });
  },
};
