import { Deadline, type Engine, type FactSource } from '../proceedings/index.js';
import { submittedKinds } from './documents.repository.js';

/** What has been handed in, and what was missed, by kind. */
export const documentFacts = (engine: Engine): FactSource => ({
  names: ['documents.<kind>.submitted', 'documents.<kind>.lapsed'],
  async gather(tx, proceedings) {
    const facts = new Map();
    for (const proceeding of proceedings) {
      const submitted = await submittedKinds(tx, proceeding.id);
      const lapsed = await tx.find(Deadline, { proceedingId: proceeding.id, status: 'lapsed' });
      const entries = engine.definitionOf(proceeding).documents.flatMap(({ kind, deadline }) => [
        [`documents.${kind}.submitted`, submitted.has(kind)],
        [
          `documents.${kind}.lapsed`,
          !submitted.has(kind) && lapsed.some(({ key }) => key === deadline),
        ],
      ]);
      facts.set(proceeding.id, Object.fromEntries(entries));
    }
    return facts;
  },
});
