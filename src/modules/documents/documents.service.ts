import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { circleOf, deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { sentAs } from '../../platform/formats/media-types.js';
import type { Download } from '../../platform/http/answers.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertKnown } from '../../platform/http/validation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { FILE_STORE, type FileStore } from '../../platform/storage/file-store.js';
import {
  assertFiler,
  Engine,
  filingSide,
  isMine,
  Parts,
  receiptOf,
  type Standing,
} from '../proceedings/index.js';
import { coversAllFiles, isOfFiles, MASK, withdrawnOf } from '../record/index.js';
import { Document, DocumentVersion } from './documents.entity.js';
import { presentDocument, presentSummary } from './documents.presenter.js';
import { registeredUntil } from './documents.rules.js';
import { anotherIn, authored, documentPage, versionsOf } from './documents.repository.js';
import type * as op from './documents.schemas.js';
import type * as begun from './proceeding-documents.schemas.js';
import {
  closingOf,
  documentStanding,
  kindOf,
  lookInto,
  type DocumentFound,
} from './find-filing.js';
import { documentActions } from './list-actions.js';

/** Documents on their desks, and what may be seen of them. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly parts: Parts,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  create({ viewer, params, body }: Input<typeof begun.createDocument>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const kind = kindOf(standing, body.kind);
      const { onBehalfOf } = body;
      const { side, filedBy } = await filingSide(tx, standing, {
        by: kind.by,
        as: body.as,
        onBehalfOf,
        permission: 'prepare',
      });
      const { status } = standing.proceeding;
      if (!kind.during.includes(status)) {
        throw new Refused('wrong-stage', { status, during: kind.during });
      }
      await this.engine.joinSide(tx, standing, filedBy);
      const id = randomUUID();
      // Whoever was handed one on paper asks nobody: its partners stand in its text.
      const joint = kind.partners !== undefined && side === filedBy;
      if (joint) await this.engine.joinCircle(tx, standing, circleOf(id), filedBy);
      const document: Document = {
        id,
        proceedingId: params.id,
        compartment: joint ? circleOf(id) : deskOf(filedBy),
        kind: kind.kind,
        side,
        filedBy,
        title: body.title,
        symbol: body.symbol ?? null,
        status: 'draft',
        late: false,
        overLimit: false,
        createdAt: tx.now,
        submittedAt: null,
        ...receiptOf(tx, standing.proceeding, body.received),
        languages: null,
        publicId: null,
        version: 1,
      };
      await tx.insert(Document, document);
      await this.addVersion(tx, document, { n: 1, bySide: filedBy, reason: null });
      return this.show(tx, standing, document);
    });
  }

  list({ viewer, params, query }: Input<typeof begun.listDocuments>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const kinds = standing.definition.documents.map(({ kind }) => kind);
      assertKnown('kind', query.kind, kinds);
      const filter = { proceedingId: params.id, kind: query.kind };
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: async (reads, part) =>
          authored(tx, await documentPage(reads, { ...filter, ...part })),
        keyOf: (row) => [(row.submittedAt ?? row.createdAt).toISOString(), row.id],
        item: (row) => presentSummary(row, isMine(tx, row)),
      });
    });
  }

  get({ viewer, params }: Input<typeof op.getDocument>) {
    return this.work.read(viewer, async (tx) => {
      return this.present(tx, await documentStanding(tx, this.engine, params.id));
    });
  }

  revise({ viewer, params, body, ifMatch }: Input<typeof op.reviseDocument>) {
    return this.work.write(viewer, async (tx) => {
      // Under the lock: a withdrawal under way would miss the reason, and the answer that is kept.
      const shown = await documentStanding(tx, this.engine, params.id, { lock: true });
      const { document, standing, versions } = shown;
      expectVersion(ifMatch, shown.version);
      assertFiler(tx, document, 'prepare');
      if (versions.some(({ status }) => status === 'draft')) {
        throw new Refused('already-exists', { draft: versions.at(-1)!.n });
      }
      const gone = await withdrawnOf(tx, document.publicId);
      if (gone && coversAllFiles(gone.parts)) throw new Refused('withdrawn');
      // Reasons to come are withdrawn too.
      const reason = gone?.parts.includes('reason') ? MASK : body.reason;
      const n = versions.length + 1;
      await this.addVersion(tx, document, { n, bySide: document.filedBy, reason });
      return this.show(tx, standing, document);
    });
  }

  async content({ viewer, params, query }: Input<typeof op.getContent>): Promise<Download> {
    const notes = this.parts.readings.filter((each) => each.concerns(viewer));
    const find = async (tx: Tx) => {
      const document = found(await tx.findOne(Document, { id: params.id }));
      const versions = await versionsOf(tx, document.id);
      const { language, version } = query;
      const asked = (each: { language: string }) =>
        language === undefined || each.language === language;
      // The latest that has the language: a corrigendum need not be in all of them.
      const latest = versions.findLast(
        (each) => (version ?? each.n) === each.n && each.texts.some(asked),
      );
      const gone = await withdrawnOf(tx, document.publicId);
      if (!latest && gone?.parts.some(isOfFiles)) throw new Refused('withdrawn');
      const { n, texts } = found(latest);
      const text = found(texts.find(asked));
      const { fileKey, bytes, sha256 } = query.which === 'copy' ? text : found(text.original);
      const name = `${params.id}-${n}-${text.language}`;
      const { proceedingId, kind } = document;
      const { language: given } = text;
      const read = { proceedingId, documentId: document.id, kind, n, language: given };
      for (const each of notes) await each.note(tx, { ...read, which: query.which });
      return { fileKey, bytes, sha256, name, mediaType: text.mediaType };
    };
    const file = await (notes.length > 0
      ? this.work.write(viewer, find)
      : this.work.read(viewer, find));
    const { mediaType, extension } = sentAs(file.mediaType);
    return {
      open: (range) => this.files.open(file.fileKey, range),
      mediaType,
      bytes: Number(file.bytes),
      sha256: file.sha256,
      fileName: `${file.name}.${extension}`,
    };
  }

  /** The document as its viewer sees it. */
  async show(tx: Tx, standing: Standing, document: Document) {
    return this.present(tx, await lookInto(tx, standing, document));
  }

  async present(tx: Tx, shown: DocumentFound) {
    const { document, standing, kind, versions, publication, registration, version } = shown;
    const closing = await closingOf(tx, document.proceedingId, kind);
    const { definition } = standing;
    const another = document.submittedAt ? null : await anotherIn(tx, document, definition, kind);
    const ground = { tx, standing, document, versions, kind, closing, registration, another };
    const actions = documentActions(ground);
    const withdrawn = await withdrawnOf(tx, document.publicId);
    const mine = isMine(tx, document);
    const until = registeredUntil(kind, closing);
    const beside = { kind, mine, publication, registration, until, withdrawn, actions };
    return presentDocument({ ...document, version }, versions, beside);
  }

  private async addVersion(
    tx: Tx,
    document: Document,
    { n, bySide, reason }: { n: number; bySide: string; reason: string | null },
  ): Promise<void> {
    await tx.insert(DocumentVersion, {
      id: randomUUID(),
      proceedingId: document.proceedingId,
      compartment: document.compartment,
      documentId: document.id,
      n,
      status: 'draft',
      bySide,
      reason,
      createdAt: tx.now,
      submittedAt: null,
      edits: n === 1 ? 0 : 1,
    });
    const happening = {
      proceedingId: document.proceedingId,
      compartment: deskOf(bySide),
      what: n === 1 ? 'document-begun' : 'corrigendum-begun',
      by: bySide,
      at: tx.now,
      facts: { documentId: document.id, kind: document.kind, version: n },
    };
    await append(tx, happening);
  }
}

/** Takes the next version number, unless somebody else has. */
export async function bump(tx: Tx, { id, version }: Document, set: Partial<Document> = {}) {
  const swapped = await tx.update(Document, { id, version }, { ...set, version: version + 1 });
  if (swapped === 0) throw new Refused('stale', { version });
}
