import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, Refused, raise } from '../../platform/refused.js';
import { assertFiler, Engine, type Standing } from '../proceedings/index.js';
import { IssueReceipts } from '../receipts/index.js';
import { coversFile, withdrawnOf } from '../record/index.js';
import { bump, DocumentsService } from './documents.service.js';
import { Document, DocumentVersion } from './documents.entity.js';
import type { VersionWithTexts } from './documents.repository.js';
import { isJoint, translationRefused } from './documents.rules.js';
import type * as op from './documents.schemas.js';
import { closingOf, documentStanding, namedIn } from './find-filing.js';
import { askAgain } from './tell-partners.js';
import { publishDocuments } from './publish-documents.js';
import { keysOf, ReceiveFile, type Received, type Sent } from './receive-file.js';
import { doubt, replaceText } from './replace-text.js';

/** Where the bytes come from is all that is asked of a request: a text may be composed here. */
type Asked = Pick<Input<typeof op.putContent>, 'viewer' | 'params' | 'query' | 'ifMatch'> & {
  readonly request: Sent;
};

/**
 * Takes a file in. It is staged before the transaction opens, so that a slow line holds
 * no lock, and kept before the commit, so that no row ever names a file that may be swept.
 */
@Injectable()
export class UploadContent {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly documents: DocumentsService,
    private readonly receiving: ReceiveFile,
    private readonly receipts: IssueReceipts,
  ) {}

  /** `also` is done in the same transaction. */
  async run(asked: Asked, also?: (tx: Tx) => Promise<void>) {
    await this.work.read(asked.viewer, (tx) => this.permit(tx, asked));
    const received = await this.receiving.run(asked.request);
    const { inspected } = received;
    try {
      await this.work.system('upload', (tx) => doubt(tx, ...keysOf(received)));
      return await this.work.write(asked.viewer, async (tx) => {
        const { document, draft, standing, kind, closing } = await this.permit(tx, asked, {
          lock: true,
        });
        if (draft.status === 'submitted') {
          raise(translationRefused({ kind, closing, at: tx.now, ...inspected }));
        }
        const over = inspected.words > (kind.limit?.words ?? Infinity);
        await count(tx, document, draft, over);
        const told = namedIn(document, await withdrawnOf(tx, document.publicId));
        const receipts = await this.receiptsOf(tx, { document, draft, standing }, received, asked);
        await replaceText(tx, { document, draft, told, receipts, ...received, ...asked.query });
        if (draft.status === 'draft' && isJoint(document)) await askAgain(tx, document);
        await also?.(tx);
        await this.receiving.keep(received);
        if (draft.status === 'submitted') {
          const { proceeding, definition } = standing;
          await tx.asProcedure(proceeding.id, () => publishDocuments(tx, proceeding, definition));
        }
        const now = found(await tx.findOne(Document, { id: document.id }));
        return this.documents.show(tx, standing, now);
      });
    } catch (error) {
      await this.receiving.discard(received);
      throw error;
    }
  }

  /** A translation of what was handed in is filed as it is sent; a draft is not filed yet. */
  private async receiptsOf(
    tx: Tx,
    {
      document,
      draft,
      standing,
    }: { document: Document; draft: DocumentVersion; standing: Standing },
    { sent: { sha256 } }: Received,
    { query: { language } }: Asked,
  ): Promise<string[] | undefined> {
    if (draft.status !== 'submitted') return undefined;
    return this.receipts.run(tx, {
      proceeding: standing.proceeding,
      filedBy: document.filedBy,
      filing: 'language',
      subjectId: document.id,
      texts: [{ version: draft.n, language, original: false, sha256 }],
    });
  }

  /** Asked before the bytes are read, and again, under the lock, when they are written. */
  async permit(
    tx: Tx,
    { params, query, ifMatch }: Omit<Asked, 'viewer' | 'request'>,
    { lock = false, ifMatched = true } = {},
  ) {
    const shown = await documentStanding(tx, this.engine, params.id, { lock });
    const { document, standing, kind, versions } = shown;
    if (ifMatched) expectVersion(ifMatch, shown.version);
    const open = versions.find(({ status }) => status === 'draft');
    // What was handed in is changed by who may hand in.
    assertFiler(tx, document, open ? 'prepare' : 'submit');
    const draft = open ?? untranslated(versions, query);
    if (!draft) throw new Refused('already-submitted', { submittedAt: document.submittedAt });
    const gone = await withdrawnOf(tx, document.publicId);
    if (gone && coversFile(gone.parts, draft.n, query.language)) throw new Refused('withdrawn');
    const closing = await closingOf(tx, document.proceedingId, kind);
    return { document, draft, standing, kind, closing };
  }
}

/** What was handed in may still be given in another language, as a translation. */
function untranslated(
  versions: readonly VersionWithTexts[],
  { language, standing }: Asked['query'],
): VersionWithTexts | undefined {
  const last = versions.findLast(({ status }) => status === 'submitted');
  const there = last?.texts.some((text) => text.language === language);
  return standing === 'original' || there ? undefined : last;
}

/** Takes the next number, unless somebody else has: the document's own, or its corrigendum's. */
async function count(
  tx: Tx,
  document: Document,
  { id, n, edits, status }: DocumentVersion,
  over: boolean,
): Promise<void> {
  if (status === 'submitted') return bump(tx, document, { overLimit: document.overLimit || over });
  if (n === 1) return bump(tx, document);
  const swapped = await tx.update(
    DocumentVersion,
    { id, edits, status: 'draft' },
    { edits: edits + 1 },
  );
  if (swapped === 0) throw new Refused('stale', { version: document.version });
}
