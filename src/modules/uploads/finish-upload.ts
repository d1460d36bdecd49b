import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Input } from '../../platform/http/operation.js';
import { Refused } from '../../platform/refused.js';
import { FILE_STORE, type FileStore } from '../../platform/storage/file-store.js';
import { UploadContent } from '../documents/index.js';
import { Upload, type UploadPart } from './uploads.entity.js';
import { expiry, isOfTheFile } from './uploads.rules.js';
import type * as op from './uploads.schemas.js';
import { UploadsService } from './uploads.service.js';

type Asked = Pick<Input<typeof op.patchUpload>, 'viewer' | 'ifMatch'>;

/** Puts the pieces of a file together, and hands it on as if it had been sent whole. */
@Injectable()
export class FinishUpload {
  constructor(
    private readonly work: UnitOfWork,
    private readonly uploads: UploadsService,
    private readonly uploading: UploadContent,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  /** @throws Refused as the content of a document is; the upload ends with a file that can't be */
  async run({ viewer, ifMatch }: Asked, upload: Upload, last: Buffer): Promise<Upload> {
    const { id, documentId, language, standing, mediaType } = upload;
    const parts = await this.work.read(viewer, (tx) => this.uploads.parts(tx, id));
    const taken = { status: 'taken', received: upload.length, expiresAt: expiry() } as const;
    try {
      await this.uploading.run(
        {
          viewer,
          params: { id: documentId },
          query: { language, standing },
          ifMatch: ifMatch ?? upload.ifMatch,
          request: {
            headers: { 'content-type': mediaType },
            body: Readable.from(this.bytes(parts, last)),
          },
        },
        (tx) => close(tx, upload, taken),
      );
    } catch (error) {
      const done = await this.finished(viewer, id);
      if (done) return done;
      if (error instanceof Refused && isOfTheFile(error.code)) await this.end(viewer, upload);
      throw error;
    }
    await this.uploads.clear(viewer, id);
    return { ...upload, ...taken };
  }

  private async *bytes(parts: readonly UploadPart[], last: Buffer): AsyncGenerator<Buffer> {
    for (const { fileKey } of parts) {
      for await (const chunk of await this.files.open(fileKey)) yield chunk as Buffer;
    }
    yield last;
  }

  /** Sent twice, over a line that broke, a file may have been taken by the other request. */
  private async finished(viewer: Asked['viewer'], id: string): Promise<Upload | undefined> {
    const upload = await this.work.read(viewer, (tx) => tx.findOne(Upload, { id }));
    return upload?.status === 'taken' ? upload : undefined;
  }

  private async end(viewer: Asked['viewer'], { id, status }: Upload): Promise<void> {
    await this.work.write(viewer, (tx) => tx.update(Upload, { id, status }, { status: 'ended' }));
    await this.uploads.clear(viewer, id);
  }
}

async function close(
  tx: Tx,
  { id, received }: Upload,
  taken: Pick<Upload, 'status' | 'received' | 'expiresAt'>,
): Promise<void> {
  const closed = await tx.update(Upload, { id, received, status: 'open' }, taken);
  if (closed === 0) throw new Refused('upload-ended');
}
