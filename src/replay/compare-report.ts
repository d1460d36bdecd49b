import { stripRecommenders } from '../modules/directory/recommenders.rules.js';
import type { StateNames } from '../modules/directory/state-names.rules.js';
import { readAddendum } from './read-addendum.js';
import type { PrintedParagraph, PrintedReport } from './report-text.js';
import { Tally, type Comparison } from './tally.js';
import type { ComposedReport } from './write-report.js';

type Paragraph = ComposedReport['sections'][number]['paragraphs'][number];
type Item = Paragraph['items'][number];

const normal = (text: string): string =>
  text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/\s+/g, ' ').trim();
/** What a line end of the printed page may have hidden: whether a hyphen there is one. */
const joined = (text: string): string => normal(text).replaceAll(/[-\s]/g, '');

/** A composed report held against the printed one: numbers, texts, labels and recommending States. */
export function compareReport(
  composed: ComposedReport,
  printed: PrintedReport,
  names: StateNames,
): Comparison {
  const tally = new Tally();
  const ours = composed.sections.flatMap(({ paragraphs }) =>
    paragraphs.filter(({ number }) => number !== null),
  );
  const length = Math.max(ours.length, printed.paragraphs.length);
  for (let at = 0; at < length; at += 1) {
    compareParagraph(tally, ours[at], printed.paragraphs[at]);
  }
  const proposed = new Map(composed.relabelled.map((each) => [each.id, each.proposed]));
  compareItems(tally, ours, printed, { proposed, names });
  return tally.result();
}

function compareParagraph(
  tally: Tally,
  ours: Paragraph | undefined,
  theirs: PrintedParagraph | undefined,
): void {
  const number = theirs?.number ?? ours?.number;
  const same = ours?.number === theirs?.number;
  tally.check('paragraph numbers', same, () => {
    return `paragraph ${theirs?.number ?? 'none'}: composed as ${ours?.number ?? 'none'}`;
  });
  if (!ours || !theirs) return;
  // What was copied from the printed report says nothing of the house.
  if (ours.written) return;
  tally.check('composed paragraphs', joined(ours.text) === joined(theirs.text), () => {
    return `paragraph ${number}: ${apart(ours.text, theirs.text)}`;
  });
}

function compareItems(
  tally: Tally,
  ours: readonly Paragraph[],
  printed: PrintedReport,
  { proposed, names }: { proposed: ReadonlyMap<string, string>; names: StateNames },
): void {
  const listed = printed.paragraphs.filter(({ section }) => section === 'conclusions');
  const theirs = new Map(
    listed.flatMap(({ items }) => items).map((each) => [each.mark, each.text]),
  );
  const items = ours
    .flatMap((each) => each.items)
    .filter(({ recommendationId }) => recommendationId);
  for (const item of items) {
    const label = proposed.get(item.recommendationId!) ?? item.mark;
    tally.check(
      'given labels that fit their place',
      label === item.mark && theirs.has(item.mark),
      () => {
        const where = theirs.has(item.mark) ? `is ${label} by its place` : 'is not in the report';
        return `${item.mark}: ${where}`;
      },
    );
    const text = theirs.get(item.mark);
    if (text !== undefined) compareItem(tally, item, text, names);
  }
  const known = new Set(items.map(({ mark }) => mark));
  for (const label of theirs.keys()) {
    if (!known.has(label))
      tally.check(
        'given labels that fit their place',
        false,
        () => `${label}: is in the report alone`,
      );
  }
}

function compareItem(tally: Tally, { mark, text }: Item, printed: string, names: StateNames): void {
  const [ours, theirs] = [text.replace(/[;.\s]+$/, ''), printed].map((each) =>
    stripRecommenders(each, names),
  ) as [ReturnType<typeof stripRecommenders>, ReturnType<typeof stripRecommenders>];
  tally.check('recommendation texts', joined(ours.text) === joined(theirs.text), () => {
    return `${mark}: ${apart(ours.text, theirs.text)}`;
  });
  const [own, others] = [ours.states, theirs.states];
  const all = own.toSorted().join() === others.toSorted().join();
  tally.check(
    'recommending States',
    all,
    () => `${mark}: by ${own.join(', ')}, not ${others.join(', ')}`,
  );
  tally.check('entries as printed', joined(text) === joined(`${printed}${text.at(-1)}`), () => {
    return `${mark}: ends in ${ending(text)}, not ${ending(printed)}`;
  });
  if (!all) return;
  tally.check('orders of States', own.join() === others.join(), () => {
    return `${mark}: in the order ${own.join(', ')}, not ${others.join(', ')}`;
  });
}

/** The last brackets of a text, and what stands before them. */
const ending = (text: string): string => JSON.stringify(normal(text).slice(-70));

/** Where two texts part: a few words of each from there on. */
function apart(ours: string, theirs: string): string {
  const [own, others] = [normal(ours), normal(theirs)];
  let at = 0;
  while (at < own.length && own[at] === others[at]) at += 1;
  const from = own.lastIndexOf(' ', at) + 1;
  const told = (text: string): string => JSON.stringify(text.slice(from, from + 60));
  return `says ${told(own)}, not ${told(others)}`;
}

/** A composed addendum held against the printed one: which labels are supported, and which noted. */
export function compareAddendum(composed: ComposedReport, printed: string): Comparison {
  const tally = new Tally();
  const ours = new Map<string, string>();
  for (const { section, paragraphs } of composed.sections) {
    for (const { items } of paragraphs) for (const { mark } of items) ours.set(mark, section);
  }
  const [first] = ours.keys();
  const paragraph = Number(/^\d+/.exec(first ?? '')?.[0]);
  const { stances, unclear } = readAddendum(printed, ours.keys(), paragraph || undefined);
  for (const [label, position] of ours) {
    const said = unclear.has(label) ? 'both' : (stances.get(label) ?? 'nothing that can be read');
    tally.check('positions', said === position, () => `${label}: ${position}, not ${said}`);
  }
  return tally.result();
}
