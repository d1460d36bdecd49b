import type { Definition } from './definition.js';
import type { PledgeRule, RecommendationRule } from './item-rules.js';
import { flaw, type Flaw, type NameCheck, type Path } from './soundness-names.js';

type At = (...fields: string[]) => Path;

const recommendationFlaws = (
  at: At,
  { wording, split, withdrawnDuring = [], ...item }: RecommendationRule,
  check: NameCheck,
): Flaw[] => [
  ...check.each(at('by'), item.by, 'roles'),
  ...check.each(at('during'), item.during, 'stages'),
  ...check.each(at('wording', 'during'), wording?.during ?? [], 'stages'),
  ...check.each(at('wording', 'correctedBy'), wording?.correctedBy ?? [], 'roles'),
  ...check.each(at('wording', 'deliveredBy'), wording?.deliveredBy ?? [], 'roles'),
  ...check.each(at('wording', 'deliveredDuring'), wording?.deliveredDuring ?? [], 'stages'),
  ...check.one(at('wording', 'corrigendaUntil'), wording?.corrigendaUntil, 'deadlines'),
  ...check.each(at('withdrawnDuring'), withdrawnDuring, 'stages'),
  ...check.each(at('split', 'askedBy'), split?.askedBy ?? [], 'roles'),
  ...check.each(at('split', 'decidedBy'), split?.decidedBy ?? [], 'roles'),
  ...check.each(at('split', 'during'), split?.during ?? [], 'stages'),
  ...check.each(at('labelledBy'), item.labelledBy, 'roles'),
  ...check.each(at('labelledDuring'), item.labelledDuring, 'stages'),
  ...check.each(at('answeredBy'), item.answeredBy, 'roles'),
  ...check.each(at('answeredDuring'), item.answeredDuring, 'stages'),
  ...check.each(at('answeredInRoom'), item.answeredInRoom, 'stages'),
];

const pledgeFlaws = (at: At, { by, during, publishedAt }: PledgeRule, check: NameCheck): Flaw[] => [
  ...check.each(at('by'), by, 'roles'),
  ...check.each(at('during'), during, 'stages'),
  ...check.one(at('publishedAt'), publishedAt, 'stages'),
];

const reportFlaws = ({ report, deadlines }: Definition, check: NameCheck): Flaw[] => {
  const owned = deadlines.flatMap(({ each }, index) =>
    each && !report
      ? [flaw(['deadlines', index, 'each'], 'owed by each, but there is no report to sign off')]
      : [],
  );
  if (!report) return owned;
  return [
    ...check.one(['report', 'document'], report.document, 'kinds'),
    ...check.each(['report', 'during'], report.during, 'stages'),
    ...check.each(['report', 'circulatedBy'], report.circulatedBy, 'roles'),
    ...check.one(['report', 'signedBy'], report.signedBy, 'roles'),
  ];
};

/** Items and the report speak of known roles, stages, deadlines and documents. */
export const itemFlaws = (definition: Definition, check: NameCheck): Flaw[] => [
  ...(definition.items ?? []).flatMap((item, index) => {
    const at: At = (...fields) => ['items', index, ...fields];
    if (item.item === 'voluntary-pledge') return pledgeFlaws(at, item, check);
    return [
      ...recommendationFlaws(at, item, check),
      ...(definition.responses
        ? []
        : [flaw(at('answeredBy'), 'answers, but there are no responses')]),
    ];
  }),
  ...reportFlaws(definition, check),
];
