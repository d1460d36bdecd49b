import { labelOf, type Vocabulary, type Words } from '../../platform/labels/labels.js';
import { LANGUAGES, type Language } from '../../platform/labels/languages.js';

export interface Named {
  readonly name: string;
  readonly mechanism: string | null;
  readonly title: Words;
  readonly vocabulary: Vocabulary;
}

export const presentSummary = ({ name, mechanism, title, vocabulary }: Named, to: Language) => ({
  name,
  mechanism,
  title: labelOf(title, to, name),
  size: Object.keys(vocabulary).length,
});

const inAll = (words: Words, code: string): Record<string, string> =>
  Object.fromEntries(LANGUAGES.map((language) => [language, labelOf(words, language, code)]));

export const presentVocabulary = (named: Named, to: Language, all: boolean) => {
  const { size: _, ...summary } = presentSummary(named, to);
  const entries = Object.entries(named.vocabulary).map(([code, words]) =>
    all ? { code, labels: inAll(words, code) } : { code, label: labelOf(words, to, code) },
  );
  return { ...summary, entries };
};
