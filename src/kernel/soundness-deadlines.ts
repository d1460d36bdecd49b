import type { DeadlineRule, Definition } from './definition.js';
import { durationOf } from './instants.js';
import { reachableFrom } from './soundness-graph.js';
import { flaw, type Flaw, type NameCheck, type Path } from './soundness-names.js';

const FIELDS = [
  'years',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
  'microseconds',
  'nanoseconds',
] as const;

/** What an offset may be made of, by unit. */
const ALLOWED: Record<DeadlineRule['unit'], readonly (typeof FIELDS)[number][]> = {
  months: ['years', 'months'],
  weeks: ['weeks'],
  days: ['days'],
  workingDays: ['days'],
  exact: ['days', 'hours', 'minutes', 'seconds'],
};

const offsetFlaws = (path: Path, { offset, unit, hour, weekday }: DeadlineRule): Flaw[] => {
  const duration = durationOf(offset);
  const odd =
    duration && FIELDS.filter((field) => duration[field] !== 0 && !ALLOWED[unit].includes(field));
  return [
    ...(duration ? [] : [flaw([...path, 'offset'], `“${offset}” is not a duration`)]),
    ...(odd ?? []).map((field) =>
      flaw([...path, 'offset'], `${field} cannot be counted in ${unit}`),
    ),
    ...(unit === 'exact' && hour !== undefined
      ? [flaw([...path, 'hour'], 'an exact deadline keeps the hour of its anchor')]
      : []),
    ...(unit !== 'weeks' && weekday !== undefined
      ? [flaw([...path, 'weekday'], 'only weeks lead to a day of the week')]
      : []),
  ];
};

/** A move made by expiry must be the clock's, from a stage in which the deadline can run. */
const expiryFlaws = (path: Path, rule: DeadlineRule, definition: Definition): Flaw[] => {
  const move = definition.moves.find((each) => each.move === rule.onExpiry.move);
  if (!move) return [];
  const clocks = definition.roles
    .filter((role) => role.holder === 'clock')
    .map((role) => role.role);
  const runs = reachableFrom(definition, rule.setAt ?? definition.start);
  return [
    ...(move.by.some((role) => clocks.includes(role))
      ? []
      : [flaw(path, `the clock may not make the move “${move.move}”`)]),
    ...(move.from.some((stage) => runs.has(stage))
      ? []
      : [flaw(path, `“${move.move}” leaves no stage in which this deadline can run`)]),
  ];
};

const extensionFlaws = (path: Path, rule: DeadlineRule, check: NameCheck): Flaw[] => {
  const { extension } = rule;
  if (!extension) return [];
  const most = durationOf(extension.most);
  return [
    ...check.one([...path, 'by'], extension.by, 'roles'),
    ...(most && most.sign > 0 ? [] : [flaw([...path, 'most'], 'is not a duration above zero')]),
  ];
};

const ruleFlaws = (
  path: Path,
  rule: DeadlineRule,
  definition: Definition,
  check: NameCheck,
): Flaw[] => {
  const { metBy } = rule;
  const kept = definition.visibility.some((each) => each.compartment === rule.compartment);
  const met = Object.values(metBy).some((by) => by !== undefined);
  return [
    ...check.one([...path, 'anchor'], rule.anchor, 'anchors'),
    ...offsetFlaws(path, rule),
    ...check.one([...path, 'owedBy'], rule.owedBy, 'roles'),
    ...(kept && !rule.compartment.includes('*')
      ? []
      : [
          flaw(
            [...path, 'compartment'],
            `“${rule.compartment}” is not one compartment of the table`,
          ),
        ]),
    ...check.one([...path, 'setAt'], rule.setAt, 'stages'),
    ...(met || rule.optional ? [] : [flaw([...path, 'metBy'], 'a duty that nothing can fulfil')]),
    ...check.one([...path, 'metBy', 'document'], metBy.document, 'kinds'),
    ...check.one([...path, 'metBy', 'move'], metBy.move, 'moves'),
    ...check.one([...path, 'metBy', 'act'], metBy.act, 'acts'),
    ...extensionFlaws([...path, 'extension'], rule, check),
    ...check.one([...path, 'onExpiry', 'move'], rule.onExpiry.move, 'moves'),
    ...expiryFlaws([...path, 'onExpiry', 'move'], rule, definition),
    ...check.each([...path, 'onExpiry', 'then'], rule.onExpiry.then ?? [], 'consequences'),
  ];
};

/** Deadlines speak of known things, can be computed, and can expire as they say. */
export const deadlineFlaws = (definition: Definition, check: NameCheck): Flaw[] =>
  definition.deadlines.flatMap((rule, index) =>
    ruleFlaws(['deadlines', index], rule, definition, check),
  );
