import { describe, expect, it } from '@jest/globals';
import { configurationOf, piecesOf, spaced } from './search-texts.rules.js';

describe('texts for the search', () => {
  it('are taken to their stems in the languages that PostgreSQL knows', () => {
    expect(['en', 'fr-CA', 'ES', 'zh', 'sl'].map(configurationOf)).toEqual([
      'english',
      'french',
      'spanish',
      'simple',
      'simple',
    ]);
  });

  it('come in pieces that end with a line where they can, and lose nothing', () => {
    const lines = 'A line of a report.\n'.repeat(20_000);
    for (const text of [lines, 'x'.repeat(400_000), 'short', '']) {
      const pieces = piecesOf(text);
      expect(pieces.join('')).toBe(text);
      expect(Math.max(0, ...pieces.map(({ length }) => length))).toBeLessThanOrEqual(150_000);
    }
    expect(piecesOf(lines).every((piece) => piece.endsWith('\n'))).toBe(true);
  });

  it('have spaces between their words, also where their script has none', () => {
    const words = spaced('人权理事会 and words').trim().split(/\s+/);
    expect(words.join('')).toBe('人权理事会andwords');
    expect(words).toEqual(expect.arrayContaining(['人权', 'and', 'words']));
    expect(words.length).toBeGreaterThan(3);
    expect(spaced('права человека')).toBe('права человека');
  });
});
