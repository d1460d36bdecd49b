import { beforeAll, describe, expect, it } from '@jest/globals';
import excel from 'exceljs';
import { readZip, writeZip } from '../formats/zip.js';
import { readWorkbook } from './read-workbook.js';
import type { SheetToWrite } from './sheet.js';
import { writeWorkbook } from './write-workbook.js';

const SHEET: SheetToWrite = {
  title: 'Positions',
  columns: [
    { key: 'id', title: 'Id', width: 10, filled: false },
    { key: 'position', title: 'Position', width: 10, filled: true, choices: ['yes', 'no'] },
    { key: 'comment', title: 'Comment', width: 30, filled: true },
  ],
  rows: [
    { id: '1', position: 'yes', comment: '=HYPERLINK("http://x.example","y")' },
    { id: '2', position: '', comment: ' two\r\nlines ' },
  ],
  help: { title: 'Help', lines: ['Position: yes, no'] },
  mark: { worklist: '1' },
  rightToLeft: false,
};
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

describe('a workbook that comes back', () => {
  let sent: Buffer;
  let parts: Map<string, Buffer>;
  beforeAll(async () => {
    sent = await writeWorkbook(SHEET);
    parts = await readZip(sent);
  });
  const packed = (more: Record<string, string | Buffer>): Promise<Buffer> =>
    writeZip([
      ...parts,
      ...Object.entries(more).map(([name, content]) => [name, Buffer.from(content)] as const),
    ]);
  const opened = async () => {
    const book = new excel.Workbook();
    await book.xlsx.load(sent as unknown as Parameters<typeof book.xlsx.load>[0]);
    const [page, help] = book.worksheets as [excel.Worksheet, excel.Worksheet];
    return { book, page, help };
  };
  const saved = async (book: excel.Workbook) => Buffer.from(await book.xlsx.writeBuffer());

  it('says what it said, every text as a text, and is the same bytes whenever it is made', async () => {
    expect(await readWorkbook(sent)).toEqual({
      title: 'Positions',
      mark: {
        worklist: '1',
        'column id': 'Id',
        'column position': 'Position',
        'column comment': 'Comment',
      },
      letters: { id: 'A', position: 'B', comment: 'C' },
      rows: [
        {
          n: 2,
          cells: {
            id: { text: '1' },
            position: { text: 'yes' },
            comment: { text: '=HYPERLINK("http://x.example","y")' },
          },
        },
        {
          n: 3,
          cells: { id: { text: '2' }, position: { text: '' }, comment: { text: 'two\nlines' } },
        },
      ],
    });
    expect((await writeWorkbook(SHEET)).equals(sent)).toBe(true);
  });

  it('is read by its columns, wherever they and the sheets have gone', async () => {
    const { book, page, help } = await opened();
    page.spliceColumns(2, 0, ['Notes', 'mine']);
    page.name = 'Whatever';
    Object.assign(help, { orderNo: -1 });
    const { letters, title } = await readWorkbook(await saved(book));
    expect([title, letters]).toEqual(['Whatever', { id: 'A', position: 'C', comment: 'D' }]);
  });

  it('tells the cells that are no texts', async () => {
    const { book, page } = await opened();
    page.getCell('B2').value = { formula: '1+1', result: 2 };
    page.getCell('C2').value = { richText: [{ text: 'a ' }, { text: 'word' }] };
    page.getCell('B3').value = { error: '#REF!' };
    page.getCell('C3').value = 4.5;
    page.mergeCells('A4:B4');
    page.getCell('A4').value = 'merged';
    const { rows } = await readWorkbook(await saved(book));
    expect(rows.map(({ cells }) => [cells['position'], cells['comment']])).toEqual([
      [{ fault: 'cell-formula' }, { text: 'a word' }],
      [{ fault: 'cell-unreadable' }, { text: '4.5' }],
      [{ fault: 'cell-unreadable' }, { text: '' }],
    ]);
  });

  it.each([
    ['macros', 'active-content', () => packed({ 'xl/vbaProject.bin': 'x' })],
    ['an old macro sheet', 'active-content', () => packed({ 'xl/macrosheets/sheet1.xml': '<x/>' })],
    ['a bomb', 'zip-bomb', () => packed({ 'xl/media/a.bin': Buffer.alloc(8 * 1024 * 1024) })],
    [
      'a password',
      'encrypted-file',
      () => Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['half of it missing', 'damaged-file', () => sent.subarray(0, sent.length / 2)],
    ['another kind of package', 'unsupported-type', () => writeZip([['a.txt', Buffer.from('a')]])],
    ['plain text', 'unsupported-type', () => Buffer.from('id;position')],
    ['nothing', 'empty-file', () => Buffer.alloc(0)],
  ])('is refused with %s', async (_, code, make) => {
    await expect(Promise.resolve(make()).then(readWorkbook)).rejects.toMatchObject({ code });
  });

  it('is refused where it is no worklist, or has more rows than any', async () => {
    const { book } = await opened();
    book.removeWorksheet('comity');
    await expect(saved(book).then(readWorkbook)).rejects.toMatchObject({
      code: 'unsupported-type',
    });
    const long = await opened();
    long.page.getCell('A5002').value = 'x';
    const refused = { code: 'document-too-complex', facts: { rows: 5002, limit: 5000 } };
    await expect(saved(long.book).then(readWorkbook)).rejects.toMatchObject(refused);
  });
});
