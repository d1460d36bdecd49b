import { describe, expect, it } from '@jest/globals';
import { readArguments } from './arguments.js';
import { ReplayFault } from './replay-fault.js';

describe('the command line', () => {
  it('is read', () => {
    const line =
      'upr some/folder --cycle 3 --json --calendar days.json --differences out.txt'.split(' ');
    expect(readArguments(line)).toMatchObject({
      dir: 'some/folder',
      cycle: 3,
      json: true,
      calendar: 'days.json',
      differences: 'out.txt',
    });
    const against = ['--against', 'http://house.example:3000/', '--admin-email', 'a@b.example'];
    expect(readArguments(['upr', 'd', '--cycle=2', ...against])).toMatchObject({
      cycle: 2,
      json: false,
      against: 'http://house.example:3000',
      adminEmail: 'a@b.example',
    });
    expect(readArguments(['--help'])).toBe('help');
  });

  it.each([
    ['', 'Only upr'],
    ['fatf d --cycle 3', 'Only upr'],
    ['upr --cycle 3', 'DIR is missing'],
    ['upr d e --cycle 3', 'unexpected: e'],
    ['upr d', '--cycle takes a number'],
    ['upr d --cycle three', '--cycle takes a number'],
    ['upr d --cycle', '--cycle'],
    ['upr d --cycle 3 --fast', '--fast'],
    ['upr d --cycle 3 --json=yes', '--json'],
    ['upr d --cycle 3 --against ftp://house.example', '--against takes an address'],
    ['upr d --cycle 3 --admin-email a@b.example', 'go with --against'],
  ])('is refused: %s', (line, why) => {
    const read = (): unknown => readArguments(line.split(' ').filter(Boolean));
    expect(read).toThrow(ReplayFault);
    expect(read).toThrow(why);
  });
});
