import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XLSX } from '../../src/platform/formats/media-types.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Sheet } from './workbook.js';

interface CellTold {
  cell: string;
  code: string;
  title: string;
  id: string | null;
}

interface Prepared {
  recommendationId: string;
  position: string;
  version: number;
}

/** A delegation answers offline: the list leaves as a workbook, and comes back as one act. */
describe('the worklist of positions', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let drafter: Client;
  let france: Client;
  let items: string[];
  let url: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    [slovenia, drafter, france] = [
      await world.delegation('SVN'),
      await world.delegation('SVN', 'drafter'),
      await world.delegation('FRA'),
    ];
    await world.reach(review, 'SVN', 'documented');
    items = [];
    for (const text of [
      '=HYPERLINK("http://x.example")',
      '+ Ratify',
      'Consider it',
      'Abolish it',
    ]) {
      items.push(await world.recommend(france, review, text));
    }
    await world.reach(review, 'SVN', 'reviewed');
    url = `/v1/reviews/${review}/worklists/positions`;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const answer = async (sheet: Sheet, query = {}, who = drafter) => sheet.send(who, url, query);
  const told = (body: unknown) => (body as { facts: { cells: CellTold[] } }).facts.cells;
  const prepared = async (id: string) =>
    (await drafter.get(`/v1/recommendations/${id}/position`).expect(200)).body as {
      position: string | null;
      comment: string | null;
      version: number;
    };

  it('is for the delegation alone', async () => {
    await expectProblem(world.api.as().get(url), 401, 'unauthenticated');
    await expectProblem((await world.stranger()).get(url), 404, 'not-found');
    await expectRefused(ledger, france.get(url), 409, 'wrong-role');
    await expectProblem(drafter.get(url.replace('positions', 'secrets')), 404, 'not-found');
    const sheet = await Sheet.of(drafter, url);
    await expectProblem(sheet.send(await world.stranger(), url), 404, 'not-found');
    await expectRefused(ledger, sheet.send(france, url), 409, 'wrong-role');
  });

  it('has a row an item, with what may be filled in open, and texts as texts', async () => {
    const sheet = await Sheet.of(drafter, url);
    expect(sheet.ids.toSorted()).toEqual(items.toSorted());
    const cell = sheet.cell(items[0]!, 'Recommendation');
    expect([cell.type, cell.value]).toEqual([3, '=HYPERLINK("http://x.example")']);
    expect(cell.protection?.locked ?? true).toBe(true);
    const position = sheet.cell(items[0]!, 'Position');
    expect(position.protection.locked).toBe(false);
    expect(position.dataValidation.formulae).toEqual(['"supported,noted"']);
    expect(position.numFmt).toBe('@');
    expect(sheet.page.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.book.worksheets[1]!.getCell('A1').text).toContain('white cells');
    const { headers } = await drafter.get(url).set('accept-language', 'ar').expect(200);
    expect(headers).toMatchObject({ 'content-type': XLSX, 'content-language': 'ar' });
  });

  it('says all of itself in the language of its reader, from right to left where that is read so', async () => {
    const french = await drafter.get(url).set('accept-language', 'fr').expect(200);
    expect(french.headers['content-disposition']).toContain(`${review}-positions.xlsx`);
    const arabic = await Sheet.of(drafter, url, { language: 'ar' });
    expect(arabic.page.views[0]).toMatchObject({ rightToLeft: true });
    expect(arabic.titles).toContain('الموقف');
  });

  it('changes nothing where nothing was filled in, and nothing in a dry run', async () => {
    const sheet = await Sheet.of(drafter, url);
    await expectUnchanged(ledger, async () => {
      const { body } = await answer(sheet);
      expect(body).toEqual({ changed: 0, unchanged: 4, submitted: 0 });
      sheet.write(items[2]!, { Position: 'supported', Comment: 'A bill is before parliament' });
      const rehearsed = await answer(sheet, { dryRun: 'true' });
      expect([rehearsed.status, rehearsed.body]).toMatchObject([200, { ok: true, refusals: [] }]);
      sheet.write(items[3]!, { Position: 'perhaps' });
      const refused = await answer(sheet, { dryRun: 'true' });
      expect(refused.body).toMatchObject({
        ok: false,
        refusals: [{ code: 'worklist-refused', facts: { cells: [{ code: 'position-unknown' }] } }],
      });
    });
  });

  it('is prepared in one act, by the rules of each position, and finds it there when it comes again', async () => {
    const sheet = await Sheet.of(drafter, url);
    sheet.write(items[2]!, { Position: 'supported', Comment: ' A bill is\r\nbefore parliament ' });
    sheet.write(items[3]!, { Position: 'noted' });
    sheet.page.spliceRows(sheet.ids.indexOf(items[0]!) + 2, 1);
    const { status, body } = await answer(sheet);
    expect([status, body]).toEqual([200, { changed: 2, unchanged: 1, submitted: 0 }]);
    expect(await prepared(items[2]!)).toMatchObject({
      position: 'supported',
      comment: 'A bill is\nbefore parliament',
      version: 1,
    });
    const entries = await ledger.journal(review, 'desk:state:SVN');
    expect(entries.filter(({ what }) => what === 'position-prepared')).toHaveLength(2);
    await expectUnchanged(ledger, async () => {
      expect((await answer(sheet)).body).toEqual({ changed: 0, unchanged: 3, submitted: 0 });
    });
  });

  it('names every cell that stands against it, and does nothing of the rest', async () => {
    const sheet = await Sheet.of(drafter, url);
    const late = await Sheet.of(drafter, url);
    await drafter
      .put(`/v1/recommendations/${items[3]}/position`, { position: 'supported' }, { version: 1 })
      .expect(200);
    late.write(items[3]!, { Position: 'noted', Comment: 'Because' });
    late.write(items[0]!, { Recommendation: 'Another text' });
    late.cell(items[1]!, 'Comment').value = { formula: '1+1', result: 2 };
    late.write(items[2]!, { Position: 'perhaps' });
    const row = late.page.addRow([items[2]!.replace(/^.{8}/, '00000000'), '0']);
    await expectUnchanged(ledger, async () => {
      const { status, body } = await answer(late);
      expect([status, (body as { code: string }).code]).toEqual([409, 'worklist-refused']);
      const cells = told(body);
      expect(cells.map(({ code }) => code).toSorted()).toEqual([
        'cell-formula',
        'cell-locked',
        'row-unknown',
        'stale',
      ]);
      const at = (code: string) => cells.find((cell) => cell.code === code)!;
      expect(at('cell-locked').cell).toBe(late.cell(items[0]!, 'Recommendation').address);
      expect(at('cell-formula').cell).toBe(late.cell(items[1]!, 'Comment').address);
      expect(at('stale')).toMatchObject({
        cell: late.cell(items[3]!, 'Version').address,
        facts: { given: '1', version: 2 },
        title: 'Somebody changed it since you read it: read again',
      });
      expect(at('row-unknown').cell).toBe(`A${row.number}`);
      sheet.write(items[0]!, { Position: 'noted' });
      sheet.write(items[2]!, { Position: 'perhaps' });
      const second = await answer(sheet);
      expect(told(second.body)).toMatchObject([
        { code: 'position-unknown', cell: sheet.cell(items[2]!, 'Position').address },
      ]);
    });
    expect(await prepared(items[0]!)).toMatchObject({ position: null, version: 0 });
  });

  it('takes no other file, and no other list', async () => {
    const other = await world.review('AUT', { number: 51 });
    const sheet = await Sheet.of(drafter, url);
    await expectUnchanged(ledger, async () => {
      sheet.book.getWorksheet('comity')!.getCell('B2').value = other;
      await expectProblem(answer(sheet), 422, 'worklist-differs');
      const fewer = await Sheet.of(drafter, url);
      fewer.page.spliceColumns(fewer.titles.indexOf('Comment') + 1, 1);
      await expectProblem(answer(fewer), 422, 'worklist-incomplete', {
        facts: { missing: ['comment'] },
      });
      const twice = await Sheet.of(drafter, url);
      twice.page.addRow(twice.page.getRow(2).values);
      expect(told((await answer(twice)).body)).toMatchObject([{ code: 'row-repeated' }]);
      await expectProblem(
        drafter.upload(url, 'id;version', { type: XLSX }),
        415,
        'unsupported-type',
      );
      await expectProblem(
        drafter.upload(url, '%PDF-1.7 ', { type: XLSX }),
        415,
        'unsupported-type',
      );
      const bytes = await sheet.bytes();
      await expectProblem(
        drafter.upload(url, bytes.subarray(0, bytes.length / 2), { type: XLSX }),
        422,
        'damaged-file',
      );
      await expectProblem(drafter.upload(url, bytes), 415, 'unsupported-media-type');
    });
  });

  it('is handed in too where the head says so, and not by a drafter', async () => {
    const sheet = await Sheet.of(drafter, url);
    sheet.write(items[0]!, { Position: 'noted' });
    await expectUnchanged(ledger, async () => {
      await expectProblem(answer(sheet, { submit: 'true' }), 409, 'permission-missing');
    });
    // Of a row that somebody prepared anew meanwhile, the sheet does not say what would be given.
    const all = `/v1/reviews/${review}/positions`;
    const { items: positions } = (await drafter.get(all).expect(200)).body as { items: Prepared[] };
    const { recommendationId: other, position, version } = positions.at(-1)!;
    const meanwhile = { position, comment: 'Written in the meantime' };
    const own = `/v1/recommendations/${other}/position`;
    await drafter.put(own, meanwhile, { version }).expect(200);
    const unread = await answer(sheet, { submit: 'true' }, slovenia);
    expect([unread.status, unread.body.facts.cells]).toMatchObject([
      409,
      [{ id: other, code: 'stale' }],
    ]);
    const again = await Sheet.of(drafter, url);
    again.write(items[0]!, { Position: 'noted' });
    const { body } = await answer(again, { submit: 'true' }, slovenia);
    expect(body).toEqual({ changed: 1, unchanged: 3, submitted: 3 });
    const { body: seen } = await france.get(`/v1/recommendations/${items[0]}`).expect(200);
    expect(seen).toMatchObject({ position: { position: 'noted' } });
    const given = (await Sheet.of(drafter, url)).rows.map((row) => row['Given so far']);
    expect(given.filter((each) => each !== '')).toHaveLength(3);
  });
});
