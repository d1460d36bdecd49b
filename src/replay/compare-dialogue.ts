import { splitStates } from '../modules/directory/recommenders.rules.js';
import type { StateNames } from '../modules/directory/state-names.rules.js';
import type { PublishedReview } from './read-record.js';
import type { RealReview } from './real-review.js';
import { particularsOf, type PrintedReport } from './report-text.js';
import { Tally, type Comparison } from './tally.js';
import type { ComposedReport } from './write-report.js';

/** Who spoke by the public record, and in which order, beside the printed report. */
export function compareSpeakers(
  { speakers }: PublishedReview,
  review: RealReview,
  printed: PrintedReport,
): Comparison {
  const tally = new Tally();
  const made = speakers.filter(({ statement }) => statement !== null);
  const { statements } = particularsOf(printed);
  if (statements !== undefined) {
    tally.check('counts of statements', `${made.length}` === statements, () => {
      return `${made.length} statements, not ${statements}`;
    });
  }
  const codes = made.map(({ by }) => by.side?.replace(/^state:/, '') ?? by.name);
  tally.checkSame('States that spoke', codes, review.speakers);
  tally.checkOrder('in the printed order of speaking', codes, review.speakers);
  return tally.result();
}

/** What was asked in advance by the public record, beside the files and the printed sentence. */
export function compareQuestions(
  { questions }: PublishedReview,
  review: RealReview,
  { printed, names }: { printed: PrintedReport; names: StateNames },
): Comparison {
  const tally = new Tally();
  const filed = review.questions.flatMap(({ state, questions: texts }) =>
    texts.map((text) => ({ state, text })),
  );
  for (const { state, text } of filed) {
    const there = questions.some(
      (each) => each.text === text && each.askingStates.join() === state,
    );
    tally.check('questions', there, () => `${state}: not in the record: ${text.slice(0, 60)}`);
  }
  const asking = new Set(questions.flatMap(({ askingStates }) => askingStates));
  const told = splitStates(particularsOf(printed).questionsBy ?? '', names);
  const named = new Set(told.flatMap((name) => names.resolve(name) ?? []));
  tally.checkSame('asking States', [...asking], [...named]);
  return tally.result();
}

/**
 * Recommendations as the house orders and labels them by itself, before it is given the printed
 * labels: in the order in which they were made. The printed lists go by subject, which the house does
 * not know: so it is told, too, how many stand behind their neighbour there as they do here.
 *
 * @param labels the printed ones, by id
 */
export function compareOrder(
  unlabelled: ComposedReport,
  labels: ReadonlyMap<string, string>,
  printed: PrintedReport,
): Comparison {
  const tally = new Tally();
  const lists = printed.paragraphs.filter(
    ({ section, items }) => section === 'conclusions' && items.length > 0,
  );
  const items = listsOf(unlabelled).flatMap((own, list) =>
    own.flatMap(({ mark, recommendationId }) => {
      const label = labels.get(recommendationId);
      return label === undefined ? [] : [{ mark, label, list }];
    }),
  );
  for (const { mark, label, list } of items) {
    const where = lists.findIndex((each) => each.items.some((item) => item.mark === label));
    tally.check('in the printed list', list === where, () => {
      return `${label}: in list ${list + 1} here`;
    });
    tally.check('computed labels', mark === label, () => `${label}: ${mark} here`);
  }
  const ours = items.map(({ label }) => label);
  const listed = lists.map(({ items: own }) => own.map(({ mark }) => mark));
  tally.checkSame('recommendations', ours, listed.flat());
  for (const list of listed) {
    for (const [at, label] of list.entries()) {
      const before = list[at - 1];
      if (before === undefined || !ours.includes(before) || !ours.includes(label)) continue;
      const rises = ours.indexOf(before) < ours.indexOf(label);
      tally.check('neighbours in the order of speaking', rises, () => {
        return `${label}: before ${before} here`;
      });
    }
  }
  return tally.result();
}

/** The recommendations under each paragraph that lists any. */
const listsOf = ({ sections }: ComposedReport) =>
  sections
    .flatMap(({ paragraphs }) => paragraphs)
    .map(({ items }) =>
      items.flatMap(({ mark, recommendationId }) =>
        recommendationId === null ? [] : [{ mark, recommendationId }],
      ),
    )
    .filter((own) => own.length > 0);
