import { describe, expect, it } from '@jest/globals';
import type { ReviewCalendar } from './calendar.js';
import type { DocumentKind, RealDocument, RealReview } from './real-review.js';
import { firstAct, opening, outcomeStarts, timetable, type Timetable } from './timetable.js';

const calendar: ReviewCalendar = {
  troikaSelected: '2019-01-15',
  sessionStarts: '2019-05-06',
  sessionEnds: '2019-05-17',
  reviewed: '2019-05-08',
  wgAdopted: '2019-05-10',
  outcomeAdopted: '2019-09-26',
  meetings: {},
  zone: 'Europe/Zurich',
  hours: { reviewStarts: '09:00', reviewEnds: '12:30', others: '17:00' },
};
const printed: Partial<Record<DocumentKind, string>> = {
  'national-report': '2019-02-25',
  compilation: '2019-03-11',
  addendum: '2019-09-02',
};
const due = new Map([
  ['national-report', Date.parse('2019-02-13T16:00:00Z')],
  ['compilation', Date.parse('2019-03-27T16:00:00Z')],
  ['stakeholder-summary', Date.parse('2019-03-27T16:00:00Z')],
  ['advance-questions', Date.parse('2019-04-24T15:00:00Z')],
  ['speakers-close', Date.parse('2019-05-02T16:00:00Z')],
]);

const kinds = ['national-report', 'compilation', 'stakeholder-summary', 'addendum'] as const;

function review(days = calendar, issued = printed): RealReview {
  const documents = kinds.map((kind) => ({ kind, issued: issued[kind] }) as RealDocument);
  return { calendar: days, documents } as unknown as RealReview;
}

const told = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** Every instant, in the order in which the procedure needs them. */
const inOrder = ({ filed, ...times }: Timetable): number[] => [
  times.issued,
  times.questions,
  times.dialogueStarts,
  times.dialogueEnds,
  filed['working-group-report'],
  times.reportAdopted,
  times.answers,
  times.outcomeAdopted,
  filed.decision,
];

describe('the timetable of a review', () => {
  it('has States ask before the deadline, and register before their list closes', () => {
    const { asked, questions, registered, firstDrawn, dialogueStarts } = timetable(review(), due);
    expect([asked, questions, registered, firstDrawn].map(told)).toEqual([
      '2019-04-24T13:00',
      '2019-04-24T14:00',
      '2019-05-02T15:00',
      '2019-05-02T17:00',
    ]);
    const late = new Map([...due, ['speakers-close', dialogueStarts] as const]);
    expect(timetable(review(), late).firstDrawn).toBe(dialogueStarts);
  });

  it('files a document before its deadline, and before the day on which it was issued', () => {
    const { filed, issued, questions, answers } = timetable(review(), due);
    expect(told(filed['national-report'])).toBe('2019-02-13T15:00');
    expect(told(filed.compilation)).toBe('2019-03-11T15:00');
    expect(told(filed['stakeholder-summary'])).toBe('2019-03-27T15:00');
    expect(told(issued)).toBe('2019-03-27T15:00');
    expect(told(questions)).toBe('2019-04-24T14:00');
    expect(told(answers)).toBe('2019-09-02T14:00');
  });

  it('gives the plenary an hour, and opens an hour before the first act', () => {
    expect(told(outcomeStarts(review()))).toBe('2019-09-26T14:00');
    expect(told(firstAct(review()))).toBe('2019-01-15T16:00');
    expect(told(opening(review()))).toBe('2019-01-15T15:00');
  });

  it('does without dates that no document tells', () => {
    const silent = review({ ...calendar, troikaSelected: undefined }, {});
    const times = timetable(silent, due);
    expect(told(firstAct(silent))).toBe('2019-02-06T07:00');
    expect(times.troika).toBe(opening(silent));
    expect(told(times.filed.compilation)).toBe('2019-03-27T15:00');
    expect(told(times.answers)).toBe('2019-09-26T13:00');
  });

  it('keeps the order of the procedure when the troika or a document is late', () => {
    const late = review(
      { ...calendar, troikaSelected: '2019-05-02' },
      { ...printed, compilation: '2019-06-03', addendum: '2019-12-01' },
    );
    const instants = inOrder(timetable(late, due));
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(told(timetable(late, due).answers)).toBe('2019-09-26T13:00');
  });
});
