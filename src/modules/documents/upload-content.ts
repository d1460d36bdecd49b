import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Inspector } from '../../platform/formats/inspector.js';
import { MEDIA_TYPES } from '../../platform/formats/media-types.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, Refused, raise } from '../../platform/refused.js';
import { Scanner } from '../../platform/scanner/scanner.js';
import { checkReprDigest, parseReprDigest } from '../../platform/storage/digest.js';
import {
  FILE_STORE,
  FileTooLarge,
  type FileStore,
  type StagedFile,
} from '../../platform/storage/file-store.js';
import { Engine } from '../proceedings/index.js';
import { bump, DocumentsService } from './documents.service.js';
import { DocumentVersion, type Document } from './documents.entity.js';
import { versionsOf, type VersionWithTexts } from './documents.repository.js';
import { shownVersion, translationRefused } from './documents.rules.js';
import type * as op from './documents.schemas.js';
import { assertFiler, closingOf, documentStanding } from './find-filing.js';
import { publishDocuments } from './publish-documents.js';
import { doubt, replaceText, type Received } from './replace-text.js';

/** What may be said of a file; the last says nothing. */
const DECLARABLE = [...MEDIA_TYPES, 'application/octet-stream'];
/** A copy can be a little larger than what it was made of: it is packed anew. */
const MOST_COPIED = 200_000_000;

type Asked = Input<typeof op.putContent>;

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
    private readonly environment: Environment,
    private readonly inspector: Inspector,
    private readonly scanner: Scanner,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  async run(asked: Asked) {
    await this.work.read(asked.viewer, (tx) => this.permit(tx, asked));
    const staged = [await this.stage(asked)];
    try {
      const received = await this.receive(staged[0]!, asked);
      const { sent, copy, inspected } = received;
      if (copy !== sent) staged.push(copy);
      const keys = staged.map(({ key }) => key);
      await this.work.system('upload', (tx) => doubt(tx, ...keys));
      return await this.work.write(asked.viewer, async (tx) => {
        const { document, draft, standing, kind, closing } = await this.permit(tx, asked, {
          lock: true,
        });
        if (draft.status === 'submitted') {
          raise(translationRefused({ kind, closing, at: tx.now, ...inspected }));
        }
        const over = inspected.words > (kind.limit?.words ?? Infinity);
        await count(tx, document, draft, over);
        await replaceText(tx, { document, draft, ...received, ...asked.query });
        for (const key of keys) await this.files.keep(key);
        if (draft.status === 'submitted') {
          const { proceeding, definition } = standing;
          await tx.asProcedure(proceeding.id, () => publishDocuments(tx, proceeding, definition));
        }
        const now = await documentStanding(tx, this.engine, document.id);
        return this.documents.show(tx, standing, now.document);
      });
    } catch (error) {
      // Only while it is staged: once kept, a commit may have named it, and the sweep will know.
      for (const { key } of staged) await this.files.discard(key);
      throw error;
    }
  }

  /** Asked before the bytes are read, and again, under the lock, when they are written. */
  private async permit(tx: Tx, { params, query, ifMatch }: Asked, { lock = false } = {}) {
    const { document, standing, kind } = await documentStanding(tx, this.engine, params.id, {
      lock,
    });
    const versions = await versionsOf(tx, document.id);
    expectVersion(ifMatch, shownVersion(document, versions));
    const open = versions.find(({ status }) => status === 'draft');
    // What was handed in is changed by who may hand in.
    assertFiler(tx, document, open ? 'prepare' : 'submit');
    const draft = open ?? untranslated(versions, query);
    if (!draft) throw new Refused('already-submitted', { submittedAt: document.submittedAt });
    const closing = await closingOf(tx, document.proceedingId, kind);
    return { document, draft, standing, kind, closing };
  }

  private async stage({ request }: Asked): Promise<StagedFile> {
    const type = declaredType(request);
    if (!DECLARABLE.includes(type)) {
      throw new Refused('unsupported-media-type', { allowed: DECLARABLE });
    }
    const announced = parseReprDigest(announcedDigest(request));
    if ('code' in announced) throw new Refused(announced.code, announced.facts);
    try {
      return await this.files.stage(request.body as Readable, {
        maxBytes: this.environment.maxUpload,
      });
    } catch (error) {
      if (error instanceof FileTooLarge)
        throw new Refused('file-too-large', { allowed: error.limit });
      throw error;
    }
  }

  /** Looks the file through, and stages the copy that others get beside it. */
  private async receive(sent: StagedFile, { request }: Asked): Promise<Received> {
    raise(checkReprDigest(announcedDigest(request), sent.sha256));
    // Before anything here opens it.
    await this.scanner.scan(await this.files.open(sent.key));
    const inspected = await this.inspector.inspect(() => this.load(sent), declaredType(request));
    if (!inspected.copy) return { sent, copy: sent, inspected };
    const copy = Readable.from([Buffer.from(inspected.copy.buffer)]);
    return { sent, copy: await this.files.stage(copy, { maxBytes: MOST_COPIED }), inspected };
  }

  /** In memory of its own, which a thread can take over. */
  private async load({ key, bytes }: StagedFile): Promise<Uint8Array<ArrayBuffer>> {
    const whole = new Uint8Array(bytes);
    let at = 0;
    for await (const chunk of await this.files.open(key)) {
      whole.set(chunk as Buffer, at);
      at += (chunk as Buffer).length;
    }
    return whole;
  }
}

const declaredType = ({ headers }: Asked['request']): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

function announcedDigest({ headers }: Asked['request']): string | undefined {
  const header = headers['repr-digest'];
  return Array.isArray(header) ? header.join(', ') : header;
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
