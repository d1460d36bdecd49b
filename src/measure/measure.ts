import {
  loadMethods,
  loadVocabularies,
  proposing,
  weighWords,
  wordsOf,
  type Facet,
  type Method,
  type Weights,
} from '../modules/classification/index.js';
import { learnWeights } from './learn-weights.js';
import type { Labelled, LabelledData } from './read-labelled.js';
import type { Judged } from './score.js';

/** Issues are learnt and tried on States in turn; sessions up to this one taught the verbs. */
const FOLDS = 5;
const VERBS_READ_TO = 6;
const ISSUES = 'upr-info-issues';

/** What was said of the labelled texts, beside what people say: for each thing that is measured. */
export interface Measured {
  readonly method: Method;
  readonly category: { readonly read: Judged[]; readonly unread: Judged[] };
  readonly issues: Judged[];
  /** By facet: the reviews that the terms were written by, and the one that they had not seen. */
  readonly lists: Readonly<
    Record<'themes' | 'affectedPersons' | 'sdgGoals', { read: Judged[]; unread: Judged[] }>
  >;
  /** Labels of the lists that are in no vocabulary. */
  readonly unknown: readonly string[];
  /** Milliseconds for one text. */
  readonly time: number;
}

/** Measures the methods of a folder against labelled data; learns anew what is learnt. */
export function measure(folder: string, data: LabelledData): Measured {
  const [method] = loadMethods(folder) as [Method];
  const propose = proposing(method);
  const texts = [...data.export, ...data.lists].map(({ text }) => text);
  const started = performance.now();
  const proposals = new Map(texts.map((text) => [text, propose(text)]));
  const time = (performance.now() - started) / texts.length;
  const known = knownNames(folder);
  const unknown = new Set<string>();
  const judge = (row: Labelled, facet: Facet, kind: string): Judged => ({
    said: new Set(proposals.get(row.text)![facet].map(({ code }) => code)),
    is: new Set(
      [...row.labels[kind]!].flatMap((name) => {
        const code = known.get(method.vocabularies[facet].vocabulary)?.get(name);
        if (code === undefined) unknown.add(name);
        return code ?? [];
      }),
    ),
  });
  const [first, last] = [2, 3].map((cycle) => data.lists.filter((row) => row.cycle === cycle));
  const listed = (facet: Facet, kind: string) => ({
    read: first!.map((row) => judge(row, facet, kind)),
    unread: last!.map((row) => judge(row, facet, kind)),
  });
  const lists = {
    themes: listed('themes', 'themes'),
    affectedPersons: listed('affectedPersons', 'persons'),
    sdgGoals: { read: [], unread: listed('sdgGoals', 'sdgs').unread },
  };
  const categories = (rows: readonly Labelled[]) =>
    rows.map((row) => judge(row, 'category', 'action'));
  return {
    method,
    category: {
      read: categories(data.export.filter(({ session }) => session <= VERBS_READ_TO)),
      unread: categories(data.export.filter(({ session }) => session > VERBS_READ_TO)),
    },
    issues: judgeIssues(data.export, known.get(ISSUES)!),
    lists,
    unknown: [...unknown].toSorted(),
    time,
  };
}

/** What data sets call the codes, by vocabulary. A code that has no such name is called itself. */
function knownNames(folder: string): Map<string, Map<string, string>> {
  return new Map(
    loadVocabularies(folder).map(({ vocabulary, codes }) => [
      vocabulary,
      new Map(
        codes.flatMap(({ code, known = [code] }) =>
          known.map((name): [string, string] => [name, code]),
        ),
      ),
    ]),
  );
}

/** Every text is judged by weights that were learnt without its States, and so without itself. */
function judgeIssues(rows: readonly Labelled[], names: ReadonlyMap<string, string>): Judged[] {
  const states = [...new Set(rows.flatMap((row) => row.states))].toSorted();
  const foldOf = new Map(states.map((state, at) => [state, at % FOLDS]));
  const codes = [...new Set(names.values())];
  return Array.from({ length: FOLDS }, (_, fold) => {
    const inFold = (state: string): boolean => foldOf.get(state) === fold;
    const others = rows.filter((row) => !row.states.some(inFold));
    const weights = learnWeights(examplesOf(others, names), codes);
    return rows
      .filter((row) => inFold(row.states[0]!))
      .map((row) => ({
        said: saidBy(weights, row.text),
        is: codesOf(row, names),
      }));
  }).flat();
}

const saidBy = (weights: Weights, text: string): Set<string> =>
  new Set(weighWords(weights, wordsOf(text)).map(({ code }) => code));

const codesOf = ({ labels }: Labelled, names: ReadonlyMap<string, string>): Set<string> =>
  new Set([...labels['issues']!].flatMap((name) => names.get(name) ?? []));

const examplesOf = (rows: readonly Labelled[], names: ReadonlyMap<string, string>) =>
  rows.map((row) => ({ text: row.text, states: row.states, codes: codesOf(row, names) }));

/** The weights that are shipped: learnt from everything. */
export function learnIssues(folder: string, data: LabelledData): Weights {
  const names = knownNames(folder).get(ISSUES)!;
  return learnWeights(examplesOf(data.export, names), [...new Set(names.values())]);
}
