import { createHash } from 'node:crypto';
import { refusal, type Facts, type Refusal } from '../../kernel/refusal.js';
import type { ReadRow, SheetRead } from '../../platform/workbook/sheet.js';
import type { Change, Column, Item } from './worklists.rules.js';

/** A cell of the sheet, and what stands against it. */
export interface CellRefused {
  readonly sheet: string;
  /** As the program names it: `F12`. */
  readonly cell: string;
  readonly row: number;
  readonly id: string | null;
  readonly code: string;
  readonly facts: Facts;
}

/** A change with the row that it stands in. */
export interface RowChanged extends Change {
  readonly n: number;
}

/** The columns of every list, before its own. */
export const ID = 'id';
export const VERSION = 'version';

/** The address of a cell in a row, by the key of its column. */
export const cellAt = ({ letters }: SheetRead, key: string, n: number): string =>
  `${letters[key] ?? letters[ID] ?? 'A'}${n}`;

/**
 * Whether the file is the list that it is sent as: of this review, this kind and this side, with all
 * of its columns.
 */
export function sheetRefused(
  { mark, letters }: SheetRead,
  { expected, columns }: { expected: Readonly<Record<string, string>>; columns: readonly Column[] },
): Refusal | null {
  const differs = Object.keys(expected).filter((key) => mark[key] !== expected[key]);
  if (differs.length > 0) {
    const found = Object.fromEntries(differs.map((key) => [key, mark[key] ?? null]));
    return refusal('worklist-differs', { expected, found });
  }
  const keys = [ID, VERSION, ...columns.map(({ key }) => key)];
  const missing = keys.filter((key) => letters[key] === undefined);
  return missing.length > 0 ? refusal('worklist-incomplete', { missing }) : null;
}

/** What the file keeps of each row: whether anybody wrote in it since, it tells by this. */
export const rowMarks = (
  columns: readonly Column[],
  items: readonly Item[],
): Record<string, string> =>
  Object.fromEntries(
    items.map(({ id, cells }) => [rowMark(id), digestOf(columns, (key) => tidy(cells[key]))]),
  );

const rowMark = (id: string): string => `row ${id}`;

function digestOf(columns: readonly Column[], text: (key: string) => string): string {
  const texts = columns.filter(({ filled }) => filled).map(({ key }) => [key, text(key)]);
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url');
}

/**
 * What rows change, against the items as they are now. Rows may be moved, hidden or left out; one in
 * which nobody wrote, or that says what is there already, says nothing: unless what the sheet shows
 * is handed in, and something else is there by now.
 */
export function compareRows(
  sheet: SheetRead,
  columns: readonly Column[],
  items: readonly Item[],
  { handsIn = false } = {},
): {
  readonly changes: RowChanged[];
  readonly refused: CellRefused[];
  readonly unchanged: number;
  /** The items of which it says something, as they will be. */
  readonly shown: readonly string[];
} {
  const known = new Map(items.map((item) => [item.id, item]));
  const seen = new Set<string>();
  const changes: RowChanged[] = [];
  const refused: CellRefused[] = [];
  const shown: string[] = [];
  let unchanged = 0;
  for (const row of sheet.rows) {
    const id = textIn(row, ID);
    const item = known.get(id);
    const refuse = (key: string, code: string, facts: Facts = {}): void => {
      const where = { sheet: sheet.title, cell: cellAt(sheet, key, row.n), row: row.n };
      refused.push({ ...where, id: id === '' ? null : id, code, facts });
    };
    const faults = Object.entries(row.cells).filter(([, cell]) => 'fault' in cell);
    for (const [key, cell] of faults) if ('fault' in cell) refuse(key, cell.fault);
    if (faults.length > 0) continue;
    if (!item) refuse(ID, 'row-unknown');
    else if (seen.has(id)) refuse(ID, 'row-repeated');
    else {
      seen.add(id);
      const untouched = sheet.mark[rowMark(id)] === digestOf(columns, (key) => textIn(row, key));
      const change = changeIn(row, { columns, item, untouched, handsIn }, refuse);
      if (change) changes.push(change);
      else unchanged += 1;
      if (change || says(row, columns)) shown.push(id);
    }
  }
  return { changes, refused, unchanged, shown };
}

/** Whether anything stands in the cells that are filled in. */
const says = (row: ReadRow, columns: readonly Column[]): boolean =>
  columns.some(({ key, filled }) => filled && textIn(row, key) !== '');

interface Compared {
  readonly columns: readonly Column[];
  readonly item: Item;
  /** Nobody wrote in it since it was made. */
  readonly untouched: boolean;
  /** What the rows say is handed in at once: what others prepared meanwhile would go out unread. */
  readonly handsIn: boolean;
}

/** What a row asks for; undefined where it says what is there, or was refused. */
function changeIn(
  row: ReadRow,
  { columns, item, untouched, handsIn }: Compared,
  refuse: (key: string, code: string, facts?: Facts) => void,
): RowChanged | undefined {
  const { id, version, cells } = item;
  const asked = columns.filter(({ filled }) => filled);
  const given = Object.fromEntries(asked.map(({ key }) => [key, textIn(row, key)]));
  const differs = ({ key }: Column): boolean => textIn(row, key) !== tidy(cells[key]);
  const had = Number(textIn(row, VERSION));
  // As it went out, or as it was sent back before, when everything that it says is there.
  const differing = asked.some(differs);
  if (!differing || (untouched && !(handsIn && had !== version))) {
    if (had === version) refuseChanged(row, columns, cells, refuse);
    return undefined;
  }
  if (had !== version) {
    refuse(VERSION, 'stale', { given: textIn(row, VERSION), version });
    return undefined;
  }
  if (refuseChanged(row, columns, cells, refuse)) return undefined;
  // Emptied, or never begun: what is not said takes nothing back.
  if (Object.values(given).every((text) => text === '')) return undefined;
  return { n: row.n, id, version, given };
}

/** Cells that are there to be read, and were written in. */
function refuseChanged(
  row: ReadRow,
  columns: readonly Column[],
  cells: Item['cells'],
  refuse: (key: string, code: string) => void,
): boolean {
  const written = columns.filter(
    ({ key, filled }) => !filled && textIn(row, key) !== tidy(cells[key]),
  );
  for (const { key } of written) refuse(key, 'cell-locked');
  return written.length > 0;
}

const textIn = ({ cells }: ReadRow, key: string): string => {
  const cell = cells[key];
  return cell && 'text' in cell ? cell.text : '';
};

/** As it comes back from a sheet. */
const tidy = (text = ''): string => text.replaceAll(/\r\n?/g, '\n').trim();
