import type { StateNames } from '../modules/directory/state-names.rules.js';
import { compareOrder, compareQuestions, compareSpeakers } from './compare-dialogue.js';
import { compareAddendum, compareReport } from './compare-report.js';
import type { Composed } from './play-review.js';
import type { PublishedReview } from './read-record.js';
import type { DocumentKind, RealReview } from './real-review.js';
import { readPrinted } from './report-text.js';
import { comparisonLines, type Comparison } from './tally.js';

interface Played {
  readonly published: PublishedReview;
  readonly composed: Composed;
}

/**
 * How what the house made of the review differs from what was printed: told, and no fault of the
 * replay. First what it was given from the print, which agrees of itself.
 */
export function outcomeLines(
  review: RealReview,
  { published, composed }: Played,
  { names, textOf }: { names: StateNames; textOf: (kind: DocumentKind) => string | undefined },
): string[] {
  const text = textOf('working-group-report');
  const answers = textOf('addendum');
  const printed = readPrinted(text ?? '');
  const { report, unlabelled, addendum, labels } = composed;
  const told = (what: string, there: boolean, compare: () => Comparison): string[] =>
    there ? comparisonLines(what, compare()) : [];
  return [
    ...givenLines(review, composed),
    ...told('Questions', review.questions.length > 0, () =>
      compareQuestions(published, review, { printed, names }),
    ),
    ...told('Speakers', review.speakers.length > 0, () =>
      compareSpeakers(published, review, printed),
    ),
    ...(unlabelled ? comparisonLines('Order', compareOrder(unlabelled, labels, printed)) : []),
    ...(report ? comparisonLines('Composed report', compareReport(report, printed, names)) : []),
    ...(addendum && answers !== undefined
      ? comparisonLines('Composed addendum', compareAddendum(addendum, answers))
      : []),
  ];
}

function givenLines(
  { cycle, questions, questionFiles, speakers }: RealReview,
  { copied }: Composed,
): string[] {
  const files = questionFiles.length;
  const unread = files === 0 ? 'there is no file' : `none can be read in ${files} files`;
  return [
    'Given from the files: dates, texts with their States in order, labels, positions, the troika, ' +
      `who speaks, and where the list begins; copied into the report: ${copied.join(', ')}, and all paragraphs by hand`,
    ...(questions.length === 0
      ? [`No advance questions are played: ${unread} of cycle ${cycle}`]
      : []),
    ...(speakers.length === 0 ? ['No speakers are played: the report names none'] : []),
  ];
}
