import type { DocumentKind } from '../../kernel/definition.js';
import { offeredAll, type Offered } from '../../kernel/offered.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing } from '../../platform/refused.js';
import { assertFiler, lateRefused, type Deadline, type Standing } from '../proceedings/index.js';
import type { Document, Registration } from './documents.entity.js';
import type { VersionWithTexts } from './documents.repository.js';
import {
  arrivalOf,
  isRefusal,
  judgeSubmission,
  mayBeHeldBack,
  mayBeKept,
  registeredUntil,
  type Another,
} from './documents.rules.js';
import { asWhom } from './find-filing.js';

interface Ground {
  readonly tx: Tx;
  readonly standing: Standing;
  readonly document: Document;
  readonly versions: readonly VersionWithTexts[];
  readonly kind: DocumentKind;
  readonly closing: Deadline | undefined;
  readonly registration: Registration | undefined;
  readonly another: Another | null;
}

/** What the viewer could do with a document now, and what stands against it. */
export function documentActions(ground: Ground): Offered[] {
  const { tx, document, versions, closing } = ground;
  const draft = versions.find(({ status }) => status === 'draft');
  const final = ground.kind.late === 'refuse';
  const deadline = document.submittedAt && !final ? null : (closing?.due.toISOString() ?? null);
  // What was handed in still takes translations, from who may hand in.
  const upload = roleRefusal(tx, document, draft ? 'prepare' : 'submit');
  const submit =
    roleRefusal(tx, document, 'submit') ??
    (draft ? contentRefusal(ground, draft) : 'already-submitted');
  const { during } = ground.kind;
  const register =
    roleRefusal(tx, document, 'submit') ??
    (registeredUntil(ground.kind, closing) === undefined ? 'not-offered' : null) ??
    (document.status === 'draft' ? null : 'already-submitted') ??
    (during.includes(ground.standing.proceeding.status) ? null : 'wrong-stage') ??
    lateRefused(closing, tx.now)?.code ??
    null;
  const revise = roleRefusal(tx, document, 'prepare') ?? (draft ? 'already-exists' : null);
  const schedule =
    codeRefusing(() => asWhom(tx, ground.standing, document)) ??
    (document.status === 'published' ? 'already-published' : null);
  const hold = schedule ?? (mayBeHeldBack(document) ? null : 'audience-not-offered');
  const keep = schedule ?? (mayBeKept(document) ? null : 'audience-not-offered');
  const acts = {
    upload,
    submit,
    'register-file': register,
    revise,
    'put-embargo': hold,
    'put-audience': keep,
  };
  return offeredAll(acts, deadline);
}

const roleRefusal = (tx: Tx, document: Document, permission: 'prepare' | 'submit') =>
  codeRefusing(() => assertFiler(tx, document, permission));

function contentRefusal(
  { tx, standing, document, kind, closing, registration, another }: Ground,
  draft: VersionWithTexts,
): string | null {
  const judged = judgeSubmission({
    kind,
    stage: standing.proceeding.status,
    at: arrivalOf({ document, draft, kind, closing, registration }, tx.now),
    closing,
    corrigendum: draft.n > 1,
    another,
    texts: draft.texts,
  });
  return isRefusal(judged) ? judged.code : null;
}
