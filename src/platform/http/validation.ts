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

/** NUL, which PostgreSQL refuses, and half a surrogate pair, which UTF-8 cannot write. */
const UNWRITABLE = /[\0\p{Surrogate}]/u;

/** Whether a text can be kept as it is. */
export const isWritable = (text: string): boolean => !UNWRITABLE.test(text);

/** Where in parsed content, whose depth its schema bounds, a text cannot be kept. */
function unwritable(value: unknown, path: readonly PropertyKey[] = []): Issue[] {
  if (typeof value === 'string') {
    const message = 'holds a NUL character or half a surrogate pair';
    return isWritable(value) ? [] : [{ code: 'custom', path: [...path], message, input: value }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unwritable(inner, [...path, key]));
}

type Parsed<S extends z.ZodType> =
  | { readonly data: z.infer<S>; readonly issues: readonly [] }
  | { readonly issues: readonly Issue[] };

function parse<S extends z.ZodType>(schema: S, value: unknown): Parsed<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return { issues: flat(parsed.error.issues) };
  const issues = unwritable(parsed.data);
  return issues.length > 0 ? { issues } : { data: parsed.data, issues: [] };
}

const unknownKeys = (issues: readonly Issue[]): PropertyKey[][] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );

/**
 * Parses a JSON body.
 *
 * @throws Refused `unknown-field` (400) naming each, else `invalid-content` (422)
 */
export function parseBody<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = parse(schema, value);
  if ('data' in parsed) return parsed.data;
  const unknown = unknownKeys(parsed.issues).map((path): Fault => ({
    pointer: pointer(path),
    detail: 'unknown',
  }));
  if (unknown.length > 0) throw new Refused('unknown-field', {}, unknown);
  const faults = parsed.issues.map((issue): Fault => ({
    pointer: pointer(issue.path),
    detail: issue.message,
  }));
  throw new Refused('invalid-content', {}, faults);
}

/**
 * Parses a query string.
 *
 * @throws Refused `unknown-parameter` or `invalid-parameter` (400), naming each
 */
export function parseQuery<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = parse(schema, value);
  if ('data' in parsed) return parsed.data;
  const unknown = unknownKeys(parsed.issues).map((path): Fault => ({
    parameter: path.join('.'),
    detail: 'unknown',
  }));
  if (unknown.length > 0) throw new Refused('unknown-parameter', {}, unknown);
  throw new Refused(
    'invalid-parameter',
    {},
    parsed.issues.map((issue): Fault => ({
      parameter: issue.path.join('.'),
      detail: issue.message,
    })),
  );
}

/** A filter that knows no such value would find nothing, silently: it is refused instead. */
export const unknownFilter = (parameter: string, detail = 'unknown'): Refused =>
  new Refused('invalid-parameter', {}, [{ parameter, detail }]);

/** @throws Refused `invalid-parameter` for a filter's value that is none of those known */
export function assertKnown(
  parameter: string,
  value: string | undefined,
  known: readonly string[],
): void {
  if (value === undefined || known.includes(value)) return;
  throw unknownFilter(parameter, `one of: ${[...new Set(known)].join(', ')}`);
}
