import type { Definition } from './definition.js';
import { flaw, type Flaw, type NameCheck, repeated } from './soundness-names.js';

const triggerFlaws = (definition: Definition, check: NameCheck): Flaw[] => {
  const { triggers = [], visibility, roles } = definition;
  const always = visibility.filter(({ compartment, during }) => compartment === 'case' && !during);
  const taking = roles.filter(({ principal }) => principal === undefined).map(({ role }) => role);
  return triggers.flatMap(({ by, about }, index) => {
    const at = (field: string) => ['triggers', index, field];
    const names = [...check.one(at('by'), by, 'roles'), ...check.one(at('about'), about, 'roles')];
    if (names.length > 0) return names;
    return [
      ...(always.some(({ readers }) => readers.includes(by))
        ? []
        : [flaw(at('by'), `“${by}” must always read the compartment “case”`)]),
      ...[['by', by] as const, ['about', about] as const]
        .filter(([, role]) => !taking.includes(role))
        .map(([field, role]) => flaw(at(field), `“${role}” is not held by taking part`)),
    ];
  });
};

/**
 * Whoever files must see what they file from its beginning on, and prepares it where the procedure
 * starts.
 */
export const intakeFlaws = (definition: Definition, check: NameCheck): Flaw[] => {
  const { triggers, intake, start } = definition;
  if (!triggers && !intake) return [];
  if (!triggers || !intake) return [flaw([], '`triggers` and `intake` come together')];
  const names = triggers.map(({ trigger }) => trigger);
  const fields = intake.fields.map(({ field }) => field);
  return [
    ...repeated(names, (index) => ['triggers', index, 'trigger']),
    ...triggerFlaws(definition, check),
    ...(intake.during === start ? [] : [flaw(['intake', 'during'], 'is not the start')]),
    ...check.each(['intake', 'unregistered'], intake.unregistered, 'stages'),
    ...repeated(fields, (index) => ['intake', 'fields', index, 'field']),
    ...repeated(intake.naming, (index) => ['intake', 'naming', index]),
  ];
};

export const admissibilityFlaws = ({ admissibility }: Definition, check: NameCheck): Flaw[] => {
  if (!admissibility) return [];
  const { by, during, weighedDuring, tests } = admissibility;
  const names = tests.map(({ test }) => test);
  return [
    ...check.each(['admissibility', 'by'], by, 'roles'),
    ...check.each(['admissibility', 'during'], during, 'stages'),
    ...check.each(['admissibility', 'weighedDuring'], weighedDuring, 'stages'),
    ...repeated(names, (index) => ['admissibility', 'tests', index, 'test']),
  ];
};
