import type { Definition } from '../../kernel/definition.js';
import { durationOf } from '../../kernel/instants.js';
import type { TimeRules } from '../../kernel/speaking-time.js';

/** The lists of speakers: of States in the dialogue and in the plenary, of organizations there. */
export const LISTS = ['dialogue', 'plenary', 'stakeholders'] as const;
export type ListName = (typeof LISTS)[number];

/** When they are spoken on. */
export const OCCASIONS = ['dialogue', 'plenary'] as const;
export type Occasion = (typeof OCCASIONS)[number];
export const occasionOf = (list: ListName): Occasion =>
  list === 'dialogue' ? 'dialogue' : 'plenary';

/** A list as the parameters of a definition describe it; times in seconds. */
export interface ListRules {
  readonly list: ListName;
  /** The role of whoever may register. */
  readonly by: string;
  /** The deadlines between which they may. */
  readonly opens: string;
  readonly closes: string;
  /** The move that ends the occasion: statements are recorded while it can still be made. */
  readonly until: string;
  /** The alphabet from where it was drawn to begin; or those drawn, where there are too many. */
  readonly order: 'from-first' | 'drawn';
  /** How many may speak; absent: all. */
  readonly most: number | undefined;
  readonly time: TimeRules;
  /** The body whose members have more time. */
  readonly body: string | undefined;
  /** Whether one may speak in the name of others as well, in the time of one. */
  readonly joint: boolean;
}

type Known = Definition['parameters'][string];

/** What follows the name of a list in the parameters. */
const FIELDS =
  'by opens closes until order speakers time each member observer step rounding body joint subject';
export const PARAMETERS: readonly string[] = LISTS.flatMap((list) =>
  FIELDS.split(' ').map((field) => `${list}.${field}`),
);

const secondsOf = (value: Known | undefined): number | undefined =>
  value === undefined ? undefined : durationOf(String(value))?.total('seconds');
const textOf = (value: Known | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/** Undefined where the procedure has no such list. */
export function listRulesOf({ parameters }: Definition, list: ListName): ListRules | undefined {
  const of = (field: string): Known | undefined => parameters[`${list}.${field}`];
  const [by, opens, closes] = [textOf(of('by')), textOf(of('opens')), textOf(of('closes'))];
  const until = textOf(of('until'));
  const total = secondsOf(of('time'));
  const each = secondsOf(of('each'));
  const [member, observer] = [secondsOf(of('member')) ?? each, secondsOf(of('observer')) ?? each];
  if (!by || !opens || !closes || !until) return undefined;
  if (total === undefined || member === undefined || observer === undefined) return undefined;
  return {
    list,
    by,
    opens,
    closes,
    until,
    order: of('order') === 'from-first' ? 'from-first' : 'drawn',
    most: of('speakers') === undefined ? undefined : Number(of('speakers')),
    time: {
      total,
      member,
      observer,
      step: secondsOf(of('step')) ?? 1,
      rounding: of('rounding') === 'nearest' ? 'nearest' : 'down',
    },
    body: textOf(of('body')),
    joint: of('joint') === 'one-slot',
  };
}

/** How long the State under review may speak on an occasion, all parts together; in seconds. */
export const subjectSeconds = (
  { parameters }: Definition,
  occasion: Occasion,
): number | undefined => secondsOf(parameters[`${occasion}.subject`]);

/** The lists of an occasion that the procedure has. */
export const listsOf = (definition: Definition, occasion: Occasion): ListRules[] =>
  LISTS.filter((list) => occasionOf(list) === occasion).flatMap(
    (list) => listRulesOf(definition, list) ?? [],
  );
