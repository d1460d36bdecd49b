import type { ReviewCalendar } from './calendar.js';
import type { AskedQuestions } from './read-questions.js';
import type { Counts } from './table.js';

export type DocumentKind =
  | 'national-report'
  | 'compilation'
  | 'stakeholder-summary'
  | 'working-group-report'
  | 'addendum'
  | 'decision';

export interface RealDocument {
  kind: DocumentKind;
  /** As the United Nations prints it: `A/HRC/43/15/Add.1`. */
  symbol: string;
  /** Name of the file in the folder. */
  file: string;
  title: string;
  language: 'en';
  /** The day under "Distr.": when it was issued, which is not when it was filed. */
  issued?: string;
  /** Corrigenda found beside it, in order; they are versions of it, not documents of their own. */
  corrigenda: { symbol: string; file: string; issued?: string }[];
}

export interface RealRecommendation {
  /** As printed, damaged or not (`78.15..1`); unique in the review. */
  label: string;
  /** Without the recommending States in brackets at its end. */
  text: string;
  /** As printed, one a State. */
  recommendingStates: string[];
  /** Alpha-3 codes of the same States, in the same order. */
  recommendingCodes: string[];
  position: 'supported' | 'noted';
  /**
   * Where the State gave its position: before the Working Group adopted, or in the addendum.
   * `unanswered`: it never did, and the adoption of the outcome makes the recommendation noted.
   */
  given: 'in-the-room' | 'addendum' | 'unanswered';
}

/** One State's review as a folder of official texts tells it, ready to be played. */
export interface RealReview {
  /** The State under review as the recommendations name it. */
  state: string;
  iso3: string;
  cycle: number;
  /** Session of the Working Group. */
  session: number;
  /** Session of the Council that adopted the outcome. */
  councilSession: number;
  /** Six, in the order of their kinds in `DocumentKind`. */
  documents: RealDocument[];
  calendar: ReviewCalendar;
  /** Names of the rapporteurs' States as printed. */
  troika: string[];
  /** Alpha-3 codes of the same States; shorter where a name is unknown, with a warning. */
  troikaCodes: string[];
  /** Files of advance questions of the cycle, readable or not. */
  questionFiles: readonly string[];
  /** What could be read in them, in the order in which it was circulated. */
  questions: readonly AskedQuestions[];
  /** Codes of the States that made statements, in the order of the report. */
  speakers: readonly string[];
  /** In the order of their labels. */
  recommendations: RealRecommendation[];
  expected: Counts;
  /** Disagreements between the sources that don't stop the replay, one sentence each. */
  warnings: string[];
}
