import { describe, expect, it } from '@jest/globals';
import { findLanguage } from './find-language.js';
import { languageDiffers } from './language-tags.js';

const long = (sentence: string) => `${sentence} `.repeat(Math.ceil(700 / sentence.length));

describe('the language of a text', () => {
  it.each([
    ['en', 'The Human Rights Council adopted the outcome of the review without a vote.'],
    ['fr', 'Le Conseil des droits de l’homme a adopté le document final de l’examen sans vote.'],
    ['es', 'El Consejo de Derechos Humanos aprobó el documento final del examen sin votación.'],
    ['ru', 'Совет по правам человека принял итоговый документ обзора без голосования.'],
    ['ar', 'اعتمد مجلس حقوق الإنسان نتائج الاستعراض الدوري الشامل دون تصويت.'],
    ['zh', '人权理事会未经表决通过了普遍定期审议的结果，并对有关国家表示感谢。'],
    [
      'sl',
      'Svet za človekove pravice je izid pregleda sprejel brez glasovanja, kakor je običajno.',
    ],
    ['de', 'Der Menschenrechtsrat hat das Ergebnis der Überprüfung ohne Abstimmung angenommen.'],
    ['pt', 'O Conselho de Direitos Humanos adotou o resultado da revisão sem votação alguma.'],
  ])('is found: %s', (language, sentence) => {
    expect(findLanguage(long(sentence))).toBe(language);
  });

  it('is not guessed from a few words, or from none', () => {
    for (const text of ['', 'A few words.', '1234567890 '.repeat(200), '短文。']) {
      expect(findLanguage(text)).toBeNull();
    }
  });

  it('is that of most of it, whatever a part of it is in', () => {
    const english = long('The Government thanks the Council for its recommendations.').repeat(10);
    const quoted = long('Le Conseil a adopté le document final.');
    expect(findLanguage(`${english}${quoted}${english}`)).toBe('en');
  });

  it('differs from what is declared, where anything can be said of that', () => {
    expect(languageDiffers('en', 'fr')).toBe(true);
    expect(languageDiffers('en', 'EN-gb')).toBe(false);
    expect(languageDiffers('zh', 'zh-Hans')).toBe(false);
    expect(languageDiffers('hr', 'sr-Latn')).toBe(false);
    expect(languageDiffers('en', 'mi')).toBe(false);
    expect(languageDiffers(null, 'fr')).toBe(false);
  });
});
