import { describeDocument } from './describe-document.js';
import { findReport, mostCited, type FoundReport } from './find-report.js';
import type { Folder } from './folder.js';
import { InputFault } from './input-fault.js';
import type { RecommendationList } from './read-recommendations.js';
import type { RealDocument } from './real-review.js';
import { fileNameOf, namesSymbol, readFileName, type NamedFile } from './symbols.js';

/** The six documents of one review, found in a folder that may hold several reviews. */
export interface FoundDocuments {
  documents: RealDocument[];
  report: FoundReport;
  addendum?: NamedFile;
  decision: NamedFile;
  warnings: string[];
}

const SESSION_KINDS = ['national-report', 'compilation', 'stakeholder-summary'] as const;

/**
 * The decision is the one whose text names the report's symbol; the addendum hangs on that
 * symbol; the first three carry the Working Group's session and the State's code in theirs. The
 * addendum may be missing where the decision names none: a State may answer in the room alone.
 *
 * @param iso3 the State's code, for want of a better one in the report or the file names
 * @throws InputFault `document-missing`, naming every document that was looked for
 */
export function findDocuments(
  folder: Folder,
  list: RecommendationList,
  iso3: string,
): FoundDocuments {
  const files = folder.files.flatMap((file) => readFileName(file) ?? []);
  const series = (wanted: NamedFile['series']): NamedFile[] =>
    latest(files.filter((each) => each.series === wanted && each.corrigendum === undefined));
  const report = findReport(folder, list, series('council'));
  const code = stateCode(folder, list.session, series('working-group'), report) ?? iso3;
  const symbols = SESSION_KINDS.map((_, at) => `A/HRC/WG.6/${list.session}/${code}/${at + 1}`);
  const session = symbols.map((symbol) =>
    series('working-group').find(({ document }) => document === symbol),
  );
  const decision =
    report &&
    series('decision').find(({ file }) => namesSymbol(folder.text(file), report.document));
  const addenda = series('council').filter(
    ({ document }) => report && document.startsWith(`${report.document}/Add.`),
  );
  const addendum = addenda[0];
  const answers = `${report?.document}/Add.1`;
  const silent = decision && !namesSymbol(folder.text(decision.file), answers);

  const missing = [
    ...SESSION_KINDS.flatMap((kind, at) =>
      session[at] ? [] : [looked(kind, symbols[at] ?? '', files)],
    ),
    ...(report ? [] : [lookedForReport(list)]),
    ...(!report || addendum || silent ? [] : [looked('addendum', answers, files)]),
    ...(decision ? [] : [`decision: no A_HRC_DEC_*.txt that names ${report?.document ?? 'it'}`]),
  ];
  if (!report || !decision || missing.length > 0) throw new InputFault('document-missing', missing);

  const cited = mostCited(list) ?? report.document;
  const warnings = [
    ...(cited === report.document ? [] : [`the list’s sources name ${cited}, not ${report.file}`]),
    ...addenda.slice(1).map(({ file }) => `${file} is not played, but ${addendum?.file} alone`),
  ];
  const found = [
    ...SESSION_KINDS.map((kind, at) => [kind, session[at]] as const),
    ['working-group-report', report] as const,
    ['addendum', addendum] as const,
    ['decision', decision] as const,
  ];
  const documents = found.flatMap(([kind, named]) =>
    named ? describeDocument(folder, kind, named, files, { state: list.state, warnings }) : [],
  );
  return { documents, report, addendum, decision, warnings };
}

/** Of several revisions of a document the last, in the order of numbers. */
function latest(files: readonly NamedFile[]): NamedFile[] {
  const byDocument = new Map<string, NamedFile>();
  for (const named of files.toSorted((a, b) => a.revision - b.revision)) {
    byDocument.set(named.document, named);
  }
  return [...byDocument.values()].toSorted(
    (a, b) => a.session - b.session || a.number - b.number || (a.addendum ?? 0) - (b.addendum ?? 0),
  );
}

/** The code in the symbols of a session's documents (`ROM` in 2008), which may be a former one. */
function stateCode(
  folder: Folder,
  session: number,
  files: readonly NamedFile[],
  report: FoundReport | undefined,
): string | undefined {
  const own = files.filter((each) => each.session === session);
  const named = own.find(
    ({ document }) => report && namesSymbol(folder.text(report.file), document),
  );
  const codes = new Set(own.map(({ iso3 }) => iso3));
  return named?.iso3 ?? (codes.size === 1 ? own[0]?.iso3 : undefined);
}

function looked(kind: string, symbol: string, files: readonly NamedFile[]): string {
  const corrigenda = files.filter(({ document }) => document === symbol).map(({ file }) => file);
  const only = corrigenda.length > 0 ? `; there is only ${corrigenda.join(', ')}` : '';
  return `${kind}: no ${symbol} (${fileNameOf(symbol)})${only}`;
}

function lookedForReport(list: RecommendationList): string {
  const cited = mostCited(list);
  return (
    `working-group-report: no ${cited ? `${cited} (${fileNameOf(cited)})` : 'A_HRC_n_m.txt'}` +
    ` whose paragraph 1 tells of session ${list.session} of the Working Group`
  );
}
