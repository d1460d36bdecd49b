import { splitStates, stripRecommenders } from '../modules/directory/recommenders.rules.js';
import { decodeEntities, type StateNames } from '../modules/directory/state-names.rules.js';
import { InputFault, type InputFaultCode } from './input-fault.js';
import { compareLabels, labelParagraph, listLabels } from './labels.js';
import type { RecommendationList, RecommendationRow } from './read-recommendations.js';
import type { RealRecommendation } from './real-review.js';
import { findInLists, type ReportList } from './report-lists.js';
import { readPosition } from './stance.js';

/**
 * The rows of a list as recommendations: their States resolved, the brackets taken off, their
 * positions read, and by the report's own lists whether the position was given in the room.
 *
 * @throws InputFault `state-unknown`, `recommender-missing` or `position-unknown`, naming all
 */
export function placeRecommendations(
  { rows }: RecommendationList,
  lists: readonly ReportList[],
  names: StateNames,
): { recommendations: RealRecommendation[]; warnings: string[] } {
  const read = rows.map((row) => ({
    row,
    label: row.paragraph,
    states: recommenders(row, names),
    position: readPosition(row.position ?? ''),
    inRoom: givenInRoom(row.paragraph, lists),
  }));
  refuse(
    'state-unknown',
    read.flatMap(({ label, states }) => states.unknown.map((name) => `${name} (${label})`)),
  );
  refuse(
    'recommender-missing',
    read.filter(({ states }) => states.codes.length === 0).map(({ label }) => label),
  );
  const recommendations = read.flatMap(({ row, label, states, position, inRoom }) => {
    if (!position) return [];
    const given = (inRoom ?? sourceIsReport(row)) ? 'in-the-room' : 'addendum';
    const recommendation: RealRecommendation = {
      label,
      text: stripRecommenders(row.text, names).text.replace(/[;\s]+$/, ''),
      recommendingStates: states.names,
      recommendingCodes: states.codes,
      position: position.position,
      given: position.unanswered ? 'unanswered' : given,
    };
    return [recommendation];
  });
  const unread = read.filter(({ position }) => !position);
  refuse(
    'position-unknown',
    unread.map(({ label, row }) => `${label}: ${row.position}`),
  );
  const labelsOf = (found: typeof read): string[] => found.map(({ label }) => label);
  return {
    recommendations: recommendations.toSorted((a, b) => compareLabels(a.label, b.label)),
    warnings: [
      ...warn(
        labelsOf(read.filter(({ inRoom }) => inRoom === undefined)),
        'under no list of the report: placed by the sources of their positions',
      ),
      ...warn(labelsOf(read.filter(({ position }) => position?.part)), 'supported in part: noted'),
      ...warn(
        labelsOf(read.filter(({ position }) => position?.unanswered)),
        'without a position: noted on adoption of the outcome',
      ),
    ],
  };
}

function refuse(code: InputFaultCode, faults: readonly string[]): void {
  if (faults.length > 0) throw new InputFault(code, [...new Set(faults)]);
}

const warn = (labels: readonly string[], what: string): string[] =>
  labels.length > 0 ? [`${labels.length} ${what}: ${listLabels(labels)}`] : [];

/** The row's States, each once; from the brackets in its text where the row lists none. */
function recommenders(
  row: RecommendationRow,
  names: StateNames,
): { names: string[]; codes: string[]; unknown: string[] } {
  const listed = row.recommendingStates ?? [];
  if (listed.length === 0) {
    const codes = stripRecommenders(row.text, names).states;
    return { names: codes, codes, unknown: [] };
  }
  const printed = listed.flatMap((name) =>
    names.resolve(name) ? [decodeEntities(name)] : splitStates(name, names),
  );
  const byCode = new Map<string, string>();
  for (const name of printed) {
    const code = names.resolve(name);
    if (code && !byCode.has(code)) byCode.set(code, name);
  }
  return {
    names: [...byCode.values()],
    codes: [...byCode.keys()],
    unknown: printed.filter((name) => !names.resolve(name)),
  };
}

/** By the list that prints the label, else the one whose paragraph it hangs under. */
function givenInRoom(label: string, lists: readonly ReportList[]): boolean | undefined {
  const paragraph = labelParagraph(label);
  const list =
    findInLists(label, lists)?.list ?? lists.find((each) => each.paragraph === paragraph);
  return list?.standing && list.standing !== 'pending';
}

/** Without the report's word: does the list say that the report itself gives the position? */
const sourceIsReport = ({ positionSource }: RecommendationRow): boolean =>
  /A\/HRC\/\d+\/\d+(?!.*Add\.)/i.test(positionSource ?? '');
