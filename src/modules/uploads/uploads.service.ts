import { Inject, Injectable } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { found, raise } from '../../platform/refused.js';
import { FILE_STORE, type FileStore } from '../../platform/storage/file-store.js';
import { UploadContent } from '../documents/index.js';
import { Upload, UploadPart } from './uploads.entity.js';
import { endedRefused } from './uploads.rules.js';
import type * as op from './uploads.schemas.js';

/** Uploads, and how far they have come. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly environment: Environment,
    private readonly work: UnitOfWork,
    private readonly uploading: UploadContent,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  describe() {
    return { maxUpload: this.environment.maxUpload };
  }

  head({ viewer, params }: Input<typeof op.headUpload>) {
    return this.work.read(viewer, async (tx) => {
      const upload = await this.find(tx, params.id);
      if (upload.status === 'open') await this.permit(tx, upload);
      return { ...presentUpload(upload), metadata: upload.metadata };
    });
  }

  async end({ viewer, params }: Input<typeof op.deleteUpload>): Promise<void> {
    await this.work.write(viewer, async (tx) => {
      const { id, status } = await this.find(tx, params.id);
      await tx.update(Upload, { id, status }, { status: 'ended' });
    });
    await this.clear(viewer, params.id);
  }

  /** @throws Refused `not-found` to everybody but who began it, or `upload-ended` */
  async find(tx: Tx, id: string): Promise<Upload> {
    const upload = found(await tx.findOne(Upload, { id }));
    raise(endedRefused(upload));
    return upload;
  }

  /** Asked whenever somebody comes back: what they might do when they began may have ended. */
  permit(tx: Tx, upload: Upload, version?: number) {
    const { documentId: id, language, standing, ifMatch } = upload;
    return this.uploading.permit(
      tx,
      { params: { id }, query: { language, standing }, ifMatch: version ?? ifMatch },
      { ifMatched: version !== undefined },
    );
  }

  /** What is kept of it, in order. */
  parts(tx: Tx, uploadId: string): Promise<UploadPart[]> {
    return tx.find(UploadPart, { uploadId }, { order: { starts: 'ASC' } });
  }

  /** Throws away what was staged of an upload that is over. What is missed here is swept. */
  async clear(viewer: Input<typeof op.deleteUpload>['viewer'], id: string): Promise<void> {
    const parts = await this.work.read(viewer, (tx) => this.parts(tx, id));
    for (const { fileKey } of parts) await this.files.discard(fileKey);
  }
}

/** An upload as the one who began it sees it. */
export const presentUpload = (upload: Upload): op.Shown => ({
  id: upload.id,
  documentId: upload.documentId,
  language: upload.language,
  standing: upload.standing,
  mediaType: upload.mediaType,
  length: upload.length,
  offset: upload.received,
  expiresAt: upload.expiresAt.toISOString(),
});
