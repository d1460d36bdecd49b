import type { PublicReader, PublicReads } from '../../platform/database/public-reader.js';
import type { Key, Part } from '../../platform/http/paging.js';
import type { ItemKind } from './items.rules.js';

export type RecordTable = 'proceeding' | ItemKind;

/** Bodies are stored as they go out. */
interface Stored {
  id: string;
  body: string;
}
export type Filter = Readonly<Record<string, string | number | boolean | undefined>>;

/** Equality on the columns that were asked for. */
export function where(
  filter: Filter,
  first: number,
): { text: string; values: (string | number | boolean)[] } {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const text = given.map(([column], index) => `AND x.${column} = $${first + index}`).join(' ');
  return { text, values: given.map(([, value]) => value!) };
}

/** A list of bodies as a statement, in the order of the columns that `key` names. */
export interface Listed {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly key: readonly string[];
}

export function bodies(
  table: Exclude<RecordTable, 'recommendation'>,
  filter: Filter,
  { after, limit }: Part,
): Listed {
  const { text, values } = where(filter, 3);
  const from = after ? 'AND x.id > $2' : 'AND $2::uuid IS NULL';
  return {
    text: `SELECT x.id, x.body FROM record.${table} x WHERE true ${text} ${from} ORDER BY x.id LIMIT $1`,
    values: [limit + 1, after?.[0] ?? null, ...values],
    key: ['id'],
  };
}

/** Whether anything that a side said is in the record. */
export const sidePublished = async (reader: PublicReader, side: string): Promise<boolean> =>
  (await reader.row('SELECT true AS there FROM record.assessment WHERE side = $1 LIMIT 1', [
    side,
  ])) !== undefined;

/** In the order of sessions and labels. */
export function recommendationBodies(
  { recommender, unanswered, ...filter }: Filter & { recommender?: string; unanswered?: number },
  { after, limit }: Part,
): Listed {
  const { text, values } = where(filter, 5);
  const asked =
    recommender === undefined
      ? ''
      : `AND x.id IN (SELECT r.recommendation_id
    FROM record.recommender r WHERE r.iso3 = $${5 + values.length})`;
  const silent = unanswered === undefined ? '' : 'AND x.position IS NULL';
  const from = after
    ? 'AND (x.session, x.label_order, x.id) > ($2::int, $3::text, $4::uuid)'
    : 'AND $2::int IS NULL AND $3::text IS NULL AND $4::uuid IS NULL';
  return {
    text: `SELECT x.id, x.session, x.label_order, x.body FROM record.recommendation x
     WHERE true ${text} ${asked} ${silent} ${from}
     ORDER BY x.session, x.label_order, x.id LIMIT $1`,
    values: [
      limit + 1,
      ...(after ?? [null, null, null]),
      ...values,
      ...(recommender === undefined ? [] : [recommender]),
    ],
    key: ['session', 'label_order', 'id'],
  };
}

interface JoinedRow {
  items: Buffer;
  rows: Buffer;
  last: Buffer | null;
}

/**
 * A page as the database joins it: the bodies as they go out, in UTF-8, with commas between them.
 * They never become text on the way, since nothing is done with them.
 *
 * @returns `last`: the sort key of the last item, where another follows it
 */
export async function joinedPage(
  reader: PublicReader,
  { text, values, key }: Listed,
): Promise<{ items: Buffer; empty: boolean; last: Key | undefined }> {
  const all = ['body', ...key].map((column) => `array_agg(p.${column}) AS ${column}`);
  const shown = key.map((column) => `a.${column}[$1 - 1]`);
  const joined = `SELECT
      convert_to(coalesce(array_to_string(a.body[:$1 - 1], ','), ''), 'UTF8') AS items,
      convert_to(coalesce(cardinality(a.body), 0)::text, 'UTF8') AS rows,
      CASE WHEN cardinality(a.body) = $1
        THEN convert_to(json_build_array(${shown.join(', ')})::text, 'UTF8') END AS last
    FROM (SELECT ${all.join(', ')} FROM (${text}) p) a`;
  const { items, rows, last } = await reader.bytes<JoinedRow>(joined, values);
  return {
    items,
    empty: String(rows) === '0',
    last: last ? (JSON.parse(String(last)) as Key) : undefined,
  };
}

/** Whether some session bears the number. */
export const sessionExists = async (reader: PublicReader, number: number): Promise<boolean> =>
  (await reader.row('SELECT FROM reference.session WHERE number = $1 LIMIT 1', [number])) !==
  undefined;

export const bodyById = (
  reader: PublicReader,
  table: RecordTable,
  id: string,
): Promise<Stored | undefined> =>
  reader.row(`SELECT id, body FROM record.${table} WHERE id = $1`, [id]);

type StoredFile = { version: number; language: string } & (
  | { fileKey: string; mediaType: string; bytes: string; sha256: string }
  /** Withdrawn: nothing but its place is left. */
  | { fileKey: null }
);

/** The file asked for; without a language the first that the document itself names. */
export const fileOf = (
  reader: PublicReader,
  id: string,
  version: number | undefined,
  language: string | undefined,
): Promise<StoredFile | undefined> =>
  reader.row(
    `SELECT version, language, file_key AS "fileKey", media_type AS "mediaType", bytes, sha256
     FROM record.file WHERE document_id = $1 AND ($2::int IS NULL OR version = $2)
       AND ($3::text IS NULL OR language = $3)
     ORDER BY version DESC, original DESC, language LIMIT 1`,
    [id, version ?? null, language ?? null],
  );

interface ChangeRow {
  sequence: string;
  at: Date;
  what: string;
  kind: string;
  id: string;
}

export const changesAfter = (
  reader: PublicReader,
  after: number,
  limit: number,
): Promise<ChangeRow[]> =>
  reader.rows(
    `SELECT sequence, at, what, kind, item_id AS id FROM record.change
     WHERE sequence > $1 ORDER BY sequence LIMIT $2`,
    [after, limit + 1],
  );

export const symbolPublished = async (reader: PublicReader, symbol: string): Promise<boolean> =>
  (await reader.row('SELECT true AS there FROM record.document WHERE symbol = $1 LIMIT 1', [
    symbol,
  ])) !== undefined;

export interface RootRow {
  day: string;
  root: string;
  tree: string;
  previous: string;
  sealedAt: Date;
}
const ROOT = 'r.day::text AS day, r.root, r.tree, r.previous, r.sealed_at AS "sealedAt"';

/** The latest first. */
export const rootPage = (reader: PublicReads, { after, limit }: Part): Promise<RootRow[]> =>
  reader.rows(
    `SELECT ${ROOT} FROM record.root r WHERE $1::date IS NULL OR r.day < $1
     ORDER BY r.day DESC LIMIT $2`,
    [after?.[0] ?? null, limit + 1],
  );

export const rootOfDay = (reader: PublicReader, day: string): Promise<RootRow | undefined> =>
  reader.row(`SELECT ${ROOT} FROM record.root r WHERE r.day = $1`, [day]);

/** A recommendation of another cycle. */
export interface Related {
  id: string;
  cycle: number;
  session: number;
  label: string;
}

/** Whatever reads the record. */
interface Rows {
  rows<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
}

/** No chain is longer, nor branches more. */
const MOST_RELATED = 200;

const related = (reads: Rows, first: string, step: string, order: string, values: unknown[]) =>
  reads.rows<Related>(
    `WITH RECURSIVE chain AS (${first} UNION SELECT r.id, r.repeat_of, r.proceeding_id, r.session,
         r.label, r.label_order FROM chain c JOIN record.recommendation r ON ${step})
     SELECT c.id, p.cycle, c.session, c.label FROM chain c
     JOIN record.proceeding p ON p.id = c.proceeding_id
     ORDER BY p.cycle ${order}, c.label_order, c.id LIMIT ${MOST_RELATED}`,
    values,
  );
const COLUMNS = 'r.id, r.repeat_of, r.proceeding_id, r.session, r.label, r.label_order';

/** These recommendations and all that they repeat, cycle by cycle; the latest first. */
export async function chainOf(reads: Rows, ids: readonly string[]): Promise<Related[]> {
  if (ids.length === 0) return [];
  const first = `SELECT ${COLUMNS} FROM record.recommendation r WHERE r.id = ANY ($1::uuid[])`;
  return related(reads, first, 'r.id = ANY (c.repeat_of)', 'DESC', [ids]);
}

/** All that repeat a recommendation, cycle by cycle; the earliest first. */
export function laterThan(reads: Rows, id: string): Promise<Related[]> {
  const repeats = (what: string) => `r.repeat_of @> ARRAY[${what}]`;
  const first = `SELECT ${COLUMNS} FROM record.recommendation r WHERE ${repeats('$1::uuid')}`;
  return related(reads, first, repeats('c.id'), 'ASC', [id]);
}

/** What a published recommendation repeats itself. */
export const repeatedBy = (
  reader: PublicReader,
  id: string,
): Promise<{ cycle: number; repeatOf: string[] } | undefined> =>
  reader.row(
    `SELECT p.cycle, r.repeat_of AS "repeatOf" FROM record.recommendation r
     JOIN record.proceeding p ON p.id = r.proceeding_id WHERE r.id = $1`,
    [id],
  );
