import type { Row, Workbook, Worksheet } from 'exceljs';
import { readZip, writeZip } from '../formats/zip.js';
import { columnMark, MARK_SHEET, type SheetColumn, type SheetToWrite } from './sheet.js';

const LOCKED = { argb: 'FFF2F2F2' };
const HEAD = { argb: 'FFD9E2EC' };
/** Text, whatever is typed: `=1+1` stays what it says, and a day what was written. */
const AS_TEXT = '@';
/** What Excel takes of a list that stands in the rule itself. */
const MOST_CHOICES = 255;

/** The bytes of an XLSX file with the sheet, its help, and its mark. */
export async function writeWorkbook(sheet: SheetToWrite): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  // The programs that open it say who and when; this one does not.
  book.created = new Date(0);
  book.modified = new Date(0);
  await fill(book.addWorksheet(sheet.title), sheet);
  help(book, sheet);
  const mark = book.addWorksheet(MARK_SHEET, { state: 'veryHidden' });
  for (const [key, value] of Object.entries(sheet.mark)) mark.addRow([key, value]);
  for (const { key, title } of sheet.columns) mark.addRow([columnMark(key), title]);
  // Packed anew, so that the same list is the same bytes, whenever it is asked for.
  return writeZip(await readZip(Buffer.from(await book.xlsx.writeBuffer())));
}

async function fill(page: Worksheet, { columns, rows, rightToLeft }: SheetToWrite): Promise<void> {
  page.views = [{ state: 'frozen', ySplit: 1, rightToLeft }];
  page.columns = columns.map(({ key, width }) => ({ key, width }));
  const head = page.addRow(Object.fromEntries(columns.map(({ key, title }) => [key, title])));
  style(head, columns, { head: true });
  for (const each of rows) style(page.addRow(each), columns, { head: false });
  page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  // Against slips alone: it has no password.
  await page.protect('', {
    formatColumns: true,
    formatRows: true,
    autoFilter: true,
    selectLockedCells: true,
    selectUnlockedCells: true,
  });
}

function style(row: Row, columns: readonly SheetColumn[], { head }: { head: boolean }): void {
  for (const [at, { filled, choices }] of columns.entries()) {
    const cell = row.getCell(at + 1);
    const open = filled && !head;
    cell.numFmt = AS_TEXT;
    cell.alignment = { wrapText: true, vertical: 'top' };
    cell.protection = { locked: !open };
    if (head) cell.font = { bold: true };
    if (!open) {
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: head ? HEAD : LOCKED };
    }
    const list = choices?.join(',') ?? '';
    if (open && list !== '' && list.length <= MOST_CHOICES) {
      cell.dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${list}"`],
        showErrorMessage: true,
      };
    }
  }
}

function help(book: Workbook, { help: { title, lines }, rightToLeft }: SheetToWrite): void {
  const page = book.addWorksheet(title, { views: [{ rightToLeft, showGridLines: false }] });
  page.columns = [{ width: 110 }];
  for (const line of lines) {
    const cell = page.addRow([line]).getCell(1);
    cell.numFmt = AS_TEXT;
    cell.alignment = { wrapText: true, vertical: 'top' };
  }
}
