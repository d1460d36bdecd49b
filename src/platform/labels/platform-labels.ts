import { inProject } from '../../config/project-root.js';
import type { Language } from './languages.js';
import { labelOf, readVocabularies } from './labels.js';

/** The words of the platform's own codes, which no procedure defines. */
export const PLATFORM_LABELS = readVocabularies(inProject('labels/platform.yaml'));

/** What a code of the platform is called in a language; the code itself, where it has no word. */
export const platformLabel = (vocabulary: string, code: string, language: Language): string =>
  labelOf(PLATFORM_LABELS[vocabulary]?.[code], language, code);
