import type { Definition } from '../../kernel/definition.js';
import {
  labelOf,
  type Vocabularies,
  type Vocabulary,
  type Words,
} from '../../platform/labels/labels.js';
import type { Language } from '../../platform/labels/languages.js';

type English = Readonly<Record<string, string | undefined>>;

/** Codes without words of their own, for those that need none. */
const codes = (all: readonly (string | undefined)[]): English =>
  Object.fromEntries(all.flatMap((code) => (code === undefined ? [] : [[code, undefined]])));

/** The vocabularies of a procedure: every code that it can show, with the English that it has. */
const english = (definition: Definition): Record<string, English> => ({
  title: { [definition.key]: definition.title },
  roles: codes(definition.roles.map(({ role }) => role)),
  stages: codes(definition.stages.map(({ stage }) => stage)),
  'stage-meanings': Object.fromEntries(
    definition.stages.map(({ stage, meaning }) => [stage, meaning]),
  ),
  moves: codes(definition.moves.map(({ move }) => move)),
  deadlines: codes(definition.deadlines.map(({ deadline }) => deadline)),
  flags: codes(definition.deadlines.map(({ onExpiry }) => onExpiry.flag)),
  documents: codes(definition.documents.map(({ kind }) => kind)),
  triggers: codes((definition.triggers ?? []).map(({ trigger }) => trigger)),
  'intake-fields': codes((definition.intake?.fields ?? []).map(({ field }) => field)),
  'intake-help': Object.fromEntries(
    (definition.intake?.fields ?? []).map(({ field, help }) => [field, help]),
  ),
  'admissibility-tests': Object.fromEntries(
    (definition.admissibility?.tests ?? []).map(({ test, question }) => [test, question]),
  ),
  positions: codes(definition.responses?.values ?? []),
  'implementation-statuses': codes(definition.followUp?.status.grades ?? []),
  'assessment-grades': codes(definition.followUp?.assessments.grades ?? []),
});

const inWords = (plain: English, known: Vocabulary = {}): Vocabulary =>
  Object.fromEntries(
    Object.entries(plain).map(([code, en]): [string, Words] => [
      code,
      known[code] ?? (en === undefined ? {} : { en }),
    ]),
  );

/** A procedure's vocabularies; a code that nobody has labelled has the English that there is. */
export const vocabulariesOf = (definition: Definition, labels: Vocabularies): Vocabularies =>
  Object.fromEntries(
    Object.entries(english(definition))
      .map(([name, plain]): [string, Vocabulary] => [name, inWords(plain, labels[name])])
      .filter(([, vocabulary]) => Object.keys(vocabulary).length > 0),
  );

export type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What everything is called in one language. */
export const labelsIn = (vocabularies: Vocabularies, language: Language): Labels =>
  Object.fromEntries(
    Object.entries(vocabularies).map(([name, vocabulary]) => [
      name,
      Object.fromEntries(
        Object.entries(vocabulary).map(([code, words]) => [code, labelOf(words, language, code)]),
      ),
    ]),
  );
