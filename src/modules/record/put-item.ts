import { v7 } from 'uuid';
import type { Tx } from '../../platform/database/tx.js';
import type { WithdrawableKind } from './items.rules.js';

/**
 * The only way into the record: an explicit act of a procedure, in its own transaction.
 * Writing the same facts again changes nothing and is no change in the feed. What was withdrawn
 * of an item stays withdrawn, whatever is published of it later.
 */
interface Row {
  readonly table: 'proceeding' | WithdrawableKind;
  readonly publicId: string | null;
  readonly body: object;
  readonly columns: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** What the feed calls a change of something that is there. */
  readonly change?: 'updated' | 'withdrawn';
}

/** @returns the item's id in the record: the one given, or a new one (v7) */
export async function put(tx: Tx, row: Row): Promise<string> {
  const { table, publicId, body, columns, change = 'updated' } = row;
  const id = publicId ?? v7();
  const text = JSON.stringify({ id, ...body });
  const there = await tx.row<{ body: string }>(`SELECT body FROM record.${table} WHERE id = $1`, [
    id,
  ]);
  if (there?.body === text) return id;
  const { sequence } = (await tx.row<{ sequence: string }>(
    'SELECT record.next_sequence() AS sequence',
  ))!;
  const names = Object.keys(columns);
  const places = names.map((_, index) => `$${index + 4}`);
  const statement = there
    ? `UPDATE record.${table} SET ${['body = $2', 'sequence = $3']
        .concat(names.map((name, index) => `${name} = ${places[index]}`))
        .join(', ')} WHERE id = $1`
    : `INSERT INTO record.${table} (id, body, sequence, ${names.join(', ')})
         VALUES ($1, $2, $3, ${places.join(', ')})`;
  await tx.rows(statement, [id, text, sequence, ...Object.values(columns)]);
  await tx.rows('INSERT INTO record.change VALUES ($1, $2, $3, $4, $5)', [
    sequence,
    tx.now,
    there ? change : 'published',
    table,
    id,
  ]);
  return id;
}
