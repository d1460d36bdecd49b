import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { DocumentsService } from './documents.service.js';
import * as op from './documents.schemas.js';
import * as begun from './proceeding-documents.schemas.js';
import * as publications from './publications.schemas.js';
import { SchedulePublication } from './schedule-publication.js';
import { UploadContent } from './upload-content.js';

@Controller()
export class DocumentsController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly uploading: UploadContent,
    private readonly scheduling: SchedulePublication,
  ) {}

  @Route(begun.createDocument)
  create(@In() input: Input<typeof begun.createDocument>) {
    return this.documents.create(input);
  }

  @Route(begun.listDocuments)
  list(@In() input: Input<typeof begun.listDocuments>) {
    return this.documents.list(input);
  }

  @Route(op.getDocument)
  get(@In() input: Input<typeof op.getDocument>) {
    return this.documents.get(input);
  }

  @Route(op.reviseDocument)
  revise(@In() input: Input<typeof op.reviseDocument>) {
    return this.documents.revise(input);
  }

  @Route(op.putContent)
  upload(@In() input: Input<typeof op.putContent>) {
    return this.uploading.run(input);
  }

  @Route(op.getContent)
  content(@In() input: Input<typeof op.getContent>) {
    return this.documents.content(input);
  }

  @Route(publications.putEmbargo)
  embargo(@In() input: Input<typeof publications.putEmbargo>) {
    return this.scheduling.embargo(input);
  }

  @Route(publications.putAudience)
  audience(@In() input: Input<typeof publications.putAudience>) {
    return this.scheduling.audience(input);
  }
}
