import { latestDeadline, type Engine, type FactSource } from '../proceedings/index.js';
import { SpeakersList } from './dialogue.entity.js';
import { talliesOf } from './dialogue.repository.js';
import { LISTS, listRulesOf, OCCASIONS, occasionOf } from './lists.rules.js';
import { isClosed, statusOf } from './speakers.rules.js';

/** What rules may ask of the lists: the names of States' lists in the dialogue come first. */
const NAMES = {
  dialogue: 'speakers',
  plenary: 'plenary-speakers',
  stakeholders: 'stakeholder-speakers',
} as const;

/** Whether each list has closed and has its order, how many are on it, and whether anybody speaks. */
export const dialogueFacts = (engine: Engine): FactSource => ({
  names: [
    ...LISTS.flatMap((list) =>
      ['closed', 'settled', 'listed'].map((fact) => `${NAMES[list]}.${fact}`),
    ),
    ...OCCASIONS.map((occasion) => `${occasion}.speaking`),
  ],
  async gather(tx, proceedings) {
    const facts = new Map();
    for (const proceeding of proceedings) {
      const { id } = proceeding;
      const definition = engine.definitionOf(proceeding);
      const tallies = await talliesOf(tx, id);
      const known: Record<string, number | boolean> = {};
      for (const list of LISTS) {
        const rules = listRulesOf(definition, list);
        if (!rules) continue;
        const row = await tx.findOne(SpeakersList, { proceedingId: id, list });
        const closes = await latestDeadline(tx, id, rules.closes);
        const window = { opens: undefined, closes };
        const { listed = 0 } = tallies.find((each) => each.list === list) ?? {};
        known[`${NAMES[list]}.closed`] = isClosed(row, window, tx.now);
        const status = statusOf(rules, { row, window, listed, now: tx.now });
        known[`${NAMES[list]}.settled`] = status === 'settled';
        known[`${NAMES[list]}.listed`] = listed;
      }
      for (const occasion of OCCASIONS) {
        known[`${occasion}.speaking`] = tallies.some(
          (each) => occasionOf(each.list) === occasion && each.speaking > 0,
        );
      }
      facts.set(id, known);
    }
    return facts;
  },
});
