import type { z } from 'zod';
import { Refused, type Fault } from '../refused.js';

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

type Issue = z.core.$ZodIssue;

/** The issues of a union's closest branch stand for it. */
function flat(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const closest = issue.errors.reduce((a, b) => (b.length < a.length ? b : a));
    return flat(closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

/**
 * Parses a JSON body.
 *
 * @throws Refused `unknown-field` (400) naming each, else `invalid-content` (422)
 */
export function parseBody<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = flat(parsed.error.issues);
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key): Fault => ({ pointer: pointer([...issue.path, key]), detail: 'unknown' }))
      : [],
  );
  if (unknown.length > 0) throw new Refused('unknown-field', {}, unknown);
  const faults = issues.map((issue): Fault => ({ pointer: pointer(issue.path), detail: issue.message }));
  throw new Refused('invalid-content', {}, faults);
}

/**
 * Parses a query string.
 *
 * @throws Refused `unknown-parameter` or `invalid-parameter` (400), naming each
 */
export function parseQuery<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = flat(parsed.error.issues);
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key): Fault => ({ parameter: key, detail: 'unknown' }))
      : [],
  );
  if (unknown.length > 0) throw new Refused('unknown-parameter', {}, unknown);
  throw new Refused(
    'invalid-parameter',
    {},
    issues.map((issue): Fault => ({ parameter: issue.path.join('.'), detail: issue.message })),
  );
}
