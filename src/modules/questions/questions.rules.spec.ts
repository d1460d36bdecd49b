import { describe, expect, it } from '@jest/globals';
import { naming } from './questions.rules.js';

describe('a title that names who asks', () => {
  it('has the name as words of its own', () => {
    expect(naming('What  oman asks', ['Oman'])).toBe(true);
    expect(naming('Every woman', ['Oman'])).toBe(false);
    expect(naming('Cote d’Ivoire (and others)', ['', 'Cote d’Ivoire (and'])).toBe(true);
    expect(naming('法国的问题', ['法国'])).toBe(true);
    expect(naming('Courts', ['France', '法国', ' '])).toBe(false);
  });
});
