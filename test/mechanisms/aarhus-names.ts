import { CODES } from '../../src/kernel/codes.js';
import { CURATOR_PARAMETERS } from '../../src/modules/committees/curator.rules.js';

const words = (text: string): Set<string> => new Set(text.split(' '));

/** What modules register that a case under the Aarhus Convention speaks of. */
export const AARHUS_NAMES = {
  facts: words(
    'intake.missing intake.excess intake.named admissibility.failed admissibility.open curator.named'.concat(
      ' documents.<kind>.submitted documents.<kind>.lapsed',
    ),
  ),
  consequences: words('hand-in erase-intake number share-determination publish-documents'),
  acts: new Set<string>(),
  anchors: new Set<string>(),
  parameters: words(['committee.body committee.distinctBy', ...CURATOR_PARAMETERS].join(' ')),
  refusalCodes: new Set(CODES.keys()),
};
