/** What a definition says of its items and of the report that they stand in; see `definition.ts`. */

/** How the words of an item may become others: only by whose words they are, or with their consent. */
export interface WordingRule {
  /** Stages in which whoever made it may propose another text. */
  readonly during: readonly string[];
  /** Who may propose an editorial correction, to be agreed to like any other text. */
  readonly correctedBy: readonly string[];
  /** Who records the text as it was heard in the room, and when. */
  readonly deliveredBy: readonly string[];
  readonly deliveredDuring: readonly string[];
  /** The deadline until which an adopted item may still be corrected by whose it is. */
  readonly corrigendaUntil: string;
}

/** How an item is split, so that each part is answered for itself. */
interface SplitRule {
  readonly askedBy: readonly string[];
  readonly decidedBy: readonly string[];
  readonly during: readonly string[];
}

/** What is recommended: who does so, and who answers. What is not here, a procedure does not offer. */
export interface RecommendationRule {
  readonly item: 'recommendation';
  readonly by: readonly string[];
  readonly during: readonly string[];
  readonly wording?: WordingRule;
  /** Stages in which whoever made it may take it back. */
  readonly withdrawnDuring?: readonly string[];
  readonly split?: SplitRule;
  /** Who gives them the labels of the report, and when. */
  readonly labelledBy: readonly string[];
  readonly labelledDuring: readonly string[];
  /** Who takes positions on them, and when. */
  readonly answeredBy: readonly string[];
  readonly answeredDuring: readonly string[];
  /** Stages in which an answer is given in the room; in the others, in writing. */
  readonly answeredInRoom: readonly string[];
}

/** What the State under review promises of itself. */
export interface PledgeRule {
  readonly item: 'voluntary-pledge';
  readonly by: readonly string[];
  readonly during: readonly string[];
  /** Published when the proceeding reaches this stage, or at once if made later. */
  readonly publishedAt: string;
}

/** What the items of a procedure are; their kinds are code. */
export type ItemRule = RecommendationRule | PledgeRule;

/** The report: its list of recommendations is circulated, its draft signed off, before it is adopted. */
export interface ReportRule {
  /** The kind of the document that is the draft. */
  readonly document: string;
  readonly during: readonly string[];
  /** Who circulates the list of recommendations. */
  readonly circulatedBy: readonly string[];
  /** The role whose every holder signs the draft off. */
  readonly signedBy: string;
}
