import type { z } from 'zod';
import type { recordAssessment } from './follow-up.schemas.js';
import type {
  classification,
  recordDocument,
  recordLot,
  recordProceeding,
  recordRecommendation,
} from './items.schemas.js';

/** What an item of the record says, without its id. */
type Body<S extends z.ZodType> = Omit<z.infer<S>, 'id'>;
export type ProceedingBody = Body<typeof recordProceeding>;
export type DocumentBody = Body<typeof recordDocument>;
export type RecommendationBody = Body<typeof recordRecommendation>;
export type LotBody = Body<typeof recordLot>;
export type AssessmentBody = Body<typeof recordAssessment>;
export type Classification = z.infer<typeof classification>;

/** Stands for every text that was withdrawn, whatever its length. */
export const MASK = '[withdrawn]';

/** What can be withdrawn of each kind of item, beside the files of a document. */
export const WITHDRAWABLE = {
  document: ['title', 'symbol', 'author', 'reason'],
  recommendation: ['text', 'statedPosition', 'comment', 'author'],
  assessment: ['text', 'evidence', 'author'],
  lot: ['source', 'publicValue', 'meeting', 'witnesses', 'reason'],
} as const;
export type WithdrawableKind = keyof typeof WITHDRAWABLE;
export const WITHDRAWABLE_KINDS = Object.keys(WITHDRAWABLE) as WithdrawableKind[];
const TEXTS = ['text', 'statedPosition', 'comment'] as const;

const FILES = 'files';

/** What was withdrawn of one item: fields, and files as `files`, `files/2`, `files/2/fr`, `files/fr`. */
export interface Withdrawn {
  readonly at: Date;
  readonly parts: readonly string[];
}

interface FilesAsked {
  readonly version?: number | undefined;
  readonly language?: string | undefined;
}

/** How a version, a language, one of both or all of them are named among the parts. */
export const filesPart = ({ version, language }: FilesAsked): string =>
  [FILES, version, language].filter((step) => step !== undefined).join('/');

export const isOfFiles = (part: string): boolean => part.split('/')[0] === FILES;

/** Whether a file is among what was withdrawn: also one that comes later. */
export const coversFile = (parts: readonly string[], version: number, language: string): boolean =>
  [{}, { version }, { language }, { version, language }].some((asked) =>
    parts.includes(filesPart(asked)),
  );

/** Whether all of a document's files were withdrawn, those to come too. */
export const coversAllFiles = (parts: readonly string[]): boolean => parts.includes(FILES);

/** Whether everything that can be withdrawn of an item was: then there is nothing to publish. */
export const coversWhole = (kind: WithdrawableKind, parts: readonly string[]): boolean =>
  WITHDRAWABLE[kind].every((field) => parts.includes(field)) &&
  (kind !== 'document' || coversAllFiles(parts));

/** Whether it may no longer be told whose an item is. */
export const hidesAuthor = (withdrawn: Withdrawn | undefined): boolean =>
  withdrawn?.parts.includes('author') ?? false;

const tombstone = ({ at, parts }: Withdrawn) => ({
  withdrawn: { at: at.toISOString(), parts: [...parts].toSorted() },
});

const hidden = <T>(value: T): T | typeof MASK => (value === null ? value : MASK);

export function maskDocument(body: DocumentBody, withdrawn: Withdrawn): DocumentBody {
  const { parts } = withdrawn;
  const { withdrawn: _before, ...rest } = body;
  const author = hidesAuthor(withdrawn);
  return {
    ...rest,
    ...(parts.includes('title') && { title: MASK }),
    ...(parts.includes('symbol') && { symbol: hidden(body.symbol) }),
    ...(author && { by: { side: null, name: MASK }, filedBy: null }),
    versions: body.versions.map(({ texts, ...version }) => ({
      ...version,
      ...(author && { by: null }),
      ...(parts.includes('reason') && { reason: hidden(version.reason) }),
      texts: texts.filter(({ language }) => !coversFile(parts, version.n, language)),
    })),
    ...tombstone(withdrawn),
  };
}

/** Whether nothing may be told any longer that its words would tell: what they are about, what they repeat. */
export const hidesWords = (withdrawn: Withdrawn | undefined): boolean =>
  withdrawn?.parts.includes('text') ?? false;

export function maskRecommendation(
  body: RecommendationBody,
  withdrawn: Withdrawn,
): RecommendationBody {
  const { withdrawn: _before, classification: about, repeatOf, ...rest } = body;
  const masked = TEXTS.filter((field) => withdrawn.parts.includes(field)).map((field) => [
    field,
    hidden(body[field]),
  ]);
  return {
    ...rest,
    ...Object.fromEntries(masked),
    ...(hidesAuthor(withdrawn) && { recommendingStates: [], filedBy: null }),
    ...(!hidesWords(withdrawn) && {
      ...(about && { classification: about }),
      ...(repeatOf && { repeatOf }),
    }),
    ...tombstone(withdrawn),
  };
}

/** What nobody signs any longer is nobody's present word, and tells nothing of who has a later one. */
export function maskAssessment(body: AssessmentBody, withdrawn: Withdrawn): AssessmentBody {
  const { parts } = withdrawn;
  const { withdrawn: _before, ...rest } = body;
  return {
    ...rest,
    ...(parts.includes('text') && { text: MASK }),
    ...(parts.includes('evidence') && { evidence: [] }),
    ...(hidesAuthor(withdrawn) && { by: { side: null, name: MASK }, current: false }),
    ...tombstone(withdrawn),
  };
}

/** Whoever draws it again is told by its digest that the source reads otherwise now. */
export function maskLot(body: LotBody, withdrawn: Withdrawn): LotBody {
  const { parts } = withdrawn;
  const { withdrawn: _before, input, byHand, cancelled, ...rest } = body;
  const source = parts.includes('source') && input.publicValue !== null;
  return {
    ...rest,
    input: source ? { ...input, publicValue: { ...input.publicValue!, source: MASK } } : input,
    ...(parts.includes('publicValue') && { publicValue: hidden(body.publicValue) }),
    byHand: byHand && parts.includes('meeting') ? { ...byHand, meeting: MASK } : byHand,
    cancelled: cancelled && parts.includes('reason') ? { ...cancelled, reason: MASK } : cancelled,
    ...tombstone(withdrawn),
  };
}
