import { describe, expect, it } from '@jest/globals';
import { stateNames } from '../modules/directory/state-names.rules.js';
import { compareOrder, compareQuestions, compareSpeakers } from './compare-dialogue.js';
import type { PublishedReview } from './read-record.js';
import type { RealReview } from './real-review.js';
import type { PrintedReport } from './report-text.js';
import type { ComposedReport } from './write-report.js';

const names = stateNames([
  { iso3: 'FRA', names: [{ name: 'France' }] },
  { iso3: 'ESP', names: [{ name: 'Spain' }] },
]);
const printed = (...texts: string[]): PrintedReport => ({
  delegation: [],
  paragraphs: texts.map((text, number) => ({ number, section: 'dialogue', text, items: [] })),
});
const review = (change: Partial<RealReview>): RealReview => change as RealReview;
const published = (change: Partial<PublishedReview>): PublishedReview => change as PublishedReview;

describe('the dialogue by the record beside the printed report', () => {
  const speaker = (iso3: string, place: number, spoke = true) => ({
    by: { side: `state:${iso3}`, name: iso3 },
    place,
    statement: spoke ? { beganAt: '', endedAt: '', seconds: 1, cut: false, text: null } : null,
  });

  it('counts who had the floor, and nobody who was only on the list', () => {
    const record = published({ speakers: [speaker('FRA', 1), speaker('ESP', 2, false)] });
    const text = 'During the interactive dialogue, 2 delegations made statements.';
    const { differences } = compareSpeakers(
      record,
      review({ speakers: ['FRA', 'ESP'] }),
      printed(text),
    );
    expect(differences).toEqual(['1 statements, not 2', 'ESP: only in the report']);
  });

  it('tells which questions are not in the record, and who asks by one source alone', () => {
    const record = published({ questions: [{ askingStates: ['FRA'], text: 'Who?' }] });
    const asked = review({
      questions: [
        { state: 'FRA', questions: ['Who?', 'When?'] },
        { state: 'ESP', questions: ['Who?'] },
      ],
    });
    const text = 'A list of questions prepared in advance by Spain was transmitted to Palau.';
    const { counts, differences } = compareQuestions(record, asked, {
      printed: printed(text),
      names,
    });
    expect(counts[0]).toEqual({ what: 'questions', equal: 1, of: 3 });
    expect(differences).toEqual([
      'FRA: not in the record: When?',
      'ESP: not in the record: Who?',
      'ESP: only in the report',
      'FRA: not in the report',
    ]);
  });
});

describe('the order of recommendations without their labels', () => {
  const items = (...marks: string[]) => marks.map((mark) => ({ mark, text: mark }));
  const lists = (...all: string[][]): PrintedReport => ({
    delegation: [],
    paragraphs: all.map((marks, at) => ({
      number: at + 6,
      section: 'conclusions',
      text: '',
      items: items(...marks),
    })),
  });
  const composed = (...all: (readonly [mark: string, id: string])[][]) => {
    const paragraphs = all.map((own) => ({
      items: own.map(([mark, recommendationId]) => ({ mark, recommendationId })),
    }));
    return { sections: [{ paragraphs }] } as unknown as ComposedReport;
  };
  const labels = new Map(['6.1', '6.2', '6.3', '7.1'].map((label) => [`id ${label}`, label]));

  it('is told by list, by label, and by who stands behind whom', () => {
    const ours = composed(
      [
        ['6.1', 'id 6.2'],
        ['6.2', 'id 6.3'],
        ['6.3', 'id 6.1'],
      ],
      [['7.1', 'id 7.1']],
    );
    const { counts, differences } = compareOrder(
      ours,
      labels,
      lists(['6.1', '6.2', '6.3'], ['7.1']),
    );
    expect(counts).toEqual([
      { what: 'in the printed list', equal: 4, of: 4 },
      { what: 'computed labels', equal: 1, of: 4 },
      { what: 'recommendations', equal: 4, of: 4 },
      { what: 'neighbours in the order of speaking', equal: 1, of: 2 },
    ]);
    expect(differences).toContain('6.2: before 6.1 here');
  });

  it('tells what stands in another list', () => {
    const ours = composed([
      ['6.1', 'id 6.1'],
      ['6.2', 'id 7.1'],
    ]);
    const { differences } = compareOrder(ours, labels, lists(['6.1'], ['7.1', '7.2']));
    expect(differences).toEqual([
      '7.1: in list 1 here',
      '7.1: 6.2 here',
      '7.2: only in the report',
    ]);
  });
});
