import { z } from 'zod';
import { Refused } from '../refused.js';
import { requestContext } from '../request-context.js';
import { token } from './fields.js';
import { isWritable } from './validation.js';

/** Nobody counts further: the answer says that there are more. */
const MOST = 10_000;

const countParameter = z
  .enum(['true', 'false'])
  .optional()
  .meta({ description: '`true`: say how many there are in all', param: { id: 'Count' } });

/** The parameter of a list that comes whole. */
export const wholeQuery = z.strictObject({ count: countParameter });

/** What is no cursor has a refusal of its own. */
export const opaque = token.max(1000);

/** The parameters of every list. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Items a page', param: { id: 'Limit' } }),
  cursor: opaque
    .optional()
    .meta({ description: '`next` of the page before; opaque', param: { id: 'Cursor' } }),
  count: countParameter,
};

const countSchema = z
  .strictObject({
    total: z
      .int()
      .max(MOST + 1)
      .meta({ description: 'Of all pages, under the filters' }),
    capped: z.boolean().meta({ description: 'There are at least so many: counting stopped' }),
  })
  .meta({ id: 'Count', description: 'Where `count=true` asked for it' });

/** A page: its items, and the cursor of the one that follows, if any does. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({
    items: z.array(item),
    count: countSchema.optional(),
    next: opaque.nullable(),
  });

interface Count {
  readonly total: number;
  readonly capped: boolean;
}
interface Page<T> {
  readonly items: T[];
  readonly count?: Count;
  readonly next: string | null;
}

/** The parameters of a page, as a list's operation parsed them. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly count?: 'true' | 'false' | undefined;
}

export type Key = readonly (string | number)[];

const currentList = (): string => requestContext.current()?.operation ?? '';

/** The list that gives it out and the sort key of the last item that was shown, as text. */
export const writeCursor = (key: Key): string =>
  Buffer.from(JSON.stringify([currentList(), ...key])).toString('base64url');

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
    const [, ...key] = z.tuple([z.literal(currentList()), ...shape]).parse(parsed);
    if (key.some((part) => typeof part === 'string' && !isWritable(part))) throw new Error();
    return key;
  } catch {
    throw new Refused('malformed-cursor');
  }
}

/** Where a list is read from; it also counts what a statement would find. */
interface Source<Reads> {
  readonly lists: Reads;
  count(list: (reads: Reads) => Promise<unknown>): Promise<number>;
}

/** What of a list is read: behind a key, and how many items (and one more, if there is one). */
export interface Part<K extends Key = Key> {
  readonly after: K | undefined;
  readonly limit: number;
}

/** A list is one statement: shown and counted are the same rows, under the same row security. */
interface List<Reads, R, K extends Key> {
  /** One zod type for each part of the sort key. */
  readonly key: readonly z.ZodType[];
  readonly rows: (reads: Reads, part: Part<K>) => Promise<R[]>;
  readonly keyOf: (row: R) => K;
}

/** Reads the rows of a page, and counts all of them where asked. */
async function readPart<Reads, R, K extends Key>(
  source: Source<Reads>,
  query: PageQuery,
  { key, rows }: List<Reads, R, K>,
): Promise<{ rows: R[]; count?: Count }> {
  const after = readCursor(query.cursor, key) as K | undefined;
  const part = await rows(source.lists, { after, limit: query.limit });
  const count = await countAsked(source, query, rows);
  return { rows: part, ...(count && { count }) };
}

/** How many there are of a list in all, where that was asked. */
export async function countAsked<Reads, K extends Key>(
  source: Source<Reads>,
  { count: asked }: PageQuery,
  rows: (reads: Reads, part: Part<K>) => Promise<unknown>,
): Promise<Count | undefined> {
  if (asked !== 'true') return undefined;
  const whole = { after: undefined, limit: MOST };
  return countOf(await source.count((reads) => rows(reads, whole)));
}

/** A page of a list. */
export async function readPage<Reads, R, K extends Key, T>(
  source: Source<Reads>,
  query: PageQuery,
  list: List<Reads, R, K> & { readonly item: (row: R) => T },
): Promise<Page<T>> {
  const { rows, count } = await readPart(source, query, list);
  return page(rows, query.limit, list.keyOf, list.item, count);
}

/** A page of several lists that share one sort key, the first part of which is an instant. */
export async function readTogether<Reads, R, T>(
  source: Source<Reads>,
  query: PageQuery,
  lists: readonly List<Reads, R, Key>[],
  item: (row: R) => T,
): Promise<Page<T>> {
  const parts: { rows: R[]; count?: Count }[] = [];
  for (const list of lists) parts.push(await readPart(source, query, list));
  const { keyOf } = lists[0]!;
  const textOf = (row: R): string => keyOf(row).join(' ');
  const rows = parts
    .flatMap((part) => part.rows)
    .toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  const counts = parts.flatMap(({ count }) => count ?? []);
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  return page(rows, query.limit, keyOf, item, counts.length > 0 ? countOf(total) : undefined);
}

const countOf = (total: number): Count => ({
  total: Math.min(total, MOST + 1),
  capped: total > MOST,
});

/** Cuts the one row too many that was asked for, and says whether there was one. */
function page<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => Key,
  item: (row: R) => T,
  count?: Count,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null;
  return { items: shown.map(item), ...(count && { count }), next };
}

/** A page of what is in memory; its cursor is a place in it. */
export function pageOfAll<R, T>(
  all: readonly R[],
  { limit, cursor, count: asked }: PageQuery,
  item: (row: R) => T,
): Page<T> {
  const [from = 0] = (readCursor(cursor, [z.int().min(0)]) ?? []) as number[];
  const count = asked === 'true' ? countOf(all.length) : undefined;
  return page(all.slice(from, from + limit + 1), limit, () => [from + limit], item, count);
}

/** A list that is answered whole, for the procedure bounds it. */
export const whole = <T>(items: T[], { count: asked }: Pick<PageQuery, 'count'>): Page<T> => ({
  items,
  ...(asked === 'true' && { count: countOf(items.length) }),
  next: null,
});
