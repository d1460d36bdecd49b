import type { Definition, VisibilityRule } from './definition.js';
import { isZone } from './instants.js';
import { deadlineFlaws } from './soundness-deadlines.js';
import { graphFlaws } from './soundness-graph.js';
import { admissibilityFlaws, intakeFlaws } from './soundness-intake.js';
import { itemFlaws } from './soundness-items.js';
import { moveFlaws } from './soundness-moves.js';
import {
  type Catalogue,
  flaw,
  type Flaw,
  NameCheck,
  namesOf,
  type Path,
  repeated,
} from './soundness-names.js';

export type { Catalogue, Flaw } from './soundness-names.js';

const COMPARTMENTS = ['case', 'parties', 'committee', 'identity', 'desk:*', 'filed:*', 'joint:*'];
const SIDE = 'side';

const headerFlaws = (definition: Definition, check: NameCheck): Flaw[] => [
  ...(isZone(definition.zone)
    ? []
    : [flaw(['zone'], `“${definition.zone}” is not a time zone that is known`)]),
  ...check.one(['holidays'], definition.holidays, 'calendars'),
  ...check.one(['start'], definition.start, 'stages'),
  ...Object.keys(definition.parameters).flatMap((name) =>
    check.one(['parameters', name], name, 'parameters'),
  ),
  ...(definition.unverified ?? []).flatMap((name, index) =>
    Object.hasOwn(definition.parameters, name)
      ? []
      : [flaw(['unverified', index], `“${name}” is not a parameter of this definition`)],
  ),
];

const repeatedNames = (definition: Definition): Flaw[] => {
  const named = (list: string, key: string, names: readonly string[]): Flaw[] =>
    repeated(names, (index) => [list, index, key]);
  const { roles, stages, moves, deadlines, documents } = definition;
  return [
    ...named(
      'roles',
      'role',
      roles.map((each) => each.role),
    ),
    ...named(
      'stages',
      'stage',
      stages.map((each) => each.stage),
    ),
    ...named(
      'moves',
      'move',
      moves.map((each) => each.move),
    ),
    ...named(
      'deadlines',
      'deadline',
      deadlines.map((each) => each.deadline),
    ),
    ...named(
      'documents',
      'kind',
      documents.map((each) => each.kind),
    ),
  ];
};

const roleFlaws = (definition: Definition, check: NameCheck): Flaw[] =>
  definition.roles.flatMap(({ except }, index) =>
    check.each(['roles', index, 'except'], except ?? [], 'roles'),
  );

const documentFlaws = (definition: Definition, check: NameCheck): Flaw[] =>
  definition.documents.flatMap((kind, index) => {
    const path = ['documents', index];
    return [
      ...check.each([...path, 'by'], kind.by, 'roles'),
      ...check.each([...path, 'during'], kind.during, 'stages'),
      ...check.one([...path, 'publishedAt'], kind.publishedAt, 'stages'),
      ...check.one([...path, 'deadline'], kind.deadline, 'deadlines'),
      ...((kind.deadline === undefined) === (kind.late === undefined)
        ? []
        : [flaw([...path, 'late'], '`deadline` and `late` come together')]),
      ...(kind.registration !== undefined && kind.late !== 'refuse'
        ? [flaw([...path, 'registration'], 'is for kinds of which late ones are refused')]
        : []),
      ...check.one(
        [...path, 'partners', 'acceptedUntil'],
        kind.partners?.acceptedUntil,
        'deadlines',
      ),
      ...(kind.partners && !definition.visibility.some((rule) => rule.compartment === 'joint:*')
        ? [flaw([...path, 'partners'], 'needs the compartment “joint:*”')]
        : []),
    ];
  });

/** A row of access cannot leave out one holder of a standing principal. */
const exceptionFlaws = (path: Path, rule: VisibilityRule, definition: Definition): Flaw[] =>
  rule.readers.flatMap((reader, index) =>
    (definition.roles.find((role) => role.role === reader)?.except ?? [])
      .filter((other) => !rule.readers.includes(other))
      .map((other) => flaw([...path, index], `“${reader}” cannot read without “${other}”`)),
  );

const visibilityFlaws = (definition: Definition, check: NameCheck): Flaw[] => [
  ...(definition.visibility.some((rule) => rule.compartment === 'case' && !rule.during)
    ? []
    : [flaw(['visibility'], 'the compartment “case” is missing')]),
  ...definition.visibility.flatMap((rule, index) => {
    const path = ['visibility', index];
    const readers = [...path, 'readers'];
    const sided = rule.compartment.endsWith('*');
    return [
      ...(COMPARTMENTS.includes(rule.compartment)
        ? []
        : [flaw([...path, 'compartment'], `is none of ${COMPARTMENTS.join(', ')}`)]),
      ...rule.readers.flatMap((reader, nth) =>
        sided && reader === SIDE ? [] : check.one([...readers, nth], reader, 'roles'),
      ),
      ...repeated(rule.readers, (nth) => [...readers, nth]),
      ...exceptionFlaws(readers, rule, definition),
      ...check.each([...path, 'during'], rule.during ?? [], 'stages'),
    ];
  }),
];

const responseFlaws = ({ responses }: Definition): Flaw[] => {
  if (!responses) return [];
  const { values, deemed } = responses;
  return [
    ...repeated(values, (index) => ['responses', 'values', index]),
    ...(values.includes(deemed) ? [] : [flaw(['responses', 'deemed'], 'is none of the values')]),
  ];
};

const followUpFlaws = ({ followUp }: Definition, check: NameCheck): Flaw[] => {
  if (!followUp) return [];
  const gradings = ['status', 'assessments'] as const;
  return [
    ...check.each(['followUp', 'during'], followUp.during, 'stages'),
    ...gradings.flatMap((name) => [
      ...check.each(['followUp', name, 'by'], followUp[name].by, 'roles'),
      ...repeated(followUp[name].grades, (index) => ['followUp', name, 'grades', index]),
    ]),
  ];
};

/**
 * Everything that is unsound about a definition, none left out; empty when it can run. All
 * names are known, all stages can be reached and left, all deadlines computed and expired.
 */
export const faultsOf = (definition: Definition, catalogue: Catalogue): Flaw[] => {
  const check = new NameCheck(namesOf(definition, catalogue));
  return [
    ...headerFlaws(definition, check),
    ...repeatedNames(definition),
    ...roleFlaws(definition, check),
    ...graphFlaws(definition),
    ...moveFlaws(definition, check),
    ...deadlineFlaws(definition, check),
    ...documentFlaws(definition, check),
    ...itemFlaws(definition, check),
    ...intakeFlaws(definition, check),
    ...admissibilityFlaws(definition, check),
    ...visibilityFlaws(definition, check),
    ...responseFlaws(definition),
    ...followUpFlaws(definition, check),
  ];
};
