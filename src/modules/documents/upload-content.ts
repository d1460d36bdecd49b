import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deskOf } from '../../kernel/sides.js';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, Refused, raise } from '../../platform/refused.js';
import { checkReprDigest, parseReprDigest } from '../../platform/storage/digest.js';
import {
  FILE_STORE,
  FileTooLarge,
  type FileStore,
  type StagedFile,
} from '../../platform/storage/file-store.js';
import { Engine } from '../proceedings/index.js';
import { coversFile, withdrawnOf } from '../record/index.js';
import { bump, DocumentsService } from './documents.service.js';
import { DocumentText, DocumentVersion, type Document } from './documents.entity.js';
import { versionsOf, type VersionWithTexts } from './documents.repository.js';
import { shownVersion, translationRefused } from './documents.rules.js';
import type * as op from './documents.schemas.js';
import { assertFiler, closingOf, documentStanding } from './find-filing.js';
import { publishDocuments } from './publish-documents.js';
import { decode, sniff } from './plain-text-sniff.rules.js';
import { countWords, type WordCount } from './plain-text.rules.js';

const TYPES = ['text/plain', 'application/octet-stream'];

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
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  async run(asked: Asked) {
    await this.work.read(asked.viewer, (tx) => this.permit(tx, asked));
    const staged = await this.stage(asked);
    try {
      const counted = await this.inspect(staged, asked);
      await this.work.system('upload', (tx) => doubt(tx, staged.key));
      return await this.work.write(asked.viewer, async (tx) => {
        const { document, draft, standing, kind, closing } = await this.permit(tx, asked, {
          lock: true,
        });
        if (draft.status === 'submitted') {
          raise(translationRefused({ kind, closing, at: tx.now, ...counted }));
        }
        const over = counted.words > (kind.limit?.words ?? Infinity);
        await count(tx, document, draft, over);
        await this.replace(tx, { document, draft, staged, counted, asked });
        await this.files.keep(staged.key);
        if (draft.status === 'submitted') {
          const { proceeding, definition } = standing;
          await tx.asProcedure(proceeding.id, () => publishDocuments(tx, proceeding, definition));
        }
        const now = await documentStanding(tx, this.engine, document.id);
        return this.documents.show(tx, standing, now.document);
      });
    } catch (error) {
      // Only while it is staged: once kept, a commit may have named it, and the sweep will know.
      await this.files.discard(staged.key);
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
    const gone = await withdrawnOf(tx, document.publicId);
    if (gone && coversFile(gone.parts, draft.n, query.language)) throw new Refused('withdrawn');
    const closing = await closingOf(tx, document.proceedingId, kind);
    return { document, draft, standing, kind, closing };
  }

  private async stage({ request }: Asked): Promise<StagedFile> {
    const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
    if (!TYPES.includes(type)) {
      throw new Refused('unsupported-media-type', { allowed: TYPES });
    }
    const header = request.headers['repr-digest'];
    const announced = parseReprDigest(Array.isArray(header) ? header.join(', ') : header);
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

  private async inspect(staged: StagedFile, { request }: Asked): Promise<WordCount> {
    const header = request.headers['repr-digest'];
    raise(checkReprDigest(Array.isArray(header) ? header.join(', ') : header, staged.sha256));
    const bytes = await buffer(await this.files.open(staged.key));
    const sniffed = sniff(bytes);
    if ('refused' in sniffed) throw new Refused(sniffed.refused, sniffed.facts);
    return countWords(decode(bytes));
  }

  private async replace(
    tx: Tx,
    given: {
      document: Document;
      draft: DocumentVersion;
      staged: StagedFile;
      counted: WordCount;
      asked: Asked;
    },
  ): Promise<void> {
    const { document, draft, staged, counted, asked } = given;
    const { language, standing } = asked.query;
    const submitted = draft.status === 'submitted';
    const salt = randomBytes(16).toString('hex');
    const set = {
      standing,
      fileKey: staged.key,
      mediaType: 'text/plain',
      bytes: String(staged.bytes),
      sha256: staged.sha256,
      salt,
      words: counted.words,
      leftOut: [...counted.leftOut],
      uploadedAt: tx.now,
    };
    const was = await tx.findOne(DocumentText, { versionId: draft.id, language });
    if (was) {
      await tx.update(DocumentText, { id: was.id }, set);
      await doubt(tx, was.fileKey);
    } else {
      const place = { proceedingId: document.proceedingId, compartment: document.compartment };
      const row = { id: randomUUID(), ...place, versionId: draft.id, language, ...set };
      await tx.insert(DocumentText, row);
    }
    await append(tx, {
      proceedingId: document.proceedingId,
      compartment: submitted ? document.compartment : deskOf(document.filedBy),
      what: submitted ? 'language-added' : 'content-uploaded',
      by: document.filedBy,
      at: tx.now,
      facts: {
        documentId: document.id,
        version: draft.n,
        language,
        words: counted.words,
        digest: saltedDigest(salt, staged.sha256),
      },
    });
  }
}

/** Has the sweep look at a file later: whether anything names it by then. */
const doubt = (tx: Tx, key: string): Promise<unknown> =>
  tx.rows('INSERT INTO casework.file_in_doubt VALUES ($1, now()) ON CONFLICT DO NOTHING', [key]);

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

/** What the journal keeps of content: checkable by who has it, guessable by nobody else. */
export const saltedDigest = (salt: string, sha256: string): string =>
  createHash('sha256').update(`${salt}${sha256}`).digest('hex');
