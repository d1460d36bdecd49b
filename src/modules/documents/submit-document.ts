import { Injectable } from '@nestjs/common';
import { deskOf, PARTIES, trayOf } from '../../kernel/sides.js';
import type { DocumentKind } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import {
  assertFiler,
  assertIndependent,
  Engine,
  meetDeadlines,
  receiptFacts,
  type Deadline,
  type Standing,
} from '../proceedings/index.js';
import { IssueReceipts } from '../receipts/index.js';
import { hidesAuthor, MASK, withdrawnOf } from '../record/index.js';
import { Document, DocumentVersion } from './documents.entity.js';
import { anotherIn, type ShownText, type VersionWithTexts } from './documents.repository.js';
import {
  arrivalOf,
  isJoint,
  isRefusal,
  judgeSubmission,
  type Accepted,
} from './documents.rules.js';
import { bump, DocumentsService } from './documents.service.js';
import { closingOf, documentStanding, namedIn } from './find-filing.js';
import type * as op from './filings.schemas.js';
import { extendAcceptance, nameStanding } from './tell-partners.js';
import { publishDocuments } from './publish-documents.js';
import { saltedDigest } from './replace-text.js';
import { shareAsked } from './schedule-publication.js';

interface Filing {
  readonly document: Document;
  readonly draft: VersionWithTexts;
  readonly kind: DocumentKind;
  readonly marks: Accepted;
  /** When it counts as having come. */
  readonly at: Date;
}

interface Judged extends Omit<Filing, 'marks'> {
  readonly standing: Standing;
  readonly closing: Deadline | undefined;
}

/** Hands a document in: from its desk to where the definition puts it, under the lock. */
@Injectable()
export class SubmitDocument {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly documents: DocumentsService,
    private readonly receipts: IssueReceipts,
  ) {}

  run({ viewer, params, ifMatch }: Input<typeof op.submitDocument>) {
    return this.work.write(viewer, (tx) => this.submit(tx, params.id, ifMatch));
  }

  /**
   * Hands the draft of one document in, in a transaction that is open.
   *
   * @param ifMatch the version that the viewer was shown
   * @returns the document as its viewer sees it then
   * @throws Refused as `submitDocument` is refused
   */
  async submit(tx: Tx, id: string, ifMatch: number | undefined) {
    const shown = await documentStanding(tx, this.engine, id, { lock: true });
    const { document, standing, kind, versions, registration } = shown;
    expectVersion(ifMatch, shown.version);
    assertFiler(tx, document, 'submit');
    await assertIndependent(tx, standing, document.side);
    const draft = versions.find(({ status }) => status === 'draft');
    if (!draft) throw new Refused('already-submitted', { submittedAt: document.submittedAt });
    const closing = await closingOf(tx, document.proceedingId, kind);
    const at = arrivalOf({ document, draft, kind, closing, registration }, tx.now);
    const marks = await this.judge(tx, { document, draft, kind, standing, closing, at });
    const corrigendum = draft.n > 1;
    await this.handIn(tx, standing, { document, draft, kind, marks, at });
    await shareAsked(tx, this.engine, shown);
    // The answer shows who filed what their file told beside its words.
    const { proceedingId, filedBy } = document;
    tx.keepAnswerIn({ proceedingId, compartment: deskOf(filedBy) });
    await tx.asProcedure(document.proceedingId, async () => {
      const occasion = this.engine.occasion(standing.proceeding, at);
      if (!corrigendum) await meetDeadlines(tx, occasion, { document: kind.kind });
      await publishDocuments(tx, standing.proceeding, standing.definition);
    });
    const now = found(await tx.findOne(Document, { id }));
    return this.documents.show(tx, standing, now);
  }

  private async judge(
    tx: Tx,
    { document, draft, kind, standing, closing, at }: Judged,
  ): Promise<Accepted> {
    const judged = judgeSubmission({
      kind,
      stage: standing.proceeding.status,
      at,
      closing,
      corrigendum: draft.n > 1,
      another: await anotherIn(tx, document, standing.definition, kind),
      texts: draft.texts,
    });
    if (isRefusal(judged)) throw new Refused(judged.code, judged.facts);
    return judged;
  }

  private async handIn(tx: Tx, standing: Standing, { document, draft, kind, marks, at }: Filing) {
    const first = draft.n === 1;
    const compartment = placeOf(kind, document);
    await this.engine.joinSide(tx, standing, document.side);
    const overLimit = marks.overLimit;
    const entered = { compartment, status: 'submitted' as const, submittedAt: tx.now, ...marks };
    await bump(tx, document, first ? entered : { overLimit });
    if (first && isJoint(document)) {
      // In time without its registration, it is one like others.
      if (at >= tx.now) await extendAcceptance(tx, document, null);
      await nameStanding(tx, this.engine, standing, document);
    }
    const withdrawn = await withdrawnOf(tx, document.publicId);
    const masked = hidesAuthor(withdrawn) && { bySide: MASK };
    const set = { status: 'submitted' as const, submittedAt: tx.now, ...masked };
    const { id, edits } = draft;
    const sent = await tx.update(DocumentVersion, { id, edits, status: 'draft' }, set);
    if (sent === 0) throw new Refused('stale', { version: document.version });
    const original = found(draft.texts.find(({ standing: s }) => s === 'original'));
    const receipts = await this.receipts.run(tx, {
      proceeding: standing.proceeding,
      filedBy: document.filedBy,
      filing: first ? 'document' : 'corrigendum',
      subjectId: document.id,
      texts: draft.texts.map((text) => filedText(draft, text)),
    });
    await append(tx, {
      proceedingId: document.proceedingId,
      compartment,
      what: first ? 'document-submitted' : 'corrigendum-submitted',
      ...namedIn(document, withdrawn),
      at: tx.now,
      facts: {
        documentId: document.id,
        kind: document.kind,
        version: draft.n,
        words: original.words,
        digest: saltedDigest(original.salt, found(original.original).sha256),
        receipts,
        late: marks.late,
        overLimit,
        ...receiptFacts(document),
        ...(at < tx.now && !document.receivedAt && { registeredAt: at.toISOString() }),
      },
    });
  }
}

/** Where it is read once it is handed in; a joint submission lies there already. */
function placeOf({ filedIn }: DocumentKind, document: Document): string {
  if (isJoint(document)) return document.compartment;
  return filedIn === 'parties' ? PARTIES : trayOf(document.side);
}

/** A text as its receipt tells of it. */
const filedText = ({ n }: DocumentVersion, { language, standing, original }: ShownText) => ({
  version: n,
  language,
  original: standing === 'original',
  sha256: found(original).sha256,
});
