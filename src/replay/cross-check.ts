import { labelParagraph, listLabels } from './labels.js';
import { readAddendum } from './read-addendum.js';
import type { RealRecommendation } from './real-review.js';
import { findInLists, type ReportList } from './report-lists.js';

/** Where the report's lists and the list of recommendations differ; a sentence each. */
export function checkAgainstReport(
  recommendations: readonly RealRecommendation[],
  lists: readonly ReportList[],
  symbol: string,
): string[] {
  const printed = lists.flatMap(({ standing, labels }) => (standing ? labels : []));
  if (printed.length === 0) return [`${symbol}: no list of recommendations could be read in it`];
  const places = recommendations.map((each) => ({ ...each, at: findInLists(each.label, lists) }));
  const ours = new Set(places.map(({ at }) => at?.whole));
  const unknown = places.filter(({ at }) => !at);
  const changed = places.filter(
    ({ at, given, position }) => at && given === 'in-the-room' && at.list.standing !== position,
  );
  return [
    ...say(
      printed.filter((label) => !ours.has(label)),
      `only ${symbol} has`,
    ),
    ...say(
      unknown.map(({ label }) => label),
      `${symbol} doesn’t have`,
    ),
    ...say(
      changed.map(({ label }) => label),
      `${symbol} has another position, given in the room, for`,
    ),
  ];
}

/** Where the addendum, as far as its lists can be read, gives other positions; a sentence each. */
export function checkAgainstAddendum(
  recommendations: readonly RealRecommendation[],
  text: string,
  symbol: string,
): string[] {
  const pending = recommendations.filter(({ given }) => given !== 'in-the-room');
  const labels = pending.map(({ label }) => label);
  const [paragraph, ...others] = new Set(labels.map(labelParagraph));
  const { stances, unclear } = readAddendum(text, labels, others.length ? undefined : paragraph);
  if (labels.length > 0 && stances.size === 0) {
    return [`${symbol}: no list of positions could be read in it`];
  }
  const other = pending.filter(
    ({ label, position }) => stances.has(label) && stances.get(label) !== position,
  );
  const unread = labels.filter((label) => !stances.has(label) && !unclear.has(label));
  return [
    ...say(
      other.map(({ label }) => label),
      `${symbol} has another position for`,
    ),
    ...say([...unclear], `${symbol} both supports and notes`),
    ...say(unread, `${symbol} could not be read for`),
  ];
}

/** One sentence on some labels; none on none. */
const say = (labels: readonly string[], what: string): string[] =>
  labels.length > 0 ? [`${what} ${listLabels(labels, 40)}`] : [];
