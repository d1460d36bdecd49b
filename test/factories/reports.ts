import * as word from './word.js';
import * as open from './open-document.js';
import { pdf } from './pdf-pages.js';

/** Who wrote the reports, and left a name in them. */
export const AUTHOR = 'Maja Novak';
const { paragraph, run } = word;

export const sentence =
  'The Government consulted everybody who lives in the country about their rights. ';
/** A report of 99 words, in Word, with notes, a revision, a comment and a running title. */
export const wordReport = word.docx({
  body: [
    paragraph('Introduction', 'Heading1'),
    paragraph(`${run(sentence.repeat(8))}${word.footnote(1)}${word.endnote(1)}`),
    paragraph(`${word.deleted('a secret', AUTHOR)}${run('The end.')}${word.comment(1)}`),
  ].join(''),
  footnotes: ['Official Gazette'],
  endnotes: ['Ibid.'],
  header: 'A running title',
  author: AUTHOR,
  comments: ['Are we sure?'],
});
export const openReport = open.odt({
  body: [
    open.heading('Introduction'),
    open.textP(`<text:span>The law.</text:span>${open.note('footnote', 1, 'Official Gazette')}`),
    open.textP(open.annotation('Are we sure?', AUTHOR)),
  ].join(''),
  author: AUTHOR,
});
export const pdfReport = pdf([{ lines: ['Introduction', '', 'The law is good and it is kept.'] }], {
  author: AUTHOR,
});
