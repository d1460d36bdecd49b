import { isLate } from '../../kernel/deadlines.js';
import type { Definition, DocumentKind } from '../../kernel/definition.js';
import { circleOf, isCommunicant, isSecretariat } from '../../kernel/sides.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { countsAsRegistered, registrationEnds } from '../../kernel/registration.js';

/** A deadline as a filing meets it. */
interface Closing {
  readonly due: Date;
  readonly dueLocal: string;
  readonly zone: string;
}

interface Submission {
  readonly kind: DocumentKind;
  readonly stage: string;
  /** The request's arrival, on the procedure's clock; its receipt, where it came by other means. */
  readonly at: Date;
  readonly closing: Closing | undefined;
  /** A new version of what was handed in before: its deadline is behind it, unless that is final. */
  readonly corrigendum: boolean;
  /** Another document of this kind stands in its way. */
  readonly another: Another | null;
  readonly texts: readonly {
    readonly standing: string;
    readonly words: number;
    readonly leftOut: readonly unknown[];
  }[];
}

/** What has been handed in where there can be only one; by its id, where it is the side's own. */
export interface Another {
  readonly kind: string;
  readonly documentId?: string;
}

/**
 * Whether each side hands in one of a kind for itself alone: beside it there is a kind for those who file
 * together, by the same deadline.
 */
export const isIndividual = (
  { documents }: Pick<Definition, 'documents'>,
  { by, deadline, partners }: DocumentKind,
): boolean =>
  !partners &&
  documents.some(
    (each) =>
      each.partners && each.deadline === deadline && each.by.every((role) => by.includes(role)),
  );

export type Accepted = { readonly late: boolean; readonly overLimit: boolean };

/**
 * The version of a document that a viewer is shown, and names: its own, and the changes that this
 * viewer sees, of corrigenda and of what is asked about its publication. It never goes back, for
 * what is handed in is seen by more.
 */
export const shownVersion = (
  { version }: { readonly version: number },
  changed: readonly { readonly edits: number }[],
): number => changed.reduce((sum, { edits }) => sum + edits, version);

/** Whether what lies on the desk may be handed in now, and with which marks. */
export function judgeSubmission(submission: Submission): Refusal | Accepted {
  const { kind, stage, at, closing, corrigendum } = submission;
  const original = submission.texts.find((text) => text.standing === 'original');
  if (!original) return refusal('content-missing', { needs: 'a text with the standing original' });
  if (!corrigendum && !kind.during.includes(stage)) {
    return refusal('wrong-stage', { status: stage, during: kind.during });
  }
  if (!corrigendum && submission.another) {
    return refusal('already-exists', { ...submission.another });
  }
  const past = closing !== undefined && isLate(at.toISOString(), closing.due.toISOString());
  if (past && kind.late === 'refuse') {
    return refusal('too-late', tooLate(closing, at));
  }
  const late = past && !corrigendum;
  const overLimit = submission.texts.some(({ words }) => words > (kind.limit?.words ?? Infinity));
  const over = submission.texts.map((text) => overWordLimit(kind, text)).find((each) => each);
  return over ?? { late, overLimit };
}

export const isRefusal = (judged: Refusal | Accepted): judged is Refusal => 'code' in judged;

/**
 * What is left out of a count is found by a heuristic: where something was, so much over the
 * limit is flagged only, in the filer's favour. A text that was counted whole has no doubt.
 */
const DOUBT = 0.02;

function overWordLimit(
  { limit }: DocumentKind,
  { words, leftOut }: { readonly words: number; readonly leftOut: readonly unknown[] },
): Refusal | null {
  if (limit?.over !== 'refuse') return null;
  const most = limit.words * (leftOut.length > 0 ? 1 + DOUBT : 1);
  if (words <= most) return null;
  return refusal('over-word-limit', { counted: words, allowed: limit.words, leftOut });
}

const tooLate = ({ due, dueLocal, zone }: Closing, at: Date) => ({
  due: due.toISOString(),
  dueLocal,
  zone,
  arrived: at.toISOString(),
});

interface Translation extends Pick<Submission, 'kind' | 'at' | 'closing'> {
  readonly words: number;
  readonly leftOut: readonly unknown[];
}

/** A translation of what was handed in keeps its limit, and its deadline where that is final. */
export function translationRefused({
  kind,
  closing,
  at,
  words,
  leftOut,
}: Translation): Refusal | null {
  const over = overWordLimit(kind, { words, leftOut });
  if (over) return over;
  const late = closing !== undefined && isLate(at.toISOString(), closing.due.toISOString());
  return late && kind.late === 'refuse' ? refusal('too-late', tooLate(closing, at)) : null;
}

/** Whether partners can be asked to file it with its lead. */
export const isJoint = ({
  id,
  compartment,
}: {
  readonly id: string;
  readonly compartment: string;
}) => compartment === circleOf(id);

/** What States and bodies hand in is published; an organization or communicant may keep its own to the parties. */
export const mayBeKept = ({ side }: { readonly side: string }): boolean =>
  side.startsWith('organization:') || isCommunicant(side);

/** What may come out later than its stage: an organization's, and what the secretariat has written. */
export const mayBeHeldBack = ({ side }: { readonly side: string }): boolean =>
  mayBeKept({ side }) || isSecretariat(side);

/** Until when a registered file is taken; undefined where that is not offered, or nothing closes. */
export const registeredUntil = (
  { registration: lasts }: Pick<DocumentKind, 'registration'>,
  closing: Pick<Closing, 'due'> | undefined,
): string | undefined =>
  lasts === undefined || !closing ? undefined : registrationEnds(closing.due.toISOString(), lasts);

interface Arriving {
  readonly document: { readonly receivedAt: Date | null };
  readonly draft: {
    readonly n: number;
    readonly texts: readonly {
      readonly standing: string;
      readonly sha256: string;
      readonly original: { readonly sha256: string } | null | undefined;
      readonly uploadedAt: Date;
    }[];
  };
  readonly kind: DocumentKind;
  readonly closing: Closing | undefined;
  readonly registration: { readonly sha256: string; readonly registeredAt: Date } | undefined;
}

/** When a filing counts as having come: it was received, its file was registered, or now. */
export function arrivalOf(
  { document, draft, kind, closing, registration }: Arriving,
  now: Date,
): Date {
  // What was received by other means is the first version.
  if (document.receivedAt && draft.n === 1) return document.receivedAt;
  if (!registration || !closing || kind.registration === undefined) return now;
  const counts = countsAsRegistered({
    now: now.toISOString(),
    due: closing.due.toISOString(),
    registered: { sha256: registration.sha256, at: registration.registeredAt.toISOString() },
    lasts: kind.registration,
    texts: draft.texts.map(({ standing, original, sha256, uploadedAt }) => ({
      sha256: original?.sha256 ?? sha256,
      original: standing === 'original',
      at: uploadedAt.toISOString(),
    })),
  });
  return counts && now > closing.due ? registration.registeredAt : now;
}
