import { z } from 'zod';
import { words } from '../../platform/http/fields.js';
import type { Atom, Comparison, Definition } from '../../kernel/definition.js';
import { admissibility, intake, trigger } from './intake-rule.schemas.js';
import { name, oneOrMore, text } from './names.schemas.js';

/**
 * The shape of `mechanisms/*.yaml`, strict: a field that nobody reads is a fault. What is
 * left out is either optional or an empty list. The digest that guards a version is made
 * from what this answers, so a new field must be optional and have no default.
 */

const dotted = z.string().regex(/^[a-z][\w-]*(\.[\w-]+)*$/, 'is not a dotted name');
const duration = z.string().regex(/^[+-]?P\w+$/, 'is not an ISO 8601 duration');
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not an hour, HH:MM');
const known = z.union([words, z.number(), z.boolean()]);
const names = z.array(name).default([]);

const comparisonsWith = <Extra extends z.ZodRawShape>(extra: Extra) => {
  const common = { fact: dotted, not: z.boolean().optional(), ...extra };
  return [
    z.strictObject({ ...common, is: known }),
    z.strictObject({ ...common, in: z.array(known).min(1) }),
    z.strictObject({ ...common, atLeast: z.number() }),
    z.strictObject({ ...common, atMost: z.number() }),
    z.strictObject({ ...common, before: dotted }),
    z.strictObject({ ...common, after: dotted }),
    z.strictObject({ ...common, ago: duration }),
  ] as const;
};

const comparison = z.union(comparisonsWith({})) satisfies z.ZodType<Comparison>;

const atom = z.union([
  ...comparisonsWith({ else: name }),
  z.strictObject({ any: z.array(comparison).min(1), else: name }),
]) satisfies z.ZodType<Atom>;

const role = z.strictObject({
  role: name,
  holder: z.enum([
    'state',
    'organization',
    'communicant',
    'member',
    'body',
    'secretariat',
    'clock',
  ]),
  principal: text.optional(),
  except: z.array(name).optional(),
  seat: name.optional(),
});

const stage = z.strictObject({ stage: name, final: z.boolean().optional(), meaning: text });

const move = z.strictObject({
  move: name,
  from: oneOrMore,
  to: name,
  by: oneOrMore,
  requires: z.array(atom).default([]),
  then: names,
});

const deadline = z.strictObject({
  deadline: name,
  anchor: dotted,
  offset: duration,
  unit: z.enum(['days', 'weeks', 'months', 'workingDays', 'exact']),
  weekday: z.int().min(1).max(7).optional(),
  hour: hour.optional(),
  owedBy: name,
  optional: z.boolean().optional(),
  each: z.boolean().optional(),
  compartment: text,
  setAt: name.optional(),
  metBy: z.strictObject({
    document: name.optional(),
    move: name.optional(),
    act: name.optional(),
  }),
  extension: z.strictObject({ by: name, most: duration, times: z.int().positive() }).optional(),
  onExpiry: z.strictObject({
    flag: name.optional(),
    move: name.optional(),
    then: z.array(name).min(1).optional(),
  }),
  source: text.optional(),
  unverified: z.boolean().optional(),
});

/** Hours, minutes and seconds: the same whatever the calendar says. */
const exactDuration = z
  .string()
  .regex(/^PT(\d+H)?(\d+M)?(\d+S)?$/)
  .max(20);

const documentKind = z.strictObject({
  kind: name,
  by: oneOrMore,
  limit: z
    .strictObject({
      words: z.int().positive(),
      over: z.enum(['refuse', 'flag']),
      unverified: z.boolean().optional(),
    })
    .optional(),
  during: oneOrMore,
  filedIn: z.enum(['filed', 'parties']),
  publishedAt: name.optional(),
  deadline: name.optional(),
  late: z.enum(['refuse', 'flag']).optional(),
  registration: exactDuration.optional(),
  count: z.enum(['one', 'many']),
  partners: z.strictObject({ acceptedUntil: name, most: z.int().positive() }).optional(),
  symbol: text.optional(),
  source: text.optional(),
});

const recommendation = z.strictObject({
  item: z.literal('recommendation'),
  by: oneOrMore,
  during: oneOrMore,
  wording: z
    .strictObject({
      during: oneOrMore,
      correctedBy: oneOrMore,
      deliveredBy: oneOrMore,
      deliveredDuring: oneOrMore,
      corrigendaUntil: name,
    })
    .optional(),
  withdrawnDuring: oneOrMore.optional(),
  split: z.strictObject({ askedBy: oneOrMore, decidedBy: oneOrMore, during: oneOrMore }).optional(),
  labelledBy: oneOrMore,
  labelledDuring: oneOrMore,
  answeredBy: oneOrMore,
  answeredDuring: oneOrMore,
  answeredInRoom: oneOrMore,
});

const pledge = z.strictObject({
  item: z.literal('voluntary-pledge'),
  by: oneOrMore,
  during: oneOrMore,
  publishedAt: name,
});

const report = z.strictObject({
  document: name,
  during: oneOrMore,
  circulatedBy: oneOrMore,
  signedBy: name,
  reservationsDuring: oneOrMore.optional().meta({ example: ['wg-adopted'] }),
});

const grading = z.strictObject({
  by: oneOrMore,
  grades: z.array(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'is not a grade')).min(1),
  source: text.optional(),
});

const followUp = z.strictObject({ during: oneOrMore, status: grading, assessments: grading });

const visibilityRule = z.strictObject({
  compartment: text,
  readers: names,
  during: z.array(name).min(1).optional(),
});

export const definitionSchema = z.strictObject({
  key: name,
  version: z.int().positive(),
  draft: z.boolean(),
  title: text,
  family: z.enum(['review', 'communication']),
  legalBasis: z
    .array(z.strictObject({ citation: text, unverified: z.boolean().optional() }))
    .min(1),
  zone: text,
  holidays: name,
  roles: z.array(role).min(1),
  stages: z.array(stage).min(1),
  start: name,
  treaty: name.optional(),
  triggers: z.array(trigger).min(1).optional(),
  intake: intake.optional(),
  admissibility: admissibility.optional(),
  moves: z.array(move).min(1),
  deadlines: z.array(deadline).default([]),
  documents: z.array(documentKind).default([]),
  items: z.array(z.discriminatedUnion('item', [recommendation, pledge])).optional(),
  report: report.optional(),
  visibility: z.array(visibilityRule).min(1),
  responses: z.strictObject({ values: z.array(name).min(1), deemed: name }).optional(),
  followUp: followUp.optional(),
  parameters: z.record(dotted, known).default({}),
  unverified: z.array(dotted).min(1).optional(),
}) satisfies z.ZodType<Definition>;

type Spelled<T> = T extends readonly (infer Element)[]
  ? Spelled<Element>[]
  : T extends object
    ? { [Key in keyof T]-?: Spelled<T[Key]> }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Proved<T extends true> = T;

/** Compiles only while the schema has every field of the kernel's types, and no other. */
export type SchemaSpellsDefinition = Proved<
  Same<Spelled<Definition>, Spelled<z.output<typeof definitionSchema>>>
>;

const holidayYear = z
  .strictObject({
    year: z.int(),
    /** Not read in a source: to be checked against the circular of that year. */
    unverified: z.boolean().optional(),
    days: z.array(z.strictObject({ date: z.iso.date(), name: text })),
  })
  .refine(({ year, days }) => days.every((day) => day.date.startsWith(`${year}-`)), {
    path: ['days'],
    message: 'has a day of another year',
  });

/** The shape of `mechanisms/holidays/*.yaml`. */
export const holidayCalendarSchema = z.strictObject({
  calendar: name,
  title: text,
  source: text.optional(),
  years: z.array(holidayYear).min(1),
});

export type HolidayCalendar = z.output<typeof holidayCalendarSchema>;
