import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { BeginUpload } from './begin-upload.js';
import { TakeChunk } from './take-chunk.js';
import * as op from './uploads.schemas.js';
import { UploadsService } from './uploads.service.js';

@Controller()
export class UploadsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly beginning: BeginUpload,
    private readonly taking: TakeChunk,
  ) {}

  @Route(op.describeUploads)
  describe() {
    return this.uploads.describe();
  }

  @Route(op.createUpload)
  create(@In() input: Input<typeof op.createUpload>) {
    return this.beginning.run(input);
  }

  @Route(op.headUpload)
  head(@In() input: Input<typeof op.headUpload>) {
    return this.uploads.head(input);
  }

  @Route(op.patchUpload)
  patch(@In() input: Input<typeof op.patchUpload>) {
    return this.taking.run(input);
  }

  @Route(op.deleteUpload)
  end(@In() input: Input<typeof op.deleteUpload>) {
    return this.uploads.end(input);
  }
}
