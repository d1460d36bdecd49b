import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReadRow, SheetRead } from '../../platform/workbook/sheet.js';
import { compareRows, ID, rowMarks, VERSION } from './compare-rows.rules.js';
import { filled, shown, type Item } from './worklists.rules.js';

const COLUMNS = [shown('label', 8), filled('position', 8), filled('comment', 8)];
const text = fc.string({ maxLength: 6 });

const items = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    version: fc.nat({ max: 9 }),
    cells: fc.record({ label: text, position: text, comment: text }),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);

const tidy = (given: string): string => given.replaceAll(/\r\n?/g, '\n').trim();

/** As the file comes back, where nobody wrote in it. */
function sheetOf(list: readonly Item[]): SheetRead {
  const keys = [ID, VERSION, ...COLUMNS.map(({ key }) => key)];
  const letters = Object.fromEntries(keys.map((key, at) => [key, 'ABCDE'.charAt(at)]));
  const rows = list.map(({ id, version, cells }, at): ReadRow => {
    const texts = { ...cells, id, version: String(version) };
    const read = Object.entries(texts).map(([key, each]) => [key, { text: tidy(each) }]);
    return { n: at + 2, cells: Object.fromEntries(read) };
  });
  return { title: 'List', mark: rowMarks(COLUMNS, list), letters, rows };
}

const tidied = (given = ''): string => given.replaceAll(/\r\n?/g, '\n').trim();

const write = ({ cells, n }: ReadRow, key: string, given: string): ReadRow => ({
  n,
  cells: { ...cells, [key]: { text: given } },
});

describe('what a worklist changes', () => {
  it('is nothing where nobody wrote in it, whatever became of the items and in whatever order', () => {
    fc.assert(
      fc.property(items, fc.array(fc.nat({ max: 9 })), text, (list, kept, other) => {
        const sheet = sheetOf(list);
        const rows = kept.flatMap((at) => sheet.rows[at] ?? []);
        const some = [...new Map(rows.map((row) => [row.n, row])).values()];
        const later = list.map((item, at) =>
          at % 2
            ? { ...item, version: item.version + 1, cells: { ...item.cells, comment: other } }
            : item,
        );
        const told = compareRows({ ...sheet, rows: some }, COLUMNS, later);
        expect(told).toMatchObject({ changes: [], refused: [], unchanged: some.length });
        // Handed in at once, what says something else by now is refused, and nothing else is.
        const handed = compareRows({ ...sheet, rows: some }, COLUMNS, later, { handsIn: true });
        const there = some.map(({ cells }) => JSON.stringify(cells['id']));
        const differing = list.filter(
          ({ cells }, at) => at % 2 === 1 && tidied(cells['comment']) !== tidied(other),
        );
        const stale = differing
          .map(({ id }) => id)
          .filter((id) => there.includes(JSON.stringify({ text: id })));
        expect(handed.changes).toEqual([]);
        expect(handed.refused.every(({ code }) => code === 'stale')).toBe(true);
        expect(new Set(handed.refused.map(({ id }) => id))).toEqual(new Set(stale));
      }),
    );
  });

  it('is what was written, of the version that was read; of a later one the version is refused', () => {
    const chosen = items
      .filter((list) => list.length > 0)
      .chain((list) => fc.tuple(fc.constant(list), fc.constantFrom(...list)));
    fc.assert(
      fc.property(chosen, fc.string({ minLength: 1, maxLength: 9 }), ([list, item], said) => {
        const { id, version, cells } = item;
        const at = list.indexOf(item);
        const word = `${tidy(said)}!`;
        fc.pre(tidy(cells.comment) !== word);
        const sheet = sheetOf(list);
        const rows = sheet.rows.map((row, n) => (n === at ? write(row, 'comment', word) : row));
        const { changes, refused } = compareRows({ ...sheet, rows }, COLUMNS, list);
        expect(refused).toEqual([]);
        const given = { position: tidy(cells.position), comment: word };
        expect(changes).toEqual([{ n: at + 2, id, version, given }]);
        const later = list.map((each) =>
          each === item ? { ...each, version: version + 1 } : each,
        );
        const stale = compareRows({ ...sheet, rows }, COLUMNS, later);
        expect(stale.changes).toEqual([]);
        expect(stale.refused).toMatchObject([{ cell: `B${at + 2}`, code: 'stale', id }]);
      }),
    );
  });

  it('shows what it says something of: a row that was emptied hands nothing in', () => {
    const cells = { label: '1', position: 'noted', comment: '' };
    const list = ['a', 'b', 'c'].map((id) => ({ id, version: 1, cells }));
    const sheet = sheetOf(list);
    const rows = sheet.rows
      .slice(0, 2)
      .map((row, n) => (n === 0 ? write(row, 'position', '') : row));
    const told = compareRows({ ...sheet, rows }, COLUMNS, list, { handsIn: true });
    expect(told).toEqual({ changes: [], refused: [], unchanged: 2, shown: ['b'] });
  });

  it('is refused where a cell is no text, a row is unknown or stands twice, or was only to be read', () => {
    const list = [{ id: 'a', version: 1, cells: { label: '1', position: '', comment: '' } }];
    const sheet = sheetOf(list);
    const [row] = sheet.rows as [ReadRow];
    const codes = (...rows: ReadRow[]) =>
      compareRows({ ...sheet, rows }, COLUMNS, list).refused.map(({ code, cell }) => [code, cell]);
    expect(codes(row, { ...row, n: 3 })).toEqual([['row-repeated', 'A3']]);
    expect(codes(write(row, ID, 'b'))).toEqual([['row-unknown', 'A2']]);
    expect(codes(write(row, 'label', '2'))).toEqual([['cell-locked', 'C2']]);
    const formula = { n: 2, cells: { ...row.cells, comment: { fault: 'cell-formula' as const } } };
    expect(codes(formula)).toEqual([['cell-formula', 'E2']]);
  });
});
