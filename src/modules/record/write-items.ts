import { v7 } from 'uuid';
import type { Tx } from '../../platform/database/tx.js';
import type { ItemKind, Withdrawn } from './items.rules.js';

/** An item as it is to stand in the record. */
export interface Item {
  readonly publicId: string | null;
  readonly body: object;
  readonly columns: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Items of one kind, which have the same columns. */
interface Writing {
  readonly table: 'proceeding' | ItemKind;
  /** What the feed calls a change of something that is there. */
  readonly change?: 'updated' | 'withdrawn';
}

/** @returns the item's id in the record: the one given, or a new one (v7) */
export async function put(tx: Tx, { table, change, ...item }: Writing & Item): Promise<string> {
  const [id] = await putAll(tx, [item], { table, ...(change && { change }) });
  return id!;
}

/**
 * The only way into the record: an explicit act of a procedure, in its own transaction. What was
 * withdrawn of an item stays withdrawn, whatever is published of it later: whoever publishes asks.
 * Puts items into the record and tells the feed, in their order, by as many statements as for one;
 * what stands there already is no change.
 *
 * @returns their ids, in order
 */
export async function putAll(
  tx: Tx,
  items: readonly Item[],
  { table, change = 'updated' }: Writing,
): Promise<string[]> {
  const ids = items.map(({ publicId }) => publicId ?? v7());
  const stored = await tx.rows<{ id: string; body: string }>(
    `SELECT id, body FROM record.${table} WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  const there = new Map(stored.map(({ id, body }) => [id, body]));
  const rows = items
    .map(({ body, columns }, index) => ({
      ...columns,
      id: ids[index]!,
      body: JSON.stringify({ id: ids[index], ...body }),
    }))
    .filter(({ id, body }) => there.get(id) !== body);
  if (rows.length === 0) return ids;
  const sequences = await tx.rows<{ sequence: string }>(
    'SELECT record.next_sequence() AS sequence FROM generate_series(1, $1::int)',
    [rows.length],
  );
  const numbered = rows.map((row, index) => ({ ...row, sequence: sequences[index]!.sequence }));
  await write(tx, table, numbered, there);
  await tx.rows(
    `INSERT INTO record.change SELECT c.sequence, $1, c.what, $2, c.id
     FROM unnest($3::bigint[], $4::text[], $5::uuid[]) AS c (sequence, what, id)`,
    [
      tx.now,
      table,
      numbered.map(({ sequence }) => sequence),
      numbered.map(({ id }) => (there.has(id) ? change : 'published')),
      numbered.map(({ id }) => id),
    ],
  );
  return ids;
}

/** Those that are there are changed, the others added. */
async function write(
  tx: Tx,
  table: Writing['table'],
  rows: readonly { readonly id: string }[],
  there: ReadonlyMap<string, string>,
): Promise<void> {
  const names = Object.keys(rows[0]!);
  const given = `json_populate_recordset(NULL::record.${table}, $1::json) AS given`;
  const changed = rows.filter(({ id }) => there.has(id));
  if (changed.length > 0) {
    const set = names.filter((name) => name !== 'id').map((name) => `${name} = given.${name}`);
    await tx.rows(
      `UPDATE record.${table} AS item SET ${set.join(', ')} FROM ${given} WHERE item.id = given.id`,
      [JSON.stringify(changed)],
    );
  }
  const added = rows.filter(({ id }) => !there.has(id));
  if (added.length === 0) return;
  await tx.rows(
    `INSERT INTO record.${table} (${names.join(', ')})
     SELECT ${names.map((name) => `given.${name}`).join(', ')} FROM ${given}`,
    [JSON.stringify(added)],
  );
}

/** What of an item was withdrawn, if anything was. */
export async function withdrawnOf(tx: Tx, publicId: string | null): Promise<Withdrawn | undefined> {
  return publicId === null ? undefined : (await withdrawnOfAll(tx, [publicId])).get(publicId);
}

/** What was withdrawn of those items of which something was, by their ids in the record. */
export async function withdrawnOfAll(
  tx: Tx,
  publicIds: readonly string[],
): Promise<Map<string, Withdrawn>> {
  if (publicIds.length === 0) return new Map();
  const rows = await tx.rows<Withdrawn & { id: string }>(
    `SELECT item_id AS id, max(at) AS at, array_agg(part ORDER BY part) AS parts
     FROM record.withdrawal WHERE item_id = ANY ($1::uuid[]) GROUP BY item_id`,
    [publicIds],
  );
  return new Map(rows.map(({ id, at, parts }) => [id, { at, parts }]));
}
