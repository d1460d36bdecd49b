import { z } from 'zod';
import { Refused } from '../refused.js';
import { requestContext } from '../request-context.js';
import { isWritable } from './validation.js';

/** The two parameters of every list. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Items a page', param: { id: 'Limit' } }),
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: '`next` of the page before; opaque', param: { id: 'Cursor' } }),
};

/** A page: its items, and the cursor of the one that follows, if any does. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

export type Key = readonly (string | number)[];

const list = (): string => requestContext.current()?.operation ?? '';

/** The list that gives it out and the sort key of the last item that was shown, as text. */
export const writeCursor = (key: Key): string =>
  Buffer.from(JSON.stringify([list(), ...key])).toString('base64url');

/**
 * The sort key that a cursor carries.
 *
 * @param shape one zod type for each part
 * @throws Refused `malformed-cursor`
 */
export function readCursor(
  cursor: string | undefined,
  shape: readonly z.ZodType[],
): Key | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [, ...key] = z.tuple([z.literal(list()), ...shape]).parse(parsed);
    if (key.some((part) => typeof part === 'string' && !isWritable(part))) throw new Error();
    return key;
  } catch {
    throw new Refused('malformed-cursor');
  }
}

/** Cuts the one row too many that was asked for, and says whether there was one. */
export function page<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => Key,
  item: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null;
  return { items: shown.map(item), next };
}
