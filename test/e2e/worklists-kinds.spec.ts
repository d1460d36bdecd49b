import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Sheet } from './workbook.js';

const refused = ({ body }: { body: unknown }) =>
  (body as { facts: { cells: { code: string; cell: string; facts: object }[] } }).facts.cells;

/** Texts, statements and words on implementation: each by the acts that its operations are. */
describe('worklists', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let [slovenia, france, kenya]: Client[] = [];
  let [own, foreign]: string[] = [];
  const list = (kind: string) => `/v1/reviews/${review}/worklists/${kind}`;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    france = await world.delegation('FRA');
    kenya = await world.delegation('KEN');
    await world.reach(review, 'SVN', 'documented');
    own = await world.recommend(france, review, 'Ratify the protocol');
    foreign = await world.recommend(kenya, review, 'Abolish it');
    await world.reach(review, 'SVN', 'reviewed');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  describe('of amendments', () => {
    it('is for who makes or corrects recommendations, with what they may amend', async () => {
      await expectRefused(ledger, slovenia!.get(list('amendments')), 409, 'wrong-role');
      expect((await Sheet.of(france!, list('amendments'))).ids).toEqual([own]);
      const office = await Sheet.of(world.secretariat, list('amendments'));
      expect(office.ids.toSorted()).toEqual([own!, foreign!].toSorted());
    });

    it('proposes texts; a text that stands already is refused in its cell', async () => {
      const sheet = await Sheet.of(france!, list('amendments'));
      sheet.write(own!, { Text: 'Ratify the protocol' });
      await expectUnchanged(ledger, async () => {
        expect(refused(await sheet.send(france!, list('amendments')))).toMatchObject([
          { code: 'invalid-content', cell: sheet.cell(own!, 'Reason').address },
        ]);
        sheet.write(own!, { Reason: 'Agreed in the room' });
        const cells = refused(await sheet.send(france!, list('amendments')));
        expect(cells).toMatchObject([
          { code: 'text-unchanged', cell: sheet.cell(own!, 'Text').address },
        ]);
      });
      sheet.write(own!, { Text: 'Ratify the protocol soon', Reason: 'Agreed in the room' });
      const { body } = await sheet.send(france!, list('amendments'));
      expect(body).toEqual({ changed: 1, unchanged: 0, submitted: 0 });
      const { body: seen } = await france!.get(`/v1/recommendations/${own}`).expect(200);
      expect(seen).toMatchObject({ text: 'Ratify the protocol soon' });
      await expectUnchanged(ledger, async () => {
        const again = refused(await sheet.send(france!, list('amendments')));
        expect(again).toMatchObject([{ code: 'stale' }]);
        await expectProblem(
          (await Sheet.of(france!, list('amendments'))).send(france!, list('amendments'), {
            submit: 'true',
          }),
          409,
          'not-offered',
        );
      });
    });
  });

  describe('of statements', () => {
    it('has those that were made: all for the secretariat, their own for the others', async () => {
      await expectRefused(ledger, kenya!.get(list('statements')), 409, 'wrong-role');
      const speaker = await said();
      const office = await Sheet.of(world.secretariat, list('statements'));
      expect(office.ids).toEqual([speaker]);
      const sheet = await Sheet.of(slovenia!, list('statements'));
      expect(sheet.rows).toMatchObject([{ Speaker: 'Slovenia', 'Seconds used': '300' }]);
      sheet.write(speaker, { Text: 'Slovenia thanks all.' });
      const { body } = await sheet.send(slovenia!, list('statements'));
      expect(body).toEqual({ changed: 1, unchanged: 0, submitted: 0 });
      const { body: seen } = await kenya!.get(`/v1/speakers/${speaker}`).expect(200);
      expect(seen).toMatchObject({ statement: { text: 'Slovenia thanks all.' } });
    });

    /** A part of the State's own time, as an earlier session of the day had it. */
    async function said(): Promise<string> {
      const id = crypto.randomUUID();
      await ledger.rows(
        `INSERT INTO casework.speaker (id, proceeding_id, compartment, list, side, filed_by, part,
           registered_at, began_at, ended_at, used, cut, version)
         VALUES ($1, $2, 'case', 'dialogue', 'state:SVN', 'state:SVN', 'opening', now(),
           '2027-05-03T07:00:00Z', '2027-05-03T07:05:00Z', 300, false, 1)`,
        [id, review],
      );
      return id;
    }
  });

  describe('of follow-up', () => {
    it('comes after the adoption', async () => {
      await expectRefused(ledger, slovenia!.get(list('follow-up')), 409, 'wrong-stage');
      await world.reach(review, 'SVN', 'adopted');
      expect((await world.move(world.secretariat, review, 'begin-implementation')).status).toBe(
        200,
      );
    });

    it('prepares the word of the State and hands it in, and grades those of others', async () => {
      const sheet = await Sheet.of(slovenia!, list('follow-up'));
      const [first] = sheet.ids;
      expect(sheet.ids).toHaveLength(2);
      sheet.write(first!, {
        Grade: 'A',
        Text: 'A bill passed',
        'As of (YYYY-MM-DD)': '2027-10-01',
      });
      await expectUnchanged(ledger, async () => {
        const cells = refused(await sheet.send(slovenia!, list('follow-up')));
        expect(cells).toMatchObject([
          { code: 'grade-unknown', cell: sheet.cell(first!, 'Grade').address },
        ]);
        sheet.write(first!, { Grade: '', 'As of (YYYY-MM-DD)': 'soon' });
        expect(refused(await sheet.send(slovenia!, list('follow-up')))).toMatchObject([
          { code: 'invalid-content', facts: { field: 'grade' } },
        ]);
      });
      const [grade] = sheet.cell(first!, 'Grade').dataValidation.formulae as [string];
      const status = grade.replaceAll('"', '').split(',')[0]!;
      sheet.write(first!, { Grade: status });
      const day = sheet.cell(first!, 'As of (YYYY-MM-DD)');
      day.numFmt = 'dd/mm/yyyy';
      day.value = new Date('2027-09-20T00:00:00Z');
      const { body } = await sheet.send(slovenia!, list('follow-up'), { submit: 'true' });
      expect(body).toEqual({ changed: 1, unchanged: 1, submitted: 1 });
      const given = await slovenia!.get(`/v1/reviews/${review}/follow-up`).expect(200);
      expect(given.body.items).toMatchObject([
        { grade: status, text: 'A bill passed', asOf: '2027-09-20', status: 'given' },
      ]);
      const others = await Sheet.of(kenya!, list('follow-up'));
      expect(others.cell(first!, 'Grade').dataValidation.formulae).toEqual(['"A,B,C,D,E"']);
    });
  });
});
