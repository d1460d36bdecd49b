import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Download } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import { printFile, printUpload } from '../../platform/print/print-file.js';
import { found, Refused } from '../../platform/refused.js';
import { Document, UploadContent } from '../documents/index.js';
import { FindDesk } from './find-desk.js';
import { draftOf } from './gather-draft.js';
import type * as op from './summaries.schemas.js';

/** A draft on its way out of the desk: as a file, or as the content of its document. */
@Injectable()
export class ExportSummary {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
    private readonly uploading: UploadContent,
  ) {}

  async download({ viewer, params, query }: Input<typeof op.exportSummary>): Promise<Download> {
    const { composed } = await this.work.read(viewer, async (tx) =>
      draftOf(tx, await this.desks.read(tx, params.id, query.kind)),
    );
    return printFile(composed, { as: query.as, name: `${params.id}-${query.kind}` });
  }

  /** By the way of every upload: staged, scanned, looked through, copied for others. */
  async file({ viewer, params, ifMatch }: Input<typeof op.fileSummary>) {
    const { composed } = await this.work.read(viewer, async (tx) => {
      const document = found(await tx.findOne(Document, { id: params.id }));
      return draftOf(tx, await this.desks.ofDocument(tx, document));
    });
    const held = composed.paragraphs.filter((each) => each.held !== null);
    if (held.length > 0) {
      throw new Refused('paragraphs-held', { paragraphs: held.map((each) => each.paragraph.id) });
    }
    return this.uploading.run({ viewer, params, ifMatch, ...(await printUpload(composed)) });
  }
}
