import { StageEntry, type Engine, type FactSource } from '../proceedings/index.js';
import { tallyQuestions } from './questions.repository.js';
import { questionRulesOf } from './questions.rules.js';

/** Whether the questions were relayed, how many there are, and how many are not answered. */
export const questionFacts = (engine: Engine): FactSource => ({
  names: ['questions.relayed', 'questions.filed', 'questions.unanswered'],
  async gather(tx, proceedings) {
    const facts = new Map();
    for (const proceeding of proceedings) {
      const rules = questionRulesOf(engine.definitionOf(proceeding));
      if (!rules) continue;
      const { id } = proceeding;
      const made = await tx.findOne(StageEntry, { proceedingId: id, move: rules.relayedBy });
      const { filed, unanswered } = await tallyQuestions(tx, id);
      facts.set(id, {
        'questions.relayed': made !== undefined,
        'questions.filed': filed,
        'questions.unanswered': unanswered,
      });
    }
    return facts;
  },
});
