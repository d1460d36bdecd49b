import type { Definition } from '../../kernel/definition.js';
import { LANGUAGES, type Language } from '../../platform/labels/languages.js';

/** What a sentence may be built from, whatever the event. */
const ALWAYS = ['state', 'mechanism', 'event', 'at'] as const;
const SOMETIMES = ['detail', 'due', 'was', 'isNow', 'days'] as const;
type Field = (typeof ALWAYS | typeof SOMETIMES)[number];

/** What an event tells beside that: nothing else of its entry may be said. */
const TELLS: Readonly<Record<string, readonly Field[]>> = {
  moved: ['detail'],
  'expiry-without-move': ['detail'],
  'deadline-recomputed': ['detail', 'was', 'isNow'],
  'deadline-cancelled': ['detail', 'was'],
  'deadline-lapsed': ['detail', 'due'],
  'deadline-approaching': ['detail', 'due', 'days'],
  'deadline-overdue': ['detail', 'due'],
  'deadline-escalated': ['detail', 'due'],
};

/** A text with `{fields}` in it, by language. */
type Template = Readonly<Partial<Record<Language, string>>>;
interface EventWords {
  readonly event: string;
  readonly moves?: readonly string[] | undefined;
  /** Without it, the general one. */
  readonly subject?: Template | undefined;
  readonly sentence: Template;
}

/** What the notices of a mechanism say, whichever of its versions a proceeding runs under. */
export interface NoticeWords {
  readonly mechanism: string;
  readonly general: { readonly subject: Template; readonly sentence: Template };
  readonly events: readonly EventWords[];
}

/** What is known of one event, in the words of a language. */
export type Told = Readonly<Record<(typeof ALWAYS)[number], string>> &
  Readonly<Partial<Record<(typeof SOMETIMES)[number], string>>>;

const FIELD = /\{([^{}]*)\}/g;
const fieldsIn = (text: string): string[] => [...text.matchAll(FIELD)].map(([, name]) => name!);

/** The words of a subject and a sentence. */
interface NoticeText {
  readonly subject: string;
  readonly sentence: string;
}

/**
 * What a notice says. An entry that lacks something which the words of its event need is told in the
 * general words: there are no holes.
 */
export function sayNotice(
  { general, events }: NoticeWords,
  { event, move, told }: { readonly event: string; readonly move?: string; readonly told: Told },
  language: Language,
): NoticeText {
  const own = events.find(
    (each) => each.event === event && (each.moves?.includes(move ?? '') ?? true),
  );
  const fill = (template: Template | undefined, instead: Template): string => {
    const text = (template ?? instead)[language]!;
    const whole = fieldsIn(text).every((name) => told[name as Field] !== undefined);
    const fit = whole ? text : instead[language]!;
    return fit.replaceAll(FIELD, (_, name: Field) => told[name]!);
  };
  return {
    subject: fill(own?.subject, general.subject),
    sentence: fill(own?.sentence, general.sentence),
  };
}

/** What is wrong with the words of a mechanism, a line each. */
export function wordFaults(
  { mechanism, general, events: all }: NoticeWords,
  { definitions, events }: { definitions: readonly Definition[]; events: readonly string[] },
): string[] {
  const versions = definitions.filter(({ key }) => key === mechanism);
  if (versions.length === 0) return [`  ${mechanism}: no such mechanism`];
  const moves = new Set(versions.flatMap((each) => each.moves.map(({ move }) => move)));
  const generally = [
    ...templateFaults('general.subject', general.subject, ALWAYS),
    ...templateFaults('general.sentence', general.sentence, ALWAYS),
  ];
  const particular = all.flatMap(({ event, moves: named = [], subject, sentence }, at) => {
    const place = `events[${at}]`;
    const fields = [...ALWAYS, ...(TELLS[event] ?? [])];
    return [
      ...(events.includes(event) ? [] : [`${place}: no such event ${event}`]),
      ...named.filter((move) => !moves.has(move)).map((move) => `${place}: no such move ${move}`),
      ...(subject ? templateFaults(`${place}.subject`, subject, fields) : []),
      ...templateFaults(`${place}.sentence`, sentence, fields),
    ];
  });
  return [...generally, ...particular].map((fault) => `  ${mechanism} words ${fault}`);
}

/** Every language says it, of what there is to say, and none says less than English. */
function templateFaults(place: string, template: Template, fields: readonly string[]): string[] {
  const english = new Set(fieldsIn(template.en ?? ''));
  return LANGUAGES.flatMap((language) => {
    const text = template[language];
    if (text === undefined) return [`${place}: lacks ${language}`];
    const named = fieldsIn(text);
    const unknown = named.filter((name) => !fields.includes(name));
    const missing = [...english].filter((name) => !named.includes(name));
    const stray = /[{}]/.test(text.replaceAll(FIELD, ''));
    return [
      ...unknown.map((name) => `${place}.${language}: no such field {${name}}`),
      ...missing.map((name) => `${place}.${language}: lacks {${name}}`),
      ...(stray ? [`${place}.${language}: a brace that opens or closes no field`] : []),
    ];
  });
}
