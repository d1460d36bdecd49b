import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { FORMATS } from '../../platform/formats/format.js';
import type { Download } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import { found, Refused } from '../../platform/refused.js';
import { Document, UploadContent } from '../documents/index.js';
import { FindDesk } from './find-desk.js';
import { draftOf } from './gather-draft.js';
import { renderDocx } from './render-docx.js';
import { renderHtml } from './render-html.js';
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
    const html = query.as === 'html';
    const bytes = html ? Buffer.from(renderHtml(composed)) : await renderDocx(composed);
    return {
      open: (range) =>
        Readable.from([
          range ? bytes.subarray(range.start, (range.end ?? bytes.length - 1) + 1) : bytes,
        ]),
      mediaType: html ? 'text/html; charset=utf-8' : FORMATS.docx,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName: `${params.id}-${query.kind}.${query.as}`,
    };
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
    const request = {
      headers: { 'content-type': FORMATS.docx },
      body: Readable.from([await renderDocx(composed)]),
    };
    const query = { language: 'en', standing: 'original' as const };
    return this.uploading.run({ viewer, params, query, ifMatch, request });
  }
}
