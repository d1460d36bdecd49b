import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_LINES } from './marked-lines.js';
import { countWords as countLines } from './count-words.js';
import { linesOfText } from './read-text.js';
import { WordCounter } from './word-counter.js';

const countWords = (text: string) => countLines(linesOfText(text));

const head = ['United Nations  A/HRC/1/2', 'Distr.: General', 'Original: English', '', 'Report'];
const paragraph = `
           1.     Xyzland reports, as it always has, and as has been the custom of the land, that
           its laws1 are good and kept by everybody who lives there, or almost by everybody, as
           its NGOs report. In 2030, 34 of them said so; in 2031, 56 did.
`;

describe('countWords, whatever the text', () => {
  it('loses no sign of a script without spaces', () => {
    expect(countWords('㋐').total).toBe(new WordCounter().count('㋐'));
  });

  it('loses no word: the parts add up to the total', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...head,
        '\f',
        '',
        'Contents',
        'I. Law ..... 3',
        'Law1',
        'Notes',
        '1 x',
        'Annex',
        '7',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const text = lines.join('\n');
        const { words, leftOut, total } = countWords(text);
        expect(leftOut.reduce((sum, part) => sum + part.words, words)).toBe(total);
        expect(total).toBe(new WordCounter().count(text));
      }),
    );
  });

  /** The same piece again and again, up to the lines that are looked at or the size. */
  function many(piece: string, megabytes: number): string {
    const lines = piece.split(/[\n\f]/).length;
    const bySize = Math.ceil((megabytes * 1_000_000) / piece.length);
    return piece.repeat(Math.min(bySize, Math.floor(MOST_LINES / lines)));
  }

  /** Of the processor, not of the clock: other processes do not count. */
  function secondsFor(text: string): number {
    const started = process.cpuUsage();
    countWords(text);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000_000;
  }

  it('counts ten megabytes of a report without looking back', () => {
    const page = `${head.join('\n')}\n${paragraph.repeat(40)}\nNotes\n1 x\n\f`;
    expect(secondsFor(many(page, 10))).toBeLessThan(15);
  });

  it.each([
    ['spaces', ' '.repeat(999)],
    ['one word', 'a'.repeat(999)],
    ['one number', '1'.repeat(999)],
    ['dots', '.'.repeat(999)],
    ['line ends', '\n'],
    ['form feeds', '\f'],
    ['short pages', '\fA/1/2\nx\n1\n'],
    ['lines of dots', `${'.'.repeat(99)}x\n`],
    ['lines of digits', `${'1'.repeat(99)}\n`],
    ['lines of columns', `${'1\t'.repeat(50)}\n`],
    ['lines that are nearly symbols', `${'A/'.repeat(50)}\n`],
    ['contents without entries', `Contents\n${'Prose, and prose.\n'.repeat(5)}`],
    ['contents with entries', 'Contents\nLaw 1\nLife\nLaw\nLife\n'],
    ['leaders, two by two', 'Law ..... 1\nLife ..... 2\na\nb\nc\nd\n'],
    ['headings of notes', 'foo1\nNotes\n1 x\n\nI. Law\n'],
    ['headings of annexes', 'Annex I\nof it\n'],
    ['annexes after furniture', 'A/1/2\n1\nAnnex\n'],
    ['references', 'a1 a2 a3 '.repeat(99)],
    ['references and notes', 'w1, 2\n\n1 note\n2 note\n\f'],
    ['Chinese', '人权理事会'],
    ['letters beyond the basic plane', '𐐀'.repeat(99)],
  ])('takes time in proportion, even over %s', (_, piece) => {
    expect(secondsFor(`A/1/2 Distr.\nOriginal:\n${many(piece, 4)}`)).toBeLessThan(15);
  });
});
