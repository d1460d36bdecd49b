import { describe, expect, it } from '@jest/globals';
import { buildCalendar, CalendarFile, instants } from './calendar.js';
import { InputFault } from './input-fault.js';

const found = {
  sessionStarts: '2019-11-04',
  sessionEnds: '2019-11-15',
  reviewed: '2019-11-12',
  wgAdopted: '2019-11-14',
  outcomeAdopted: '2020-06-12',
  meetings: { reviewed: '13th' },
};
const files = { report: 'report.txt', decision: 'decision.txt' };

function faultOf(act: () => unknown): InputFault {
  try {
    act();
  } catch (error) {
    if (error instanceof InputFault) return error;
    throw error;
  }
  throw new Error('no fault');
}

describe('the calendar of a review', () => {
  it('takes what a file gives over what documents tell', () => {
    const given = { wgAdopted: '2019-11-15', hours: { others: '18:00' } };
    expect(buildCalendar(found, given, files)).toMatchObject({
      reviewed: '2019-11-12',
      wgAdopted: '2019-11-15',
      meetings: { reviewed: '13th' },
      hours: { reviewStarts: '09:00', reviewEnds: '12:30', others: '18:00' },
      zone: 'Europe/Zurich',
    });
  });

  it('names every day that is missing, where it was looked for, and what can give it', () => {
    const fault = faultOf(() =>
      buildCalendar({ ...found, reviewed: undefined, outcomeAdopted: undefined }, {}, files),
    );
    expect(fault.code).toBe('date-not-found');
    expect(fault.details).toHaveLength(2);
    expect(fault.details[0]).toMatch(/^reviewed: not found in report\.txt .*--calendar FILE/);
    expect(fault.details[1]).toMatch(/^outcomeAdopted: not found in decision\.txt/);
  });

  it('refuses days in an impossible order', () => {
    const fault = faultOf(() => buildCalendar(found, { wgAdopted: '2019-11-11' }, files));
    expect(fault.code).toBe('dates-out-of-order');
    expect(fault.details).toEqual(['reviewed 2019-11-12 is after wgAdopted 2019-11-11']);
  });

  it('gives instants in its zone, in winter and summer time', () => {
    expect(instants(buildCalendar(found, {}, files))).toEqual({
      troikaSelected: undefined,
      reviewStarts: '2019-11-12T08:00:00Z',
      reviewEnds: '2019-11-12T11:30:00Z',
      wgAdopted: '2019-11-14T16:00:00Z',
      outcomeAdopted: '2020-06-12T15:00:00Z',
    });
  });

  it('is read strictly', () => {
    for (const wrong of [
      { adopted: '2019-11-14' },
      { reviewed: '2019-02-30' },
      { zone: 'Geneva' },
      { hours: { others: '25:00' } },
    ]) {
      expect(CalendarFile.safeParse(wrong).success).toBe(false);
    }
  });
});
