/** How a proceeding comes about without a place in a calendar: somebody files something. */
export interface Trigger {
  readonly trigger: string;
  /** The role that whoever files it has in the proceeding. */
  readonly by: string;
  /** The role of the Party that it is about. */
  readonly about: string;
  /** What it is called once registered: `{year}` and `{n}`, counted within the year or in all. */
  readonly number: { readonly pattern: string; readonly counted: 'yearly' | 'continuously' };
  /** Whether it is about somebody else (`others`), or about who files it (`self`). */
  readonly concerns: 'others' | 'self';
  readonly source?: string;
  readonly unverified?: boolean;
}

/** What is filled in by whoever files. */
interface IntakeField {
  readonly field: string;
  readonly required: boolean;
  /** What belongs there, in English; translations stand in vocabularies. */
  readonly help: string;
}

/** The form by which a proceeding is filed, prepared where nobody else sees it. */
export interface IntakeRule {
  /** The stage in which it is prepared. */
  readonly during: string;
  /** Stages of which those learn nothing who come in later: what happens on the way to them is the filer's and the secretariat's. */
  readonly unregistered: readonly string[];
  readonly limit: {
    readonly words: number;
    readonly over: 'refuse' | 'flag';
    readonly unverified?: boolean;
  };
  readonly fields: readonly IntakeField[];
  /** Who may learn the names of those who file: which of these they may choose. */
  readonly naming: readonly Naming[];
  readonly source?: string;
}

/**
 * Who learns the names of those who file: nobody without a release, those who conduct the proceeding,
 * the parties too, everybody.
 */
export const NAMINGS = ['sealed', 'committee', 'parties', 'public'] as const;
export type Naming = (typeof NAMINGS)[number];

/**
 * On what ground something is given in confidence: all that others learn of it. What is feared in
 * particular stands beside what is confidential (dec. I/7, annex, paras 26 to 31).
 */
export const CONFIDENCE_GROUNDS = [
  'given-in-confidence',
  'penalization',
  'persecution',
  'harassment',
  'privacy',
] as const;
export type ConfidenceGround = (typeof CONFIDENCE_GROUNDS)[number];
