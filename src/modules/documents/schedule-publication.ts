import { Injectable } from '@nestjs/common';
import { embargoRefused, warningOf } from '../../kernel/embargo.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, raise, Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { Publication, type Document } from './documents.entity.js';
import { versionsOf } from './documents.repository.js';
import { mayBeKept, shownVersion } from './documents.rules.js';
import { bump, DocumentsService } from './documents.service.js';
import { asWhom, documentStanding } from './find-filing.js';
import { publishDocuments } from './publish-documents.js';
import type * as op from './publications.schemas.js';

type Set = Partial<
  Pick<Publication, 'audience' | 'until' | 'firstAskedAt' | 'warnedAt' | 'endedAt'>
>;
type Asked = Pick<Input<typeof op.putEmbargo>, 'viewer' | 'params' | 'ifMatch'> & {
  readonly body: { readonly reason: string };
};

/**
 * When a document comes before the public, and whether: asked by its side or the secretariat. The
 * secretariat may hold back; what a side held back, that side alone lets out sooner.
 */
@Injectable()
export class SchedulePublication {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly documents: DocumentsService,
  ) {}

  embargo(input: Input<typeof op.putEmbargo>) {
    const { until } = input.body;
    const happening = { what: 'embargo-set' };
    return this.ask(input, happening, (tx, was, { filedBy }, by) => {
      const sooner = was?.until && (until === null || new Date(until) < was.until);
      if (sooner && by !== filedBy) throw new Refused('wrong-role', { by: [filedBy] });
      const firstAskedAt = was?.firstAskedAt ?? tx.now;
      if (until === null) return { until: null, firstAskedAt, warnedAt: null, endedAt: null };
      const now = tx.now.toISOString();
      raise(embargoRefused({ until, now, firstAskedAt: firstAskedAt.toISOString() }));
      // One that ends so soon is its own warning.
      const warnedAt = warningOf(until) <= now ? tx.now : null;
      return { until: new Date(until), firstAskedAt, warnedAt, endedAt: null };
    });
  }

  audience(input: Input<typeof op.putAudience>) {
    const { audience } = input.body;
    const happening = { what: 'audience-set' };
    return this.ask(input, happening, (_tx, was, document, by) => {
      const { filedBy } = document;
      const opens = was?.audience === 'parties' && audience === 'public';
      if (opens && by !== filedBy) throw new Refused('wrong-role', { by: [filedBy] });
      if (!mayBeKept(document)) throw new Refused('audience-not-offered', { side: document.side });
      return { audience };
    });
  }

  private ask(
    { viewer, params, ifMatch, body: { reason } }: Asked,
    { what }: { what: string },
    decide: (tx: Tx, was: Publication | undefined, document: Document, by: string) => Set,
  ) {
    return this.work.write(viewer, async (tx) => {
      const id = params.id;
      const { document, standing } = await documentStanding(tx, this.engine, id, { lock: true });
      expectVersion(ifMatch, shownVersion(document, await versionsOf(tx, id)));
      const by = asWhom(tx, standing, document);
      if (document.status === 'published') throw new Refused('already-published');
      const was = await tx.findOne(Publication, { documentId: id });
      const set = { ...decide(tx, was, document, by), reason };
      if (was) await tx.update(Publication, { documentId: id }, set);
      else await tx.insert(Publication, { ...nothingAsked(document), ...set });
      await bump(tx, document);
      const { proceedingId, compartment } = document;
      const facts = {
        documentId: id,
        audience: set.audience ?? was?.audience ?? 'public',
        until: (set.until === undefined ? was?.until : set.until)?.toISOString() ?? null,
      };
      await append(tx, { proceedingId, compartment, what, by, at: tx.now, facts });
      // What was held back and no longer is comes out at once, if its stage has come.
      const { proceeding, definition } = standing;
      await tx.asProcedure(proceedingId, () => publishDocuments(tx, proceeding, definition));
      const now = await documentStanding(tx, this.engine, id);
      return this.documents.show(tx, now.standing, now.document);
    });
  }
}

const nothingAsked = ({ id, proceedingId, compartment }: Document): Publication => ({
  documentId: id,
  proceedingId,
  compartment,
  audience: 'public',
  until: null,
  reason: null,
  firstAskedAt: null,
  warnedAt: null,
  endedAt: null,
});
