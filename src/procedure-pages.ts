import 'reflect-metadata';
import { inProject } from './config/project-root.js';
import { labelsIn, MechanismsService, procedurePage } from './modules/mechanisms/index.js';

/** The page of the newest version of each procedure that comes with the platform, by its file. */
export function procedurePages(): ReadonlyMap<string, string> {
  const mechanisms = new MechanismsService({ mechanismsDir: inProject('mechanisms') });
  // In the order of versions: the newest one stays.
  return new Map(
    mechanisms.all().map((definition) => {
      const labels = labelsIn(mechanisms.vocabularies(definition), 'en');
      return [`docs/procedures/${definition.key}.md`, procedurePage(definition, labels)];
    }),
  );
}
