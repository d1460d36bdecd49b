import { contract } from '../../src/contract.js';
import { CODES } from '../../src/kernel/codes.js';
import type { Definition } from '../../src/kernel/definition.js';
import { inProject } from '../../src/config/project-root.js';
import { loadLayouts } from '../../src/modules/summaries/load-layouts.js';
import { leftOutParts } from '../../src/platform/formats/marked-lines.js';
import { MEDIA_TYPES } from '../../src/platform/formats/media-types.js';
import { FINDINGS } from '../../src/platform/formats/finding.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import { sources } from '../architecture/sources.js';

/** Every code that there is, by its vocabulary: what the labels are held against. */

/** Enumerations that nobody reads as words. */
const UNSPOKEN: readonly { readonly values: readonly string[]; readonly because: string }[] = [
  { values: ['true', 'false'], because: 'a switch' },
  { values: [...LANGUAGES, 'all'], because: 'a parameter; the languages have a vocabulary' },
  {
    values: [...CODES.keys()],
    because: 'the vocabulary of problems, which is the catalogue itself',
  },
  { values: ['days', 'weeks', 'months', 'workingDays', 'exact'], because: 'arithmetic of a rule' },
  { values: ['refuse', 'flag'], because: 'what a rule does' },
  { values: ['filed', 'parties'], because: 'compartments, which have a vocabulary' },
  { values: ['one', 'many'], because: 'what a rule counts' },
  { values: ['yearly', 'continuously'], because: 'how a rule counts' },
  { values: ['others', 'self'], because: 'whom a rule is about' },
  { values: ['copy', 'original'], because: 'a parameter' },
  { values: ['docx', 'html'], because: 'a parameter' },
  { values: MEDIA_TYPES, because: 'names of formats, the same in every language' },
];

interface Enumeration {
  readonly pointer: string;
  readonly values: readonly string[];
}

function* enumerationsIn(value: unknown, pointer: string): Generator<Enumeration> {
  if (typeof value !== 'object' || value === null) return;
  const { enum: values } = value as { enum?: unknown };
  if (Array.isArray(values)) yield { pointer, values: values.map(String) };
  for (const [key, inner] of Object.entries(value))
    yield* enumerationsIn(inner, `${pointer}/${key}`);
}

const within = (values: readonly string[], known: readonly string[]): boolean =>
  values.every((value) => known.includes(value));

/** The enumerations of the contract that are shown to people: each value needs a word. */
export const enumerations = (): Enumeration[] =>
  [...enumerationsIn(contract(), '')].filter(
    ({ values }) => !UNSPOKEN.some((each) => within(values, each.values)),
  );

/** Names under which the journal enters what happened, as the code writes them. */
export function journalEvents(): string[] {
  // What a file tells beside its words is another vocabulary too.
  const written = sources('src').filter(({ path }) => !/\.spec\.ts$|\/formats\//.test(path));
  const lines = written
    .filter(({ code }) => /\b(append|tell)\(tx, |\bcloseBook\(/.test(code))
    .flatMap(({ code }) => code.split('\n'))
    // A deadline's own history is another vocabulary.
    .filter((line) => !/\bnote\(|DeadlineChange/.test(line));
  const named = lines.flatMap((line) => [
    ...(/\bwhat(?::|\s=)\s(.*)/.exec(line)?.[1]?.matchAll(/'([a-z-]+)'/g) ?? []),
  ]);
  for (const { code } of written) named.push(...code.matchAll(/\brecord\(tx, \w+, '([a-z-]+)'/g));
  return [...new Set(named.map(([, name]) => name!))].toSorted();
}

/** What can be done beside moves: the acts on a proceeding, a document, a recommendation. */
const ACTS = 'record:troika announce:troika ask:own-region ask:substitution ask:excusal begin'
  .concat(
    ' make:recommendation upload submit register-file revise edit confirm label prepare-position',
  )
  .concat(' make:voluntary-pledge circulate:list sign-off:report amend answer withdraw')
  .concat(' record-delivered ask-split decide-split')
  .concat(' put-embargo put-audience draw cancel classify')
  .concat(' register register:dialogue register:plenary register:stakeholders record-draw leave')
  .concat(' accredit propose-swap give-floor end-statement correct-statement put-text')
  .concat(' name remove accept decline seal name:assistant end')
  .concat(' prepare-follow-up prepare:follow-up')
  .concat(' ask:questions cluster:questions record-answer name:curator decide')
  .split(' ');

/** The platform's vocabularies that are no enumeration of the contract. */
export const platformCodes = (
  definitions: readonly Definition[],
): Readonly<Record<string, readonly string[]>> => ({
  languages: LANGUAGES,
  compartments: definitions.flatMap(({ visibility }) =>
    visibility.map(({ compartment }) => compartment.replace(':*', '')),
  ),
  'left-out-parts': leftOutParts,
  'summary-themes': loadLayouts(inProject('mechanisms/summaries')).flatMap(({ themes }) =>
    themes.flatMap(({ theme, under }) => [theme, ...under]),
  ),
  findings: FINDINGS,
  'offered-actions': ACTS,
  'journal-events': journalEvents(),
});
