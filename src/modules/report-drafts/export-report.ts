import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Download } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import { printFile, printUpload } from '../../platform/print/print-file.js';
import { found, Refused } from '../../platform/refused.js';
import { Document, UploadContent } from '../documents/index.js';
import { FindDesk } from './find-desk.js';
import { GatherDraft } from './gather-draft.js';
import type * as op from './report-files.schemas.js';

/** A draft on its way out: as a file, or as the content of its document. */
@Injectable()
export class ExportReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
    private readonly drafts: GatherDraft,
    private readonly uploading: UploadContent,
  ) {}

  async download({ viewer, params, query }: Input<typeof op.exportReport>): Promise<Download> {
    const { composed } = await this.work.read(viewer, (tx) =>
      this.drafts.read(tx, params.id, query.kind),
    );
    return printFile(composed, { as: query.as, name: `${params.id}-${query.kind}` });
  }

  /** By the way of every upload: staged, scanned, looked through, copied for others. */
  async file({ viewer, params, ifMatch }: Input<typeof op.fileReport>) {
    const { composed } = await this.work.read(viewer, async (tx) => {
      const document = found(await tx.findOne(Document, { id: params.id }));
      return this.drafts.of(tx, await this.desks.ofDocument(tx, document));
    });
    const { blanks, labels } = composed;
    if (blanks.length > 0) throw new Refused('report-unfinished', { blanks });
    const differing = labels.filter(({ label, proposed }) => label !== proposed);
    if (differing.length > 0) throw new Refused('labels-differ', { differing });
    return this.uploading.run({ viewer, params, ifMatch, ...(await printUpload(composed)) });
  }
}
