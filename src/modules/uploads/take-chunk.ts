import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import type { ArrivedRequest } from '../../platform/http/request.js';
import { Refused, raise } from '../../platform/refused.js';
import { FILE_STORE, type FileStore, type StagedFile } from '../../platform/storage/file-store.js';
import { FinishUpload } from './finish-upload.js';
import { stageChunk } from './stage-chunk.js';
import { Upload, UploadPart } from './uploads.entity.js';
import { expiry, MOST, offsetRefused } from './uploads.rules.js';
import * as op from './uploads.schemas.js';
import { presentUpload, UploadsService } from './uploads.service.js';

type Asked = Pick<
  Input<typeof op.patchUpload>,
  'viewer' | 'params' | 'headers' | 'ifMatch' | 'request'
>;

/**
 * Takes the next bytes of a file in. Each chunk is staged as a file of its own, before any
 * transaction opens, and counts when the upload stands where it began: of two that come at once,
 * through whatever process, one goes on and the other is told where to.
 */
@Injectable()
export class TakeChunk {
  constructor(
    private readonly work: UnitOfWork,
    private readonly uploads: UploadsService,
    private readonly finishing: FinishUpload,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  async run(asked: Asked): Promise<op.Shown> {
    const { viewer, headers, request } = asked;
    const chunk = this.bytesOf(request);
    const upload = await this.work.read(viewer, (tx) => this.permit(tx, asked));
    if (upload.status === 'taken' || !chunk) return presentUpload(upload);
    const room = upload.length - upload.received;
    const checksum = headers['Upload-Checksum'];
    const { staged, last, cut } = await stageChunk(this.files, chunk, { room, checksum });
    const there = staged ? await this.keep(asked, staged) : upload;
    // Nobody is there any more to be answered.
    if (cut !== undefined) throw cut;
    if (!last) return presentUpload(there);
    return presentUpload(await this.finishing.run(asked, there, last));
  }

  /**
   * The bytes of a request that brings some.
   *
   * @throws Refused `unsupported-media-type` where they come as anything but bytes of a file
   */
  bytesOf({ headers, body }: ArrivedRequest): Readable | undefined {
    const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
    const { mediaType } = op.patchUpload;
    if (type === mediaType) return (body ?? undefined) as Readable | undefined;
    if (body === undefined || body === null) return undefined;
    throw new Refused('unsupported-media-type', { allowed: [mediaType] });
  }

  private async permit(tx: Tx, { params, headers, ifMatch }: Asked): Promise<Upload> {
    const upload = await this.uploads.find(tx, params.id);
    if (upload.status === 'open') {
      await this.uploads.permit(tx, upload, ifMatch ?? upload.ifMatch);
    }
    raise(offsetRefused(upload, headers['Upload-Offset']));
    if (upload.parts >= MOST.parts) throw new Refused('too-many-chunks', { most: MOST.parts });
    return upload;
  }

  private async keep(asked: Asked, { key, bytes }: StagedFile): Promise<Upload> {
    try {
      return await this.work.write(asked.viewer, async (tx) => {
        const upload = await this.permit(tx, asked);
        const { id, received, parts, proceedingId, compartment, accountId } = upload;
        const set = { received: received + bytes, parts: parts + 1, expiresAt: expiry() };
        const swapped = await tx.update(Upload, { id, received, status: 'open' }, set);
        if (swapped === 0) raise(offsetRefused(await this.uploads.find(tx, id), received));
        const place = { proceedingId, compartment, accountId };
        await tx.insert(UploadPart, {
          uploadId: id,
          starts: received,
          ...place,
          bytes,
          fileKey: key,
        });
        return { ...upload, ...set };
      });
    } catch (error) {
      await this.files.discard(key);
      throw error;
    }
  }
}
