import { describe, expect, it } from '@jest/globals';
import { datesIn, firstDate, lastDate, readRange } from './dates.js';
import { readOrdinal } from './ordinals.js';

describe('days in prose', () => {
  it('are found in order', () => {
    const text = 'resolution 60/251 of 15 March 2006, and on the 9th April 2008';
    expect(datesIn(text).map(({ date }) => date)).toEqual(['2006-03-15', '2008-04-09']);
    expect(lastDate(text)).toBe('2008-04-09');
  });

  it('are days that a calendar has', () => {
    expect(firstDate('on 31 February 2019')).toBeUndefined();
    expect(firstDate('on 112 March 2019')).toBeUndefined();
  });

  it.each([
    ['from 4 to 15 November 2019', '2019-11-04', '2019-11-15'],
    ['27 October–7 November 2014', '2014-10-27', '2014-11-07'],
    ['Geneva, 8-19 February 2010', '2010-02-08', '2010-02-19'],
    ['from 30 December 2009 to 8 January 2010', '2009-12-30', '2010-01-08'],
    ['21 January – 1 February 2013', '2013-01-21', '2013-02-01'],
  ])('make a range: %s', (text, from, to) => {
    expect(readRange(text)).toEqual({ from, to });
  });

  it('make no range backwards', () => {
    expect(readRange('from 15 to 4 November 2019')).toBeUndefined();
  });
});

describe('ordinals', () => {
  it.each([
    ['first', 1],
    ['Twelfth', 12],
    ['twentieth', 20],
    ['thirty-fourth', 34],
    ['Forty-third', 43],
    ['fifty- first', 51],
    ['32nd', 32],
    ['fourth-th', undefined],
    ['present', undefined],
    ['twenty-teenth', undefined],
  ])('%s', (words, number) => {
    expect(readOrdinal(words)).toBe(number);
  });
});
