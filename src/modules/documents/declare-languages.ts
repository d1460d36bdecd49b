import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { hidesAuthor, MASK, withdrawnOf } from '../record/index.js';
import { Document } from './documents.entity.js';
import { bump, DocumentsService } from './documents.service.js';
import type * as op from './filings.schemas.js';
import { asWhom, documentStanding } from './find-filing.js';

/** In which languages a document is to be had: said once, held against those that are there. */
@Injectable()
export class DeclareLanguages {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly documents: DocumentsService,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.declareLanguages>) {
    return this.work.write(viewer, async (tx) => {
      const shown = await documentStanding(tx, this.engine, params.id, { lock: true });
      const { document, standing } = shown;
      expectVersion(ifMatch, shown.version);
      const side = asWhom(tx, standing, document);
      const languages = [...new Set(body.languages)].toSorted();
      await bump(tx, document, { languages: languages.length > 0 ? languages : null });
      const { proceedingId, compartment, kind } = document;
      await append(tx, {
        proceedingId,
        compartment,
        what: 'languages-declared',
        by: hidesAuthor(await withdrawnOf(tx, document.publicId)) ? MASK : side,
        at: tx.now,
        facts: { documentId: document.id, kind, languages },
      });
      return this.documents.show(
        tx,
        standing,
        found(await tx.findOne(Document, { id: params.id })),
      );
    });
  }
}
