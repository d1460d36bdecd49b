import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { XLSX } from '../../platform/formats/media-types.js';
import { made } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import { titleIn } from '../../platform/http/problem.js';
import { readBy } from '../../platform/http/speaking.js';
import { isRightToLeft, type Language } from '../../platform/labels/languages.js';
import { found, raise, Refused } from '../../platform/refused.js';
import type { SheetRead, SheetToWrite } from '../../platform/workbook/sheet.js';
import { writeWorkbook } from '../../platform/workbook/write-workbook.js';
import { ReceiveFile } from '../documents/index.js';
import { Engine } from '../proceedings/index.js';
import {
  cellAt,
  compareRows,
  ID,
  rowMarks,
  sheetRefused,
  VERSION,
  type CellRefused,
  type RowChanged,
} from './compare-rows.rules.js';
import { Worklists } from './gather-worklists.js';
import { WORKLIST_WORDS } from './worklist-words.rules.js';
import { shown, type Item, type Opened } from './worklists.rules.js';
import type * as op from './worklists.schemas.js';

/** What the files of this version of the platform say of themselves. */
const FORMAT = '1';

type Asked = Pick<Input<typeof op.exportWorklist>, 'params' | 'language'>;

/** Lists of work that leave as workbooks, and what they bring back. */
@Injectable()
export class WorklistsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly receiving: ReceiveFile,
    private readonly lists: Worklists,
  ) {}

  async send({ viewer, params, query, language }: Input<typeof op.exportWorklist>) {
    const list = await this.work.read(viewer, (tx) => this.open(tx, { params, query }));
    const sheet = sheetOf(list, { params, language });
    const fileName = `${params.id}-${params.kind}.xlsx`;
    return made(await writeWorkbook(sheet), { mediaType: XLSX, fileName });
  }

  /** Who may not act is told so before a byte is read; what stands against it, under the lock. */
  async take({ viewer, params, query, request }: Input<typeof op.importWorklist>) {
    const asked = { params, language: readBy(request) };
    await this.work.read(viewer, (tx) => this.open(tx, { params, query }));
    const sheet = await this.receiving.sheet(request);
    return this.work.write(viewer, async (tx) => {
      const list = await this.open(tx, { params, query }, { lock: true });
      return bring(list, sheet, { ...asked, handsIn: query.submit === 'true' });
    });
  }

  private async open(
    tx: Tx,
    {
      params,
      query,
    }: Pick<Input<typeof op.exportWorklist>, 'params'> & { query: { as?: string | undefined } },
    { lock = false } = {},
  ): Promise<Opened> {
    const standing = await this.engine.standing(tx, params.id, { lock });
    return this.lists.of(params.kind).open(tx, { standing, as: query.as });
  }
}

/** What the file of a list says of itself. */
const marksOf = ({ id, kind }: Asked['params'], { mark }: Opened) => ({
  worklist: FORMAT,
  review: id,
  kind,
  ...mark,
});

function sheetOf(list: Opened, { params, language }: Asked): SheetToWrite {
  const { columns, items } = list;
  const words = WORKLIST_WORDS[language];
  const all = [shown(ID, 12), shown(VERSION, 8), ...columns];
  const chosen = columns.flatMap(({ key, choices }) =>
    choices ? [`${words.columns[key]}: ${choices.join(', ')}`] : [],
  );
  return {
    title: words.kinds[params.kind],
    columns: all.map((column) => ({ ...column, title: words.columns[column.key] ?? column.key })),
    rows: items.map(({ id, version, cells }) => ({ ...cells, id, version: String(version) })),
    help: {
      title: words.help,
      lines: [...words.lines, ...(list.submit ? [words.prepared] : []), ...chosen],
    },
    mark: { ...marksOf(params, list), ...rowMarks(columns, items) },
    rightToLeft: isRightToLeft(language),
  };
}

/** @throws Refused `worklist-refused` with every cell that stands against it */
async function bring(
  list: Opened,
  sheet: SheetRead,
  { params, language, handsIn }: Asked & { handsIn: boolean },
) {
  const { columns, items } = list;
  raise(sheetRefused(sheet, { expected: marksOf(params, list), columns }));
  const {
    changes,
    refused,
    unchanged,
    shown: said,
  } = compareRows(sheet, columns, items, { handsIn });
  if (refused.length > 0) throw refusing(refused, language);
  if (changes.length > 0) {
    try {
      await list.change(changes);
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'items-refused') throw error;
      throw refusing(cellsOf(error, { list, sheet, changes }), language);
    }
  }
  // What the sheet does not show is not handed in by it.
  const handed = said.map((id) => ({ id }));
  const submitted = handsIn ? await submit(list, handed) : 0;
  return { changed: changes.length, unchanged, submitted };
}

async function submit(list: Opened, items: readonly Pick<Item, 'id'>[]): Promise<number> {
  if (!list.submit) throw new Refused('not-offered', { act: 'submit' });
  return list.submit(items);
}

/** Where the refusals of items show: in the column that they are about. */
function cellsOf(
  { facts }: Refused,
  { list, sheet, changes }: { list: Opened; sheet: SheetRead; changes: readonly RowChanged[] },
): CellRefused[] {
  const items = facts['items'] as { id: string; code: string; facts: Refused['facts'] }[];
  return items.map((item) => {
    const { n, given } = found(changes.find(({ id }) => id === item.id));
    const field = item.facts['field'] as string | undefined;
    const written = Object.keys(given).find((key) => given[key] !== '');
    const column = field ?? list.shows[item.code] ?? written ?? ID;
    return { sheet: sheet.title, cell: cellAt(sheet, column, n), row: n, ...item };
  });
}

const refusing = (cells: readonly CellRefused[], language: Language): Refused =>
  new Refused('worklist-refused', {
    cells: cells.map((cell) => ({ ...cell, title: titleIn(cell.code, language) ?? cell.code })),
  });
