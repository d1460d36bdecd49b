import type { Cell, Workbook, Worksheet } from 'exceljs';
import excel from 'exceljs';
import { XLSX } from '../../src/platform/formats/media-types.js';
import type { Client } from '../setup/api.js';

/** A worklist as somebody has it open: its rows by id, its columns by title. */
export class Sheet {
  private constructor(
    readonly book: Workbook,
    readonly page: Worksheet,
  ) {}

  static async open(bytes: Buffer): Promise<Sheet> {
    const book = new excel.Workbook();
    await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
    return new Sheet(book, book.worksheets[0]!);
  }

  /** Downloads it. */
  static async of(who: Client, url: string, query: Record<string, string> = {}): Promise<Sheet> {
    const answer = await who.get(url, query).buffer(true).parse(binary).expect(200);
    return Sheet.open(answer.body as Buffer);
  }

  get titles(): string[] {
    return (this.page.getRow(1).values as string[]).slice(1);
  }

  get ids(): string[] {
    return this.rows.map((row) => row['Id']!);
  }

  /** As texts, by title. */
  get rows(): Record<string, string>[] {
    const rows: Record<string, string>[] = [];
    this.page.eachRow((row, n) => {
      if (n === 1) return;
      rows.push(
        Object.fromEntries(this.titles.map((title, at) => [title, row.getCell(at + 1).text])),
      );
    });
    return rows;
  }

  cell(id: string, title: string): Cell {
    const column = this.titles.indexOf(title) + 1;
    if (column === 0) throw new Error(`no column ${title}`);
    return this.page.getRow(this.ids.indexOf(id) + 2).getCell(column);
  }

  write(id: string, texts: Readonly<Record<string, string>>): this {
    for (const [title, text] of Object.entries(texts)) this.cell(id, title).value = text;
    return this;
  }

  async bytes(): Promise<Buffer> {
    return Buffer.from(await this.book.xlsx.writeBuffer());
  }

  /** Sends it back. */
  async send(who: Client, url: string, query: Record<string, string> = {}) {
    return who.upload(url, await this.bytes(), { type: XLSX, query });
  }
}

type Parse = (
  answer: NodeJS.ReadableStream,
  done: (error: Error | null, bytes: Buffer) => void,
) => void;

const binary = ((answer, done) => {
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => done(null, Buffer.concat(chunks)));
}) as Parse as never;
