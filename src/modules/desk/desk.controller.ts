import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './desk.schemas.js';
import { FileDocuments } from './file-documents.js';
import { MoveReviews } from './move-reviews.js';
import { ShowDesk } from './show-desk.js';

@Controller()
export class DeskController {
  constructor(
    private readonly showing: ShowDesk,
    private readonly moving: MoveReviews,
    private readonly filing: FileDocuments,
  ) {}

  @Route(op.showDesk)
  show(@In() input: Input<typeof op.showDesk>) {
    return this.showing.run(input);
  }

  @Route(op.moveReviews)
  move(@In() input: Input<typeof op.moveReviews>) {
    return this.moving.run(input);
  }

  @Route(op.fileDocuments)
  file(@In() input: Input<typeof op.fileDocuments>) {
    return this.filing.run(input);
  }
}
