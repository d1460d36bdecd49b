import type { z } from 'zod';
import { flaw, type Flaw, type Path } from '../../kernel/soundness-names.js';

const partsOf = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === 'number' ? part : String(part)));

const isSame = (one: Flaw, other: Flaw): boolean =>
  one.path === other.path && one.message === other.message;

/**
 * Which shape of several was meant? The one with the least wrong. Where that is not clear,
 * what is wrong under all of them, and that none fits.
 */
const nearest = (path: Path, shapes: readonly Flaw[][]): Flaw[] => {
  const least = Math.min(...shapes.map((each) => each.length));
  const [first = [], ...others] = shapes.filter((each) => each.length === least);
  if (others.length === 0) return first;
  const common = first.filter((one) =>
    others.every((shape) => shape.some((other) => isSame(one, other))),
  );
  return [...common, flaw(path, 'has none of the shapes that are possible here')];
};

/** The issues of a parse, one for each fault, each at the deepest place that is known. */
export const explainIssues = (issues: readonly z.core.$ZodIssue[], under: Path = []): Flaw[] =>
  issues.flatMap((issue) => {
    const path = [...under, ...partsOf(issue.path)];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => flaw([...path, key], 'is not a known field'));
    }
    if (issue.code === 'invalid_union') {
      return nearest(
        path,
        issue.errors.map((shape) => explainIssues(shape, path)),
      );
    }
    return [flaw(path, issue.message)];
  });
