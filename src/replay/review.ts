import { splitStates } from '../modules/directory/recommenders.rules.js';
import type { StateNames } from '../modules/directory/state-names.rules.js';
import { buildCalendar, readCalendarFile, type CalendarFile } from './calendar.js';
import { checkAgainstAddendum, checkAgainstReport } from './cross-check.js';
import { checkDays, daysFound } from './days-found.js';
import { findDocuments, type FoundDocuments } from './find-documents.js';
import { openFolder, type Folder } from './folder.js';
import { InputFault } from './input-fault.js';
import { placeRecommendations } from './place-recommendations.js';
import { readDecision } from './read-decision.js';
import { findQuestions } from './read-questions.js';
import { readRecommendations } from './read-recommendations.js';
import type { Report } from './read-report.js';
import { readSpeakers } from './read-speakers.js';
import type { RealRecommendation, RealReview } from './real-review.js';
import { readPrinted } from './report-text.js';
import type { Counts } from './table.js';

interface ReadOptions {
  cycle: number;
  names: StateNames;
  /** A file of days that overrides the documents' own; see `CalendarFile`. */
  calendar?: string;
}

/**
 * One real review from a folder of official texts and its list of recommendations.
 *
 * @param dir holds `recommendations-cycleN.json` and documents named by symbol, `_` for `/`;
 *   files of other cycles may lie beside them
 * @throws InputFault with every fault of the kind that stopped it
 */
export function readReview(dir: string, { cycle, names, calendar }: ReadOptions): RealReview {
  return assembleReview(openFolder(dir), cycle, names, calendar ? readCalendarFile(calendar) : {});
}

/** The same from a folder already open. */
export function assembleReview(
  folder: Folder,
  cycle: number,
  names: StateNames,
  given: CalendarFile,
): RealReview {
  const list = readRecommendations(folder, cycle);
  const iso3 = names.resolve(list.state);
  if (!iso3) throw new InputFault('state-unknown', [`${list.state} (under review)`]);
  const found = findDocuments(folder, list, iso3);
  const report = found.report.read;
  checkState(report, found.report.file, iso3, names);
  const decision = readDecision(folder.text(found.decision.file));
  const calendar = buildCalendar(daysFound(folder, found, decision), given, {
    report: found.report.file,
    decision: found.decision.file,
  });
  const { recommendations, warnings } = placeRecommendations(list, report.lists, names);
  const { addendum } = found;
  const questions = findQuestions(folder, cycle, names);
  const speakers = readSpeakers(readPrinted(folder.text(found.report.file)), names, iso3);
  const troika = splitStates(report.troika ?? '', names).filter((name) => name !== '');
  return {
    state: list.state,
    iso3,
    cycle,
    session: list.session,
    councilSession: found.decision.session,
    documents: found.documents,
    calendar,
    troika,
    troikaCodes: troika.flatMap((name) => names.resolve(name) ?? []),
    questionFiles: questions.files,
    questions: questions.asked,
    speakers,
    recommendations,
    expected: count(found, recommendations),
    warnings: [
      ...list.warnings,
      ...found.warnings,
      ...warnings,
      ...checkAgainstReport(recommendations, report.lists, found.report.symbol),
      ...(addendum
        ? checkAgainstAddendum(recommendations, folder.text(addendum.file), addendum.symbol)
        : positionsWithoutAddendum(recommendations)),
      ...checkDays(found, decision, calendar),
      ...checkTroika(troika, found.report.file, names),
      ...questions.warnings,
    ],
  };
}

function checkState(report: Report, file: string, iso3: string, names: StateNames): void {
  const named = report.state && names.resolve(report.state);
  if (named && named !== iso3) {
    throw new InputFault('document-mismatch', [`${file} is on ${report.state}, not ${iso3}`]);
  }
}

function positionsWithoutAddendum(recommendations: readonly RealRecommendation[]): string[] {
  const later = recommendations.filter(({ given }) => given === 'addendum').length;
  return later > 0 ? [`${later} positions were given after the report, but in no addendum`] : [];
}

function checkTroika(troika: readonly string[], file: string, names: StateNames): string[] {
  const unknown = troika.filter((name) => !names.resolve(name));
  return [
    ...(troika.length === 3 ? [] : [`${file} names ${troika.length} rapporteurs, not 3`]),
    ...unknown.map((name) => `${file} names a rapporteur of an unknown State: ${name}`),
  ];
}

const count = (found: FoundDocuments, recommendations: readonly RealRecommendation[]): Counts => ({
  documents: found.documents.length,
  recommendations: recommendations.length,
  supported: recommendations.filter(({ position }) => position === 'supported').length,
  noted: recommendations.filter(({ position }) => position === 'noted').length,
  recommendingStates: new Set(recommendations.flatMap((each) => each.recommendingCodes)).size,
});
