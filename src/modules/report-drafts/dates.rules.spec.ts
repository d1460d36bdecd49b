import { describe, expect, it } from '@jest/globals';
import { day, listOf, ordinal, range } from './dates.rules.js';

describe('what a report says of time and number', () => {
  it.each([
    [7, 'seventh'],
    [19, 'nineteenth'],
    [20, 'twentieth'],
    [34, 'thirty-fourth'],
    [40, 'fortieth'],
    [43, 'forty-third'],
    [101, '101st'],
    [112, '112th'],
  ])('%i is the %s', (n, word) => {
    expect(ordinal(n)).toBe(word);
  });

  it.each([
    ['2019-11-04', '2019-11-15', '4 to 15 November 2019'],
    ['2014-10-27', '2014-11-07', '27 October to 7 November 2014'],
    ['2026-12-28', '2027-01-08', '28 December 2026 to 8 January 2027'],
    ['2026-11-04', '2027-11-15', '4 November 2026 to 15 November 2027'],
  ])('from %s to %s: %s', (starts, ends, words) => {
    expect(range(starts, ends)).toBe(words);
  });

  it('a day is told as it is where the session is held', () => {
    expect(day(new Date('2019-11-12T23:30:00Z'), 'Europe/Zurich')).toBe('13 November 2019');
  });

  it('names stand in a row', () => {
    expect(listOf(['Bangladesh', 'Denmark', 'Egypt'])).toBe('Bangladesh, Denmark and Egypt');
  });
});
