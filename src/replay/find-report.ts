import { foldName } from '../modules/directory/state-names.rules.js';
import type { Folder } from './folder.js';
import { InputFault } from './input-fault.js';
import { readReport, type Report } from './read-report.js';
import type { RecommendationList } from './read-recommendations.js';
import type { NamedFile } from './symbols.js';

export interface FoundReport extends NamedFile {
  read: Report;
}

/**
 * The Working Group report of a list, among the files of the Council's series: its paragraph 1
 * tells of the list's session. Where several do, as in a folder of several States, the State and
 * the sources of the list's positions decide (a few of them may err); where none can be read so,
 * the sources alone.
 *
 * @throws InputFault `document-mismatch` when the report that the sources name is of another session
 */
export function findReport(
  folder: Folder,
  list: RecommendationList,
  files: readonly NamedFile[],
): FoundReport | undefined {
  const { session, state, rows } = list;
  const cited = mostCited(list);
  const weigh = ({ document, read }: FoundReport): number => {
    const naming = rows.filter(({ positionSource }) => reportOf(positionSource) === document);
    const ofState = foldName(read.state ?? '') === foldName(state);
    return 3 * Number(read.session === session) + naming.length / rows.length + Number(ofState);
  };
  const [best] = files
    .filter(({ addendum }) => addendum === undefined)
    .map((named) => ({ ...named, read: readReport(folder.text(named.file)) }))
    .filter((report) => report.read.session === session || report.document === cited)
    .toSorted((a, b) => weigh(b) - weigh(a));
  if (best?.read.session !== undefined && best.read.session !== session) {
    throw new InputFault('document-mismatch', [
      `${best.file} is of session ${best.read.session} of the Working Group; ` +
        `the list that names it is of session ${session}`,
    ]);
  }
  return best;
}

/** Where the positions of a list come from most often: `A/HRC/43/15`. */
export function mostCited({ rows }: RecommendationList): string | undefined {
  const symbols = rows.flatMap(({ positionSource }) => reportOf(positionSource) ?? []);
  const times = (symbol: string): number => symbols.filter((each) => each === symbol).length;
  return [...new Set(symbols)].toSorted((a, b) => times(b) - times(a))[0];
}

const reportOf = (source: string | null | undefined): string | undefined =>
  /A\/HRC\/\d+\/\d+/.exec(source ?? '')?.[0];
