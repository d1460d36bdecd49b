import type { Engine, FactSource } from '../proceedings/index.js';
import { countIntakes } from './intake.repository.js';
import { excessOf, missingFields, wordsOf } from './intake.rules.js';

/** How far the form has come; nothing where there is none. */
export const intakeFacts = (engine: Engine): FactSource => ({
  names: ['intake.missing', 'intake.excess', 'intake.named'],
  async gather(tx, proceedings) {
    const prepared = proceedings.filter(
      (each) => engine.definitionOf(each).intake?.during === each.status,
    );
    if (prepared.length === 0) return new Map();
    const counts = await countIntakes(
      tx,
      prepared.map(({ id }) => id),
    );
    return new Map(
      prepared.flatMap((proceeding) => {
        const count = counts.find(({ proceedingId }) => proceedingId === proceeding.id);
        const { intake } = engine.definitionOf(proceeding);
        if (!count || !intake) return [];
        const filled = count.fields.map((field) => ({ field }));
        const facts = {
          'intake.missing': missingFields(intake, filled).length,
          'intake.excess': excessOf(intake, wordsOf(count.texts.map((text) => ({ text })))),
          'intake.named': count.named,
        };
        return [[proceeding.id, facts] as const];
      }),
    );
  },
});
