import { describe, expect, it } from '@jest/globals';
import { readAddendum } from './read-addendum.js';

const labels = (paragraph: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${paragraph}.${index + 1}`);

function read(text: string, known = labels(50, 20), paragraph = 50) {
  const { stances, unclear } = readAddendum(text, known, paragraph);
  const of = (wanted: string) =>
    [...stances].filter(([, stance]) => stance === wanted).map(([label]) => label.slice(3));
  return { supported: of('supported'), noted: of('noted'), unclear: [...unclear] };
}

describe('positions in an addendum', () => {
  it('in sentences, with ranges over line ends, spaced, and slips of the pen', () => {
    expect(
      read(`3.  The Government accepts recommendations 50.1, 50.3-
        5, 50.7- 8,50.10. 50.11 and 50.12, 14.
        4.  It takes note of recommendations 50.2,



        6
                                             A/HRC/1/2/Add.1

        50.6 and wishes to add the following:
        50.6
        The State supports the aim. See recommendation 50.1.`),
    ).toEqual({
      supported: ['1', '3', '4', '5', '7', '8', '10', '11', '12', '14'],
      noted: ['2', '6'],
      unclear: [],
    });
  });

  it('as bare numbers, apart from other numbers', () => {
    expect(
      read(`2.  The Government of X accepts 17 recommendations. It notes 3 recommendations.
        5.  The Government accepts the recommendations 1–3, 14–
        16, and 20. Article 9 of the Code is being revised.
        Rec. 18  We consider that it is implemented.
        6.  For now, the Government notes recommendations 4, 5.`),
    ).toEqual({
      supported: ['1', '2', '3', '14', '15', '16', '20'],
      noted: ['4', '5'],
      unclear: [],
    });
  });

  it('in sentences whose verbs come after the labels', () => {
    expect(
      read('Recommendations 50.1, 50.2 and 50.4 are accepted, while 50.3 does not enjoy support.'),
    ).toEqual({ supported: ['1', '2', '4'], noted: ['3'], unclear: [] });
  });

  it('under headings and leads', () => {
    expect(
      read(`A. Recommendations that enjoy the support of X

        50.1, 50.2
        50.5
           A law was passed.

        The following recommendations cannot be accepted:

        50.3  Withdraw the reservation (France);
        50.4  Support the initiative (Peru).`),
    ).toEqual({ supported: ['1', '2', '5'], noted: ['3', '4'], unclear: [] });
  });

  it('in the rows of a table', () => {
    expect(
      read(`   Recommendation                            Position         Comment
        50.1   Ratify the Convention of 2010           Supported        A bill is before
               (France)                                                 parliament.
        50.2.  Support the initiative (Peru)           Noted
        50.3   Leave it                                Partially accepted`),
    ).toEqual({ supported: ['1'], noted: ['2', '3'], unclear: [] });
  });

  it('in a paragraph for each, under their bare numbers', () => {
    expect(
      read(`1.               X cannot accept the recommendation at this time.
        2., 3.           The Government accepts these recommendations. A law of 2009.
        4.               X accepts the recommendation and notes that it is implemented.`),
    ).toEqual({ supported: ['2', '3', '4'], noted: ['1'], unclear: [] });
  });

  it('that contradict each other are unclear, and silence is silence', () => {
    expect(read('It accepts 50.1. It also notes 50.1. Text on 50.2.')).toEqual({
      supported: [],
      noted: [],
      unclear: ['50.1'],
    });
  });
});
