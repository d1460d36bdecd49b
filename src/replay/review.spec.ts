import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stateNames, type State } from '../modules/directory/state-names.rules.js';
import type { CalendarFile } from './calendar.js';
import { openFolder, type Folder } from './folder.js';
import { InputFault } from './input-fault.js';
import { assembleReview, readReview } from './review.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const names = stateNames(
  JSON.parse(readFileSync(here('../../data/states.json'), 'utf8')) as State[],
);
const palau = here('../../test/replay/fixtures/palau');
const LIST = 'recommendations-cycle3.json';
const REPORT = 'A_HRC_42_990.txt';
const ADDENDUM = 'A_HRC_42_990_Add.1.txt';
const DECISION = 'A_HRC_DEC_42_190.txt';

type Edit = null | ((text: string) => string);
type Row = Record<string, unknown> & { paragraph: string };

/** The fixture with files rewritten, or (null) taken away. */
function edited(edits: Record<string, Edit>): Folder {
  const folder = openFolder(palau);
  return {
    place: 'the folder',
    files: folder.files.filter((file) => edits[file] !== null),
    text: (file) => edits[file]?.(folder.text(file)) ?? folder.text(file),
  };
}

const rows =
  (change: (row: Row) => Row | Row[]): Edit =>
  (text) =>
    JSON.stringify((JSON.parse(text) as Row[]).flatMap(change));
const row = (label: string, change: Record<string, unknown>): Edit =>
  rows((each) => (each.paragraph === label ? { ...each, ...change } : each));
const replace =
  (from: string | RegExp, to: string): Edit =>
  (text) =>
    text.replace(from, to);

const read = (edits: Record<string, Edit> = {}, calendar: CalendarFile = {}) =>
  assembleReview(edited(edits), 3, names, calendar);

function faultOf(edits: Record<string, Edit>, calendar: CalendarFile = {}): InputFault {
  try {
    read(edits, calendar);
  } catch (error) {
    if (error instanceof InputFault) return error;
    throw error;
  }
  throw new Error('no fault');
}

describe('a whole review', () => {
  const review = readReview(palau, { cycle: 3, names });

  it('is counted, placed and dated', () => {
    expect(review).toMatchObject({
      state: 'Palau',
      iso3: 'PLW',
      session: 33,
      councilSession: 42,
      troikaCodes: ['DNK', 'NGA', 'PHL'],
      calendar: {
        troikaSelected: '2019-01-15',
        sessionStarts: '2019-05-06',
        sessionEnds: '2019-05-17',
        reviewed: '2019-05-08',
        wgAdopted: '2019-05-10',
        councilStarts: '2019-09-09',
        outcomeAdopted: '2019-09-26',
        meetings: { reviewed: '5th', wgAdopted: '10th', outcomeAdopted: '38th' },
      },
      expected: {
        documents: 6,
        recommendations: 12,
        supported: 8,
        noted: 4,
        recommendingStates: 13,
      },
      questionFiles: [
        'cycle3-Advance_questions_to_Palau.txt',
        'cycle3-Advance_questions_to_Palau_Add1.txt',
      ],
      warnings: [
        'cycle3-Advance_questions_to_Palau_Add1.txt: no advance question could be read in it',
      ],
    });
  });

  it('has its six documents with titles, days of issuance and corrigenda', () => {
    expect(review.documents.map(({ symbol }) => symbol)).toEqual([
      'A/HRC/WG.6/33/PLW/1',
      'A/HRC/WG.6/33/PLW/2',
      'A/HRC/WG.6/33/PLW/3',
      'A/HRC/42/990',
      'A/HRC/42/990/Add.1',
      'A/HRC/DEC/42/190',
    ]);
    expect(review.documents[1]).toMatchObject({
      title: 'Compilation on Palau',
      issued: '2019-03-11',
      corrigenda: [{ symbol: 'A/HRC/WG.6/33/PLW/2/Corr.1', issued: '2019-04-02' }],
    });
  });

  it('has its recommendations in order, without brackets, each where it was answered', () => {
    const told = review.recommendations.map(({ label, given, position }) =>
      [label, given, position].join(' '),
    );
    expect(told.slice(3, 5)).toEqual(['50.4 in-the-room supported', '51.1 addendum supported']);
    expect(told.slice(9)).toEqual([
      '51.10 addendum supported',
      '52.1 in-the-room noted',
      '52.2 in-the-room noted',
    ]);
    expect(review.recommendations[2]).toMatchObject({
      text: 'Publish the school boards’ budgets (Czechia); Publish the budgets of the school boards every year',
      recommendingCodes: ['CZE', 'TUR'],
    });
    expect(review.recommendations[3]?.text).toBe('Train more women as reef wardens');
  });
});

describe('a folder with something missing', () => {
  it('names every document, and the corrigendum that is there without its document', () => {
    const fault = faultOf({ 'A_HRC_WG.6_33_PLW_2.txt': null, [DECISION]: null, [ADDENDUM]: null });
    expect(fault.code).toBe('document-missing');
    expect(fault.details).toEqual([
      'compilation: no A/HRC/WG.6/33/PLW/2 (A_HRC_WG.6_33_PLW_2.txt); there is only A_HRC_WG.6_33_PLW_2_Corr.1.txt',
      'addendum: no A/HRC/42/990/Add.1 (A_HRC_42_990_Add.1.txt)',
      'decision: no A_HRC_DEC_*.txt that names A/HRC/42/990',
    ]);
  });

  it('can do without an addendum that the decision doesn’t name', () => {
    const review = read({ [ADDENDUM]: null, [DECISION]: replace('A/HRC/42/990/Add.1', '') });
    expect(review.expected.documents).toBe(5);
  });

  it('names the list, the report and the days', () => {
    expect(faultOf({ [LIST]: null }).code).toBe('recommendations-missing');
    expect(faultOf({ [REPORT]: null }).details[0]).toMatch(
      /^working-group-report: no A\/HRC\/42\/990 \(A_HRC_42_990\.txt\)/,
    );
    const undated = { [REPORT]: replace('on 10 May 2019', 'soon') };
    expect(faultOf(undated).code).toBe('date-not-found');
    expect(read(undated, { wgAdopted: '2019-05-10' }).calendar.wgAdopted).toBe('2019-05-10');
  });

  it('takes the decision’s foot, its head, or the review’s day from the other document', () => {
    const { calendar } = read({
      [DECISION]: replace(/38th meeting\s+26 September 2019/, ''),
      [REPORT]: replace(', on 8 May 2019', ''),
    });
    expect(calendar).toMatchObject({ outcomeAdopted: '2019-09-26', reviewed: '2019-05-08' });
  });
});

describe('a damaged list', () => {
  it.each<[string, Edit, string]>([
    ['not JSON', replace('[', '{'), 'recommendations-malformed'],
    ['empty', () => '[]', 'recommendations-malformed'],
    ['a label that is a number', row('51.1', { paragraph: 51.1 }), 'recommendations-malformed'],
    ['another State’s row', row('51.1', { sur: 'Fiji' }), 'recommendations-malformed'],
    ['another cycle’s row', row('51.1', { cycle: 2 }), 'recommendations-malformed'],
    ['an unknown State', row('51.1', { recommendingStates: ['Atlantis'] }), 'state-unknown'],
    ['nobody', row('51.1', { recommendingStates: [], text: 'Do it' }), 'recommender-missing'],
    ['an unknown position', row('51.1', { position: 'Perhaps' }), 'position-unknown'],
    [
      'two positions',
      rows((each) => (each.paragraph === '51.1' ? [each, { ...each, position: 'Noted' }] : each)),
      'position-conflict',
    ],
  ])('%s', (_, edit, code) => {
    expect(faultOf({ [LIST]: edit }).code).toBe(code);
  });

  it('tells all its faults at once', () => {
    const { details } = faultOf({
      [LIST]: rows((each) => ({ ...each, recommendingStates: ['X'] })),
    });
    expect(details).toHaveLength(12);
  });

  it('reads a list that has a row for each State, or no States but in brackets', () => {
    const split = rows((each) =>
      (each['recommendingStates'] as string[]).map((state) => ({
        ...each,
        recommendingStates: [state],
      })),
    );
    expect(read({ [LIST]: split }).expected).toEqual(read().expected);
    const bare = rows((each) => ({ ...each, recommendingStates: null }));
    expect(read({ [LIST]: bare }).expected).toEqual(read().expected);
  });

  it('takes older words, part support and silence for what they are', () => {
    const told = (position: string | null) => {
      const review = read({ [LIST]: row('51.1', { position }) });
      const found = review.recommendations.find(({ label }) => label === '51.1');
      return [found?.position, found?.given];
    };
    expect(told('Accepted')).toEqual(['supported', 'addendum']);
    expect(told('Supported/Noted')).toEqual(['noted', 'addendum']);
    expect(told('Rejected')).toEqual(['noted', 'addendum']);
    expect(told(null)).toEqual(['noted', 'unanswered']);
  });
});

describe('sources that disagree', () => {
  it.each<[string, Record<string, Edit>, RegExp]>([
    ['a position', { [LIST]: row('51.1', { position: 'Noted' }) }, /Add\.1 has another .* 51\.1$/],
    [
      'in the room',
      { [LIST]: row('50.1', { position: 'Noted' }) },
      /given in the room, for 50\.1$/,
    ],
    ['a label', { [LIST]: row('51.1', { paragraph: '51..1' }) }, /only A\/HRC\/42\/990 has 51\.1$/],
    [
      'the day',
      { [DECISION]: replace('8 May', '9 May') },
      /reviewed on 2019-05-08 by .* 2019-05-09/,
    ],
    [
      'the head',
      { [ADDENDUM]: replace(/990\/Add.1/, '991/Add.1') },
      /calls itself A\/HRC\/42\/991/,
    ],
    ['the sources', { [LIST]: replace(/990/g, '991') }, /sources name A\/HRC\/42\/991/],
    ['the troika', { [REPORT]: replace('Denmark, ', '') }, /names 2 rapporteurs/],
    ['an addendum', { [ADDENDUM]: replace(/51\.[\d–\s]+/g, 'some ') }, /no list of positions/],
  ])('%s', (_, edits, warning) => {
    expect(read(edits).warnings.filter((each) => warning.test(each))).toHaveLength(1);
  });

  it('stop the replay when the report is another session’s or another State’s', () => {
    expect(faultOf({ [REPORT]: replace('thirty-third', 'thirty-fourth') }).code).toBe(
      'document-mismatch',
    );
    expect(faultOf({ [REPORT]: replace('review of Palau was', 'review of Fiji was') }).code).toBe(
      'document-mismatch',
    );
  });
});
