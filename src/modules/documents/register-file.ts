import { Injectable } from '@nestjs/common';
import { deskOf } from '../../kernel/sides.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { assertFiler, Engine, lateRefused } from '../proceedings/index.js';
import { Document, Registration } from './documents.entity.js';
import { bump, DocumentsService } from './documents.service.js';
import type * as op from './filings.schemas.js';
import { isJoint, registeredUntil } from './documents.rules.js';
import { closingOf, documentStanding, type DocumentFound } from './find-filing.js';
import { extendAcceptance } from './tell-partners.js';

/** Stops the clock for a file on a bad line: its digest in time, the file within the hours given. */
@Injectable()
export class RegisterFile {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly documents: DocumentsService,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.registerFile>) {
    return this.work.write(viewer, async (tx) => {
      const shown = await documentStanding(tx, this.engine, params.id, { lock: true });
      const { document, standing, kind } = shown;
      expectVersion(ifMatch, shown.version);
      assertFiler(tx, document, 'submit');
      const closing = await closingOf(tx, document.proceedingId, kind);
      const until = registeredUntil(kind, closing);
      if (until === undefined) throw new Refused('not-offered');
      assertDraft(shown);
      raise(lateRefused(closing, tx.now));
      await bump(tx, document);
      const { id: documentId, proceedingId, filedBy } = document;
      const compartment = deskOf(filedBy);
      const row = { sha256: body.sha256, registeredAt: tx.now };
      if ((await tx.update(Registration, { documentId }, row)) === 0) {
        await tx.insert(Registration, { documentId, proceedingId, compartment, ...row });
      }
      if (isJoint(document)) {
        await extendAcceptance(tx, document, { by: found(kind.registration), until });
      }
      await append(tx, {
        proceedingId,
        compartment,
        what: 'file-registered',
        by: filedBy,
        at: tx.now,
        facts: { documentId, kind: document.kind, until },
      });
      return this.documents.show(
        tx,
        standing,
        found(await tx.findOne(Document, { id: documentId })),
      );
    });
  }
}

function assertDraft({ document, standing, kind }: DocumentFound): void {
  if (document.status !== 'draft') {
    throw new Refused('already-submitted', { submittedAt: document.submittedAt });
  }
  const { status } = standing.proceeding;
  if (!kind.during.includes(status)) {
    throw new Refused('wrong-stage', { status, during: kind.during });
  }
}
