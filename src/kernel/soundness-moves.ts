import type { Comparison, Definition, Move } from './definition.js';
import { durationOf } from './instants.js';
import { flaw, type Flaw, type NameCheck, type Path } from './soundness-names.js';

const comparisonFlaws = (path: Path, comparison: Comparison, check: NameCheck): Flaw[] => {
  const flaws = check.one([...path, 'fact'], comparison.fact, 'facts');
  if ('before' in comparison) {
    flaws.push(...check.one([...path, 'before'], comparison.before, 'facts'));
  }
  if ('after' in comparison) {
    flaws.push(...check.one([...path, 'after'], comparison.after, 'facts'));
  }
  if ('ago' in comparison && !durationOf(comparison.ago)) {
    flaws.push(flaw([...path, 'ago'], `“${comparison.ago}” is not a duration`));
  }
  return flaws;
};

const requirementFlaws = (path: Path, { requires }: Move, check: NameCheck): Flaw[] =>
  requires.flatMap((atom, index) => {
    const at = [...path, 'requires', index];
    return [
      ...('any' in atom
        ? atom.any.flatMap((each, nth) => comparisonFlaws([...at, 'any', nth], each, check))
        : comparisonFlaws(at, atom, check)),
      ...check.one([...at, 'else'], atom.else, 'refusalCodes'),
    ];
  });

/** Moves lead between known stages, by known roles, and ask and do known things. */
export const moveFlaws = (definition: Definition, check: NameCheck): Flaw[] =>
  definition.moves.flatMap((move, index) => {
    const path = ['moves', index];
    return [
      ...check.each([...path, 'from'], move.from, 'stages'),
      ...check.one([...path, 'to'], move.to, 'stages'),
      ...check.each([...path, 'by'], move.by, 'roles'),
      ...requirementFlaws(path, move, check),
      ...check.each([...path, 'then'], move.then, 'consequences'),
    ];
  });
