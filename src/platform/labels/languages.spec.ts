import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LANGUAGES, preferredLanguage } from './languages.js';

describe('the language that a reader prefers', () => {
  it.each([
    [undefined, 'en', 'nobody asked'],
    ['', 'en', 'nothing asked'],
    ['fr', 'fr', 'by its name'],
    ['FR-ch', 'fr', 'a region of it, in any case'],
    ['zh-Hant-TW', 'zh', 'a script and a region of it'],
    ['de, es;q=0.5', 'es', 'the first that we have'],
    ['es;q=0.5, fr;q=0.7', 'fr', 'the one wished more'],
    ['ru, ar', 'ru', 'the first of two alike'],
    ['ar,ru', 'ar', 'the first of two alike'],
    ['fr-CH;q=0.4, es;q=0.5, fr;q=0.9', 'fr', 'the best of a language’s ranges'],
    ['*', 'en', 'any'],
    ['en;q=0, *', 'fr', 'any but one'],
    ['es;q=0.2, *;q=0.8', 'en', 'any rather than one'],
    ['fr-FR, fr;q=0, es;q=0.1', 'es', 'a language that is refused by its name'],
    ['de', 'en', 'none that we have'],
    ['fr;q=0', 'en', 'none but what we lack'],
    ['fr;q=7, es', 'es', 'not what cannot be read'],
    ['fr;q=abc;;, ,=;, zh', 'zh', 'not what cannot be read'],
    ['fra', 'en', 'not a language whose name begins alike'],
    ['fr ; q=0.3 , es;q=0.2', 'fr', 'with spaces'],
  ])('%s: %s (%s)', (...[header, language]) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  const quality = fc.integer({ min: 1, max: 1000 }).map((thousandths) => thousandths / 1000);
  const wishes = fc.uniqueArray(fc.tuple(fc.constantFrom(...LANGUAGES), quality), {
    minLength: 1,
    selector: ([language]) => language,
  });

  it('is the one of highest quality, wherever it stands', () => {
    fc.assert(
      fc.property(wishes, (some) => {
        const header = some.map(([language, q]) => `${language};q=${q}`).join(', ');
        const best = Math.max(...some.map(([, q]) => q));
        const [first] = some.find(([, q]) => q === best)!;
        expect(preferredLanguage(header)).toBe(first);
      }),
    );
  });

  it('is one of ours, whatever is sent', () => {
    const noise = fc.oneof(fc.string(), fc.stringMatching(/^[a-z*;q=.,0-9 -]*$/));
    fc.assert(
      fc.property(noise, (header) => {
        expect(LANGUAGES).toContain(preferredLanguage(header));
      }),
    );
  });

  it('changes nothing by what cannot be read beside it', () => {
    const unreadable = fc.constantFrom('fr;q=2', '%%', 'es;q=-1', 'x_y', 'ru;level=1', ';q=1');
    fc.assert(
      fc.property(wishes, unreadable, (some, junk) => {
        const header = some.map(([language, q]) => `${language};q=${q}`).join(',');
        expect(preferredLanguage(`${junk}, ${header}`)).toBe(preferredLanguage(header));
      }),
    );
  });
});
