import type { Cell, Worksheet } from 'exceljs';
import { FormatRefused } from '../formats/format-refused.js';
import { FOREIGN } from '../formats/signatures.js';
import { sniff } from '../formats/sniff.js';
import { readZip } from '../formats/zip.js';
import { columnMark, MARK_SHEET, type ReadCell, type ReadRow, type SheetRead } from './sheet.js';

/** More than any review has of anything. */
const MOST_ROWS = 5_000;
const MACROS = /(?:^|\/)(?:vbaProject\.bin|activeX\/|macrosheets\/)/i;

/**
 * The sheet of a workbook that `writeWorkbook` made, as somebody sends it back. Runs in a thread.
 *
 * @throws FormatRefused for a file that is no such workbook, runs programs, or is too large
 */
export async function readWorkbook(bytes: Buffer): Promise<SheetRead> {
  await assertWorkbook(bytes);
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  const hidden = book.getWorksheet(MARK_SHEET);
  const page = book.worksheets.find(({ name }) => name !== MARK_SHEET);
  if (!hidden || !page) throw unsupported('a workbook that is no worklist');
  if (page.rowCount > MOST_ROWS) {
    throw new FormatRefused('document-too-complex', { rows: page.rowCount, limit: MOST_ROWS });
  }
  const mark = pairsOf(hidden);
  const letters = lettersOf(page, mark);
  return { title: page.name, mark, letters, rows: rowsOf(page, letters) };
}

const unsupported = (found: string): FormatRefused =>
  new FormatRefused('unsupported-type', { found, allowed: FOREIGN.xlsx });

async function assertWorkbook(bytes: Buffer): Promise<void> {
  const container = sniff(bytes);
  if (container !== 'package') throw unsupported(container);
  const entries = await readZip(bytes);
  const types = entries.get('[Content_Types].xml')?.toString('latin1') ?? '';
  const part = [...entries.keys()].find((name) => MACROS.test(name));
  if (part !== undefined || types.includes('macroEnabled')) {
    throw new FormatRefused('active-content', { part: part ?? '[Content_Types].xml' });
  }
  if (!types.includes('spreadsheetml.sheet.main+xml')) throw unsupported('another kind of package');
}

function pairsOf(page: Worksheet): Record<string, string> {
  const pairs: Record<string, string> = {};
  page.eachRow((row) => {
    const [key, value] = [textOf(row.getCell(1)), textOf(row.getCell(2))];
    if ('text' in key && 'text' in value) pairs[key.text] = value.text;
  });
  return pairs;
}

/** Where each column stands now: found by its title, for people move columns. */
function lettersOf(page: Worksheet, mark: Readonly<Record<string, string>>) {
  const titles = new Map<string, string>();
  page.getRow(1).eachCell((cell) => {
    const read = textOf(cell);
    if ('text' in read && !titles.has(read.text)) titles.set(read.text, letterOf(cell));
  });
  const keys = Object.keys(mark).filter((name) => name.startsWith(columnMark('')));
  return Object.fromEntries(
    keys.flatMap((name): [string, string][] => {
      const letter = titles.get(mark[name]!.trim());
      return letter === undefined ? [] : [[name.slice(columnMark('').length), letter]];
    }),
  );
}

const letterOf = (cell: Cell): string => cell.address.replace(/\d+$/, '');

/** The rows that hold anything. */
function rowsOf(page: Worksheet, letters: Readonly<Record<string, string>>): ReadRow[] {
  const rows: ReadRow[] = [];
  page.eachRow((row, n) => {
    if (n === 1) return;
    const cells = Object.fromEntries(
      Object.entries(letters).map(([key, letter]) => [key, textOf(row.getCell(letter))]),
    );
    if (Object.values(cells).some((cell) => 'fault' in cell || cell.text !== '')) {
      rows.push({ n, cells });
    }
  });
  return rows;
}

const LINE_ENDS = /\r\n?/g;
const trimmed = (text: string): ReadCell => ({ text: text.replaceAll(LINE_ENDS, '\n').trim() });

/** What a cell says, as text; a day as RFC 3339 writes it. */
function textOf(cell: Cell): ReadCell {
  const { value } = cell;
  if (cell.isMerged && cell.master !== cell) return { fault: 'cell-unreadable' };
  if (value === null || value === undefined) return { text: '' };
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10) };
  if (typeof value !== 'object') return trimmed(String(value));
  if ('richText' in value) return trimmed(value.richText.map(({ text }) => text).join(''));
  if ('hyperlink' in value) return linkText(value.text);
  return {
    fault: 'formula' in value || 'sharedFormula' in value ? 'cell-formula' : 'cell-unreadable',
  };
}

/** The words of a link may be rich text too. */
function linkText(text: unknown): ReadCell {
  if (typeof text === 'string') return trimmed(text);
  const { richText } = (text ?? {}) as { richText?: { text: string }[] };
  return trimmed((richText ?? []).map((run) => run.text).join(''));
}
