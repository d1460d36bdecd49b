import type { z } from 'zod';
import type { recordAssessment } from './follow-up.schemas.js';
import type {
  classification,
  recordDocument,
  recordLot,
  recordProceeding,
  recordRecommendation,
} from './items.schemas.js';
import type { recordPledge } from './pledge-items.schemas.js';
import type { recordQuestion, recordSpeaker } from './dialogue-items.schemas.js';

/** What an item of the record says, without its id. */
type Body<S extends z.ZodType> = Omit<z.infer<S>, 'id'>;
export type ProceedingBody = Body<typeof recordProceeding>;
export type DocumentBody = Body<typeof recordDocument>;
export type RecommendationBody = Body<typeof recordRecommendation>;
export type PledgeBody = Body<typeof recordPledge>;
export type SpeakerBody = Body<typeof recordSpeaker>;
export type QuestionBody = Body<typeof recordQuestion>;
export type LotBody = Body<typeof recordLot>;
export type AssessmentBody = Body<typeof recordAssessment>;
export type Classification = z.infer<typeof classification>;

/** Stands for every text that was withdrawn, whatever its length. */
export const MASK = '[withdrawn]';

/** What can be withdrawn of each kind of item, beside the files of a document. */
export const WITHDRAWABLE = {
  document: ['title', 'symbol', 'author', 'reason'],
  recommendation: ['text', 'statedPosition', 'comment', 'author'],
  pledge: ['text'],
  speaker: ['text', 'author'],
  question: ['text', 'cluster', 'answer', 'author'],
  assessment: ['text', 'evidence', 'author'],
  lot: ['source', 'publicValue', 'meeting', 'witnesses', 'reason'],
  reservation: ['text'],
} as const;
export type WithdrawableKind = keyof typeof WITHDRAWABLE;
/** What is an item of the record by itself; a reservation stands on the page of its review. */
export type ItemKind = Exclude<WithdrawableKind, 'reservation'>;
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

function maskDocument(body: DocumentBody, withdrawn: Withdrawn): DocumentBody {
  const { parts } = withdrawn;
  const { withdrawn: _before, partners, ...rest } = body;
  const author = hidesAuthor(withdrawn);
  return {
    ...rest,
    ...(partners && !author && { partners }),
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

function maskRecommendation(body: RecommendationBody, withdrawn: Withdrawn): RecommendationBody {
  const { withdrawn: _before, classification: about, repeatOf, ...rest } = body;
  const masked = TEXTS.filter((field) => withdrawn.parts.includes(field)).map((field) => [
    field,
    hidden(body[field]),
  ]);
  const text = hidesWords(withdrawn);
  const author = hidesAuthor(withdrawn);
  const { versions, delivered, withdrawnBy } = rest;
  return {
    ...rest,
    ...Object.fromEntries(masked),
    ...(author && { recommendingStates: [], filedBy: null }),
    ...(versions && {
      versions: versions.map((each) => ({
        ...each,
        ...(text && { text: MASK, reason: hidden(each.reason) }),
        ...(author && { by: null }),
      })),
    }),
    ...(delivered && text && { delivered: { ...delivered, text: MASK } }),
    ...(withdrawnBy && author && { withdrawnBy: [] }),
    ...(!text && {
      ...(about && { classification: about }),
      ...(repeatOf && { repeatOf }),
    }),
    ...tombstone(withdrawn),
  };
}

/** What nobody signs any longer is nobody's present word, and tells nothing of who has a later one. */
function maskAssessment(body: AssessmentBody, withdrawn: Withdrawn): AssessmentBody {
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

/** By what an assessment is found: by nothing of an author that was withdrawn. */
export const signature = ({ by, current }: AssessmentBody) => ({ side: by.side, current });

function maskPledge(body: PledgeBody, withdrawn: Withdrawn): PledgeBody {
  const { withdrawn: _before, ...rest } = body;
  const text = withdrawn.parts.includes('text') ? MASK : rest.text;
  return { ...rest, text, ...tombstone(withdrawn) };
}

/** Whoever draws it again is told by its digest that the source reads otherwise now. */
function maskLot(body: LotBody, withdrawn: Withdrawn): LotBody {
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

/** Nor what lets it be guessed: the alphabet gives places. */
const NAMELESS_SPEAKER = {
  by: { side: null, name: MASK },
  filedBy: null,
  states: [],
  place: null,
  class: null,
  seconds: null,
};

function maskSpeaker(body: SpeakerBody, withdrawn: Withdrawn): SpeakerBody {
  const { withdrawn: _before, statement, ...rest } = body;
  const text = withdrawn.parts.includes('text') && statement;
  return {
    ...rest,
    ...(hidesAuthor(withdrawn) && NAMELESS_SPEAKER),
    statement: text ? { ...statement, text: hidden(statement.text) } : statement,
    ...tombstone(withdrawn),
  };
}

function maskQuestion(body: QuestionBody, withdrawn: Withdrawn): QuestionBody {
  const { parts } = withdrawn;
  const { withdrawn: _before, answered, ...rest } = body;
  const answer = parts.includes('answer') && answered;
  return {
    ...rest,
    ...(parts.includes('text') && { text: MASK }),
    ...(parts.includes('cluster') && { cluster: hidden(body.cluster) }),
    ...(hidesAuthor(withdrawn) && { askingStates: [], group: hidden(body.group), filedBy: null }),
    answered: answer ? { ...answered, text: hidden(answered.text) } : answered,
    ...tombstone(withdrawn),
  };
}

interface Bodies {
  readonly document: DocumentBody;
  readonly recommendation: RecommendationBody;
  readonly pledge: PledgeBody;
  readonly speaker: SpeakerBody;
  readonly question: QuestionBody;
  readonly lot: LotBody;
  readonly assessment: AssessmentBody;
}
const MASKS: { readonly [K in ItemKind]: (body: Bodies[K], gone: Withdrawn) => Bodies[K] } = {
  document: maskDocument,
  recommendation: maskRecommendation,
  pledge: maskPledge,
  speaker: maskSpeaker,
  question: maskQuestion,
  lot: maskLot,
  assessment: maskAssessment,
};

/** An item of the record without what was withdrawn of it. */
export const maskItem = <K extends ItemKind>(
  kind: K,
  body: Bodies[K],
  withdrawn: Withdrawn | undefined,
): Bodies[K] => (withdrawn ? MASKS[kind](body, withdrawn) : body);
