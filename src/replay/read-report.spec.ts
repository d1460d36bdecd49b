import { describe, expect, it } from '@jest/globals';
import { readDecision } from './read-decision.js';
import { readReport } from './read-report.js';

const INTRO = 'The Working Group on the Universal Periodic Review';

describe('paragraphs 1 and 2 of a Working Group report', () => {
  it('in the words of a recent one, broken over lines and a page', () => {
    const report = readReport(`
      1.     ${INTRO}, established in accordance
      with Human Rights Council resolution 5/1, held its forty-
      eighth session from 20 to 31 January 2025. The review of the Niger was held at the
      13th meeting, on 28 January
      2025. The delegation of the Niger was headed by Mr. A. B. At its 17th meeting, held on

      2                                                           GE.25-02819
                                                                  A/HRC/59/99

      31 January 2025, the Working Group adopted the report on the Niger.
      2.     On 8 January 2025, the Human Rights Council selected the following group of
      rapporteurs (troika) to facilitate the review of the Niger: Dominican Republic, South
      Africa and Thailand.
      3.     In accordance with paragraph 15`);
    expect(report).toMatchObject({
      session: 48,
      sessionDates: { from: '2025-01-20', to: '2025-01-31' },
      state: 'Niger',
      reviewed: '2025-01-28',
      wgAdopted: '2025-01-31',
      troikaSelected: '2025-01-08',
      troika: 'Dominican Republic, South Africa and Thailand',
      meetings: { reviewed: '13th', wgAdopted: '17th' },
    });
  });

  it('in the words of the first cycle', () => {
    const report = readReport(`
      1.  ${INTRO} (UPR), established in accordance with
      resolution 5/1, held its fourth session from 30 November to 11 December 2009. The review
      of Y was held at the third meeting on 1 December 2009. At the eleventh meeting
      held on 4 December 2009, the Working Group adopted the present report on Y.`);
    expect(report).toMatchObject({
      session: 4,
      sessionDates: { from: '2009-11-30', to: '2009-12-11' },
      reviewed: '2009-12-01',
      wgAdopted: '2009-12-04',
      meetings: { reviewed: 'third', wgAdopted: 'eleventh' },
    });
    expect(report.troika).toBeUndefined();
  });

  it('never lend one act the day of another', () => {
    const report = readReport(`
      1.  ${INTRO}, established, held its fourth session. The review of Y was
      held at the 3rd meeting. At its 11th meeting, on 4 December 2009, the Working Group adopted
      the report on Y.`);
    expect(report.sessionDates).toBeUndefined();
    expect(report.reviewed).toBeUndefined();
    expect(report.wgAdopted).toBe('2009-12-04');
  });
});

describe('a decision', () => {
  it('has its day in its head, at its foot, or both', () => {
    const head = 'Decision adopted by the Human Rights Council\n on 12 March 2020\n 43/1. Outcome';
    const body = 'The Human Rights Council,\n Having conducted the review of Y on 12 November 2019';
    const foot = '32nd meeting\n 13 March 2020\n [Adopted without a vote.]';
    expect(readDecision([head, body, foot].join('\n'))).toMatchObject({
      adoptedInHead: '2020-03-12',
      adoptedAtFoot: '2020-03-13',
      reviewed: '2019-11-12',
      meeting: '32nd',
    });
    expect(readDecision([head, body].join('\n')).adoptedAtFoot).toBeUndefined();
    expect(readDecision([body, foot].join('\n')).adoptedInHead).toBeUndefined();
  });
});
