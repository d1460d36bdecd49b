import type { AdmissibilityRule } from './admissibility.js';
import type { IntakeRule, Trigger } from './intake-rules.js';
import type { ItemRule, ReportRule } from './item-rules.js';

/**
 * The types of a mechanism's definition: a procedure as data. The loader's zod
 * schema must satisfy them; the kernel knows no mechanism by name.
 */

/** What a rule can compare with. Instants travel as RFC 3339 text. */
type Known = string | number | boolean;

/** Anything a fact can be; `null` is a fact that is not known. */
export type FactValue = Known | null;

/**
 * One comparison of one fact. Exactly one operator. Durations are ISO 8601. A fact that
 * is not known fails every comparison, a negated one too.
 */
type Operator =
  | { readonly is: Known }
  | { readonly in: readonly Known[] }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  /** The fact is an instant, strictly before (or after) the named other fact, or `now`. */
  | { readonly before: string }
  | { readonly after: string }
  /** The fact is an instant; at least this long ago (`PT0S`: it has come). */
  | { readonly ago: string };

export type Comparison = { readonly fact: string; readonly not?: boolean } & Operator;
export type Atom =
  | (Comparison & { readonly else: string })
  | { readonly any: readonly Comparison[]; readonly else: string };

export interface Move {
  readonly move: string;
  /** One stage, or several. */
  readonly from: readonly string[];
  readonly to: string;
  /** Roles, any of which may make it; `clock` is the platform's own. */
  readonly by: readonly string[];
  readonly requires: readonly Atom[];
  /** Names of consequences, applied in order. */
  readonly then: readonly string[];
}

/** A stage is final when nothing leaves it. */
interface Stage {
  readonly stage: string;
  readonly final?: boolean;
  /** What this stage means, in one sentence (English; translations stand in vocabularies). */
  readonly meaning: string;
}

type HolderKind =
  | 'state'
  | 'organization'
  | 'communicant'
  | 'member'
  | 'body'
  | 'secretariat'
  | 'clock';

/**
 * A role is held by `all` principals of a kind, by one `principal`, or by those
 * recorded as participants of the proceeding in this role.
 */
export interface Role {
  readonly role: string;
  readonly holder: HolderKind;
  /** A standing group (`states`, `secretariat:upr`, `body:hrc`); absent: participants only. */
  readonly principal?: string;
  /** Roles a holder of which is not counted here (a State under review does not recommend to itself). */
  readonly except?: readonly string[];
  /** The membership role that is needed beside the principal (`president`). */
  readonly seat?: string;
}

/** How a deadline is computed. */
export interface DeadlineRule {
  readonly deadline: string;
  /** A calendar anchor (`slot.starts`, `outcome.date`) or `<stage>.enteredAt`. */
  readonly anchor: string;
  /** ISO 8601, may be negative; for working days `unit: workingDays` and `P<n>D`. */
  readonly offset: string;
  readonly unit: 'days' | 'weeks' | 'months' | 'workingDays' | 'exact';
  /** With weeks: the day of the week reached on which it falls, 1 (Monday) to 7. */
  readonly weekday?: number;
  /** `HH:MM` in the procedure's zone; the session's data may override it. Absent with `exact`. */
  readonly hour?: string;
  /** Role that owes it. */
  readonly owedBy: string;
  /** A right or a window rather than a duty: never listed as owed. */
  readonly optional?: boolean;
  /** Every holder of the role owes it, until they themselves have done it. */
  readonly each?: boolean;
  /** The compartment in which it is kept: who may know of it. */
  readonly compartment: string;
  /** Stage at whose entry it is set; absent: at opening. */
  readonly setAt?: string;
  /** Fulfilled when this is submitted, made or done; a window by nothing. */
  readonly metBy: {
    /** A document kind. */
    readonly document?: string;
    readonly move?: string;
    /** An act of a module, which it registers. */
    readonly act?: string;
  };
  /** `most` is the farthest that all extensions together reach beyond the first due instant. */
  readonly extension?: { readonly by: string; readonly most: string; readonly times: number };
  readonly onExpiry: {
    readonly flag?: string;
    readonly move?: string;
    /** Names of consequences, applied in order. */
    readonly then?: readonly string[];
  };
  readonly source?: string;
  /** A figure to check before it is presented as law. */
  readonly unverified?: boolean;
}

export interface DocumentKind {
  readonly kind: string;
  readonly by: readonly string[];
  readonly limit?: {
    readonly words: number;
    readonly over: 'refuse' | 'flag';
    readonly unverified?: boolean;
  };
  /** Stages in which it may be filed. */
  readonly during: readonly string[];
  /** Where a submission lands: kept from the other sides until published, or shared at once. */
  readonly filedIn: 'filed' | 'parties';
  /** Published when the proceeding reaches this stage, or at once if filed later; absent: never. */
  readonly publishedAt?: string;
  /** The deadline that governs it, and what happens to a late one. */
  readonly deadline?: string;
  readonly late?: 'refuse' | 'flag';
  /**
   * For how long after the deadline a file whose digest was registered in time is still taken, as it
   * was registered: an ISO 8601 duration, exact.
   */
  readonly registration?: string;
  /** `one` per proceeding, or `many` (one for each author). */
  readonly count: 'one' | 'many';
  /** Where organizations file it together: until which deadline they accept, and how many may. */
  readonly partners?: { readonly acceptedUntil: string; readonly most: number };
  /** With `{session}`, `{iso3}`; informative. */
  readonly symbol?: string;
  readonly source?: string;
}

export interface VisibilityRule {
  /** `case`, `parties`, `committee`, `identity`, `desk:*`, `filed:*` or `joint:*`. */
  readonly compartment: string;
  /** Roles, or `side`: the side the desk or filing belongs to, or those who share it. */
  readonly readers: readonly string[];
  /** Stages in which it holds; absent: always. */
  readonly during?: readonly string[];
}

interface ResponseVocabulary {
  readonly values: readonly string[];
  /** What silence means at the end. */
  readonly deemed: string;
}

/** Who gives grades, and which, the best first. */
interface Grading {
  readonly by: readonly string[];
  readonly grades: readonly string[];
  readonly source?: string;
}

/** After a review: how its recommendations are implemented, as the State tells and as others see it. */
export interface FollowUpRule {
  readonly during: readonly string[];
  readonly status: Grading;
  readonly assessments: Grading;
}

export interface Definition {
  readonly key: string;
  readonly version: number;
  readonly draft: boolean;
  readonly title: string;
  readonly family: 'review' | 'communication';
  readonly legalBasis: readonly { readonly citation: string; readonly unverified?: boolean }[];
  /** IANA zone in which its hours are read. */
  readonly zone: string;
  readonly holidays: string;
  readonly roles: readonly Role[];
  readonly stages: readonly Stage[];
  readonly start: string;
  /** The treaty whose Parties it binds, by its key. */
  readonly treaty?: string;
  /** Of communications: what there is to file. */
  readonly triggers?: readonly Trigger[];
  readonly intake?: IntakeRule;
  readonly admissibility?: AdmissibilityRule;
  readonly moves: readonly Move[];
  readonly deadlines: readonly DeadlineRule[];
  readonly documents: readonly DocumentKind[];
  readonly items?: readonly ItemRule[];
  readonly report?: ReportRule;
  readonly visibility: readonly VisibilityRule[];
  readonly responses?: ResponseVocabulary;
  readonly followUp?: FollowUpRule;
  /** Parameters of named algorithms in code (seats, regions of the troika…). */
  readonly parameters: Readonly<Record<string, Known>>;
  /** Parameters whose values are to be checked before they are presented as law. */
  readonly unverified?: readonly string[];
}
