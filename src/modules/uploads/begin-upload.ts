import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Environment } from '../../config/environment.js';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { Refused } from '../../platform/refused.js';
import { requestContext } from '../../platform/request-context.js';
import { assertDeclarable, UploadContent } from '../documents/index.js';
import { TakeChunk } from './take-chunk.js';
import { Upload } from './uploads.entity.js';
import { underWay } from './uploads.repository.js';
import { expiry, fileTypeOf, MOST } from './uploads.rules.js';
import type * as op from './uploads.schemas.js';
import { presentUpload } from './uploads.service.js';

type Asked = Input<typeof op.createUpload>;

/** Announces a file: whatever can be refused of it before it has come is refused here. */
@Injectable()
export class BeginUpload {
  constructor(
    private readonly environment: Environment,
    private readonly work: UnitOfWork,
    private readonly uploading: UploadContent,
    private readonly taking: TakeChunk,
  ) {}

  async run(asked: Asked): Promise<op.Shown> {
    const { viewer, headers, request } = asked;
    const chunk = this.taking.bytesOf(request);
    const begun = await this.work.write(viewer, (tx) => this.begin(tx, asked));
    if (!chunk) return begun;
    const { id, offset } = begun;
    const context = requestContext.current()!;
    // The key stands for the beginning alone: what comes along is continued from its offset.
    if (context.replayed) return begun;
    return requestContext.run({ ...context, idempotency: undefined }, () =>
      this.taking.run({
        viewer,
        params: { id },
        headers: { 'Upload-Offset': offset, 'Upload-Checksum': headers['Upload-Checksum'] },
        ifMatch: undefined,
        request,
      }),
    );
  }

  private async begin(tx: Tx, { viewer, params, query, headers, ifMatch }: Asked) {
    const { document } = await this.uploading.permit(tx, { params, query, ifMatch });
    const { 'Upload-Length': length, 'Upload-Metadata': metadata } = headers;
    const most = this.environment.maxUpload;
    if (length === 0) throw new Refused('empty-file');
    if (length > most) throw new Refused('file-too-large', { allowed: most });
    const mediaType = fileTypeOf(metadata);
    assertDeclarable(mediaType);
    if ((await underWay(tx)) >= MOST.uploads) {
      throw new Refused('too-many-uploads', { most: MOST.uploads });
    }
    const { proceedingId, filedBy } = document;
    const place = { proceedingId, compartment: deskOf(filedBy) };
    const upload: Upload = {
      id: randomUUID(),
      ...place,
      documentId: document.id,
      accountId: viewer.accountId,
      ...query,
      ifMatch: ifMatch!,
      mediaType,
      metadata: metadata ?? null,
      length,
      received: 0,
      parts: 0,
      status: 'open',
      expiresAt: expiry(),
    };
    await tx.insert(Upload, upload);
    tx.touch(place);
    return presentUpload(upload);
  }
}
