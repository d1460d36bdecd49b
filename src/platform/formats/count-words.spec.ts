import { describe, expect, it } from '@jest/globals';
import { countWords as countLines, type WordCount } from './count-words.js';
import { linesOfText } from './read-text.js';
import { WordCounter } from './word-counter.js';

const countWords = (text: string): WordCount => {
  const { words, leftOut, total } = countLines(linesOfText(text));
  return { words, leftOut, total };
};

const symbol = 'A/HRC/WG.6/50/XYZ/1';

const cover = `
             United Nations                                        ${symbol}
             General Assembly                             Distr.: General
                                                          6 August 2031

                                                          Original: English


Human Rights Council
Working Group on the Universal Periodic Review
Fiftieth session
4–15 November 2031

            National report submitted in accordance with paragraph 5 of
            the annex to Human Rights Council resolution 16/21*

            Xyzland


         * The present document has been reproduced as received.

GE.31-13424(E)
`;

const contents = `
Contents
                                                                  Paragraphs   Page

        I.   Introduction ...........................................  1–2        3
       II.   Implementation of recommendations from the
             previous cycle ........................................   3–4        3
Annex
             Composition of the delegation ..........................             5
`;

/** 10 + 11 words. */
const first = `
     I. Introduction

           1.     Xyzland reports, as it always has. Its laws1 are good.
           2.     An Act, 2 adopted in 2030, made them better; see annex I.
`;
/** 7 + 11 + 6 words. */
const second = `
     II. Implementation of recommendations from the previous
         cycle

           3.     The Annex I Parties and everybody else agree.
           4.     See A/HRC/43/15, and the notes3 thereto.
`;
const notes = `
Notes

         1
            Official Gazette No. 91.
         2  Official Gazette No. 92, as amended
            later on.
         3  A/HRC/43/15.
`;
const annexes = `
Annex I
                                                              [English only]

              Composition of the delegation
                  • Ms. A, Minister;

Annex II. Laws

              1. The Act.
`;

const even = (number: number, body: string) => `${symbol}\n\n${body}\n\n\n${number}\n`;
const odd = (number: number, body: string) =>
  `${' '.repeat(60)}${symbol}\n\n${body}\n\n\n${' '.repeat(70)}${number}\n`;
const paged = [cover, even(2, contents), odd(3, first), even(4, second + notes), odd(5, annexes)];

/** What a text has, part by part, in the form "part words". */
const told = ({ words, leftOut }: WordCount) =>
  [`body ${words}`, ...leftOut.map(({ part, words: n }) => `${part} ${n}`)].join(', ');
const wordsOf = (text: string) => new WordCounter().count(text);
const whole = (text: string) => ({ words: wordsOf(text), leftOut: [], total: wordsOf(text) });

describe('countWords on documents of the United Nations', () => {
  const body = wordsOf(first) + wordsOf(second);

  it('leaves out cover, contents, furniture, notes and annexes', () => {
    const count = countWords(paged.join('\f'));
    expect(count.words).toBe(body);
    expect(told(count)).toBe(
      `body ${body}, cover ${wordsOf(cover)}, contents ${wordsOf(contents)}, furniture 8, ` +
        `endnotes ${wordsOf(notes)}, annexes ${wordsOf(annexes)}`,
    );
    expect(count.total).toBe(wordsOf(paged.join(' ')));
  });

  it.each<[string, (text: string) => string]>([
    ['without form feeds', (text) => text.replaceAll('\f', '\n')],
    ['without indentation', (text) => text.replaceAll(/^ +/gm, '')],
    ['without blank lines', (text) => text.replaceAll(/\n\s*\n/g, '\n')],
    ['without wide gaps', (text) => text.replaceAll(/ +/g, ' ')],
    ['with the line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
  ])('counts the same words %s', (_, change) => {
    expect(countWords(change(paged.join('\f'))).words).toBe(body);
  });

  it('finds contents without page numbers, by the headings that they announce', () => {
    const listed = '\nContents\nIntroduction\nThe law\nA conclusion\n';
    const text = `${cover}${listed}\nIntroduction\nText.\n\nThe law\nText.\n\nA conclusion\nText.\n`;
    expect(told(countWords(text))).toMatch(/^body 8, cover \d+, contents 6$/);
  });

  it('counts a text that begins on the cover, without the note at its foot', () => {
    const decision = cover.replace(
      '            Xyzland\n',
      '            The Human Rights Council,\n            Decides to adopt the outcome.\n',
    );
    const titleAndText = wordsOf(
      decision.slice(decision.indexOf('National'), decision.indexOf(' *')),
    );
    expect(countWords(decision).words).toBe(titleAndText);
    const compilation = cover.replace('Xyzland', 'I. Background\n  1. It was prepared.');
    expect(countWords(`${compilation}\f${even(2, 'More of it.')}`).words).toBe(6 + 3);
  });

  it('leaves out footnotes page by page, where the text refers to them', () => {
    const page = (n: number, law: string) =>
      odd(n, `${n}. The ${law}${n - 1} holds,\nsays it.\n\n   ${n - 1}  Gazette\n No. ${n}.`);
    const pages = [page(2, 'law'), page(3, 'Constitution'), page(4, 'custom')];
    const count = countWords([cover, ...pages].join('\f'));
    expect(told(count)).toBe(`body 18, cover ${wordsOf(cover)}, furniture 6, footnotes 12`);
  });

  it('takes up the text again where a chapter follows its notes', () => {
    const chapter = 'I. Law\n\nGood1 law.\n\nNotes\n\n1 Gazette.\n\nII. Life\n\nGood life.\n';
    expect(told(countWords(chapter))).toBe('body 8, endnotes 3');
  });

  it('does not take a sentence for a running title that often stands at the edge', () => {
    const sentence = 'Rec. 7 Its implementation is already under way.';
    const page = (n: number) => even(n, `${`${sentence}\n\n`.repeat(4)}${sentence}`);
    const count = countWords([cover, page(2), page(3), page(4)].join('\f'));
    expect(count.words).toBe(15 * wordsOf(sentence));
  });

  it('finds running titles, and the title page, of other documents', () => {
    const page = (n: number, text: string) =>
      `Joint submission 4 – Xyzland\n\n${text}\n\n- ${n} -\n`;
    const title = 'Joint submission\nXyzland\n\nby\nthe Alliance\n';
    const pages = [
      page(2, 'Many words follow.'),
      page(3, 'Others too'),
      page(4, 'At the end, these'),
    ];
    const count = countWords([title, ...pages].join('\f'));
    expect(told(count)).toBe('body 9, cover 6, furniture 15');
  });
});

describe('countWords in the other languages of the United Nations', () => {
  const masthead = `Nations Unies   ${symbol}\nDistr. générale\n\nOriginal : français\n\n`;

  it.each([
    ['French', '1. Le texte.', 'Notes\n1 Loi.', 'Annexe I\nListe'],
    ['Spanish', '1. El texto.', 'Notas\n1 Ley.', 'Anexo 1: Lista'],
    ['Russian', '1. Сам текст.', 'Примечания\n1 Закон.', 'Приложение I\nСписок'],
    ['Arabic', '1. هذا نص.', 'الحواشي\n1 قانون.', 'المرفق الأول\nقائمة'],
  ])('knows cover, notes and annexes in %s', (_, text, itsNotes, itsAnnex) => {
    const count = countWords(`${masthead}\f${text}\n\n${itsNotes}\n\n${itsAnnex}\n`);
    expect(count.words).toBe(3);
    expect(count.leftOut.map(({ part }) => part)).toEqual(['cover', 'endnotes', 'annexes']);
  });

  it('counts Chinese in words of the dictionary, not in characters', () => {
    const sentence = '人权理事会审议了斯洛文尼亚的国家报告。';
    const { words, leftOut } = countWords(`1. ${sentence}\n\n注\n1 法律。\n\n附件一\n名单\n`);
    expect(words).toBeGreaterThan(6);
    expect(words).toBeLessThan(16);
    expect(leftOut.map(({ part }) => part)).toEqual(['endnotes', 'annexes']);
  });
});

describe('countWords on ordinary plain text', () => {
  it.each([
    ['nothing', ''],
    ['a line', 'Seven words, counted by spaces – not punctuation.'],
    ['a letter', 'Dear Sir,\n\nI refer to Annex\nI of the Act.\n\n1 apple\n2 pears\n\nYours\n'],
    ['a list', '# Notes\n\nNotes\nare below.\n\n* one\n* two\n\n**bold**\n'],
    [
      'its own words for things',
      'Contents of it\n\nAnnex I to it applies.\nAnnex II\nno longer.\n\nAnnexed\n',
    ],
    ['a heading that nothing follows', 'Text.\n\nContents\n\nMore text, no entries.\n'],
    ['an annex alone', 'Annex I\n\nList of laws\n'],
    ['a short first page', 'A page of one sentence that says it all.\fSecond.\fThird.\n'],
    ['paragraphs whose numbers have no stop', 'See page 1, 2.\n\n1 The law.\n\n2 It is good.\n'],
    ['numbers in columns', 'Year    Cases\n2001    17\n2002    23\n2003    11\n'],
  ])('leaves nothing out of %s', (_, text) => {
    expect(countWords(text)).toEqual(whole(text));
  });

  it('leaves out notes at the very end that the text refers to', () => {
    const text = 'The law[1] is good; so is life[2].\n\n[1] Gazette,\nNo. 1.\n[2] Ibid.\n';
    expect(told(countWords(text))).toBe('body 7, footnotes 6');
  });
});
