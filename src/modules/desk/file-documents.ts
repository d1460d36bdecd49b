import { Injectable } from '@nestjs/common';
import type { Refusal } from '../../kernel/refusal.js';
import type { Place } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { found } from '../../platform/refused.js';
import { Session } from '../calendar/index.js';
import { SubmitDocument } from '../documents/index.js';
import { placedDocument } from './desk.repository.js';
import type * as op from './desk.schemas.js';

/** What became of one of them. */
interface Outcome {
  readonly documentId: string;
  readonly filed: boolean;
  readonly late: boolean | null;
  readonly version: number | null;
  readonly refused: Refusal | null;
}

/** Many documents of a session handed in, each in a transaction of its own. */
@Injectable()
export class FileDocuments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly submitting: SubmitDocument,
  ) {}

  async run({ viewer, params, body }: Input<typeof op.fileDocuments>) {
    await this.work.read(viewer, async (tx) => found(await tx.findOne(Session, { id: params.id })));
    // A refusal is kept where its document was read.
    const places = new Map<string, Place>();
    return this.work.writeEach(viewer, body.items, {
      keyOf: ({ documentId }) => documentId,
      placeOf: ({ documentId }) => places.get(documentId)!,
      work: async (tx, { documentId, version: ifMatch }): Promise<Outcome> => {
        places.set(documentId, found(await placedDocument(tx, params.id, documentId)));
        const { late, version } = await this.submitting.submit(tx, documentId, ifMatch);
        return { documentId, filed: true, late, version, refused: null };
      },
      refused: ({ documentId }, { code, facts }) => ({
        documentId,
        filed: false,
        late: null,
        version: null,
        refused: { code, facts },
      }),
      conclude: (outcomes) => ({
        outcomes: [...outcomes],
        filed: outcomes.filter(({ filed }) => filed).length,
      }),
    });
  }
}
