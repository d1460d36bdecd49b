import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { AnnounceLot } from './announce-lot.js';
import { DrawLot } from './draw-lot.js';
import * as op from './lots.schemas.js';
import { LotsService } from './lots.service.js';
import { RecordDraw } from './record-draw.js';

@Controller()
export class LotsController {
  constructor(
    private readonly announcing: AnnounceLot,
    private readonly drawing: DrawLot,
    private readonly recording: RecordDraw,
    private readonly lots: LotsService,
  ) {}

  @Route(op.announceReviewLot)
  announceOfReview(@In() input: Input<typeof op.announceReviewLot>) {
    return this.announcing.ofReview(input);
  }

  @Route(op.announceSessionLot)
  announceOfSession(@In() input: Input<typeof op.announceSessionLot>) {
    return this.announcing.ofSession(input);
  }

  @Route(op.recordReviewLot)
  recordOfReview(@In() input: Input<typeof op.recordReviewLot>) {
    return this.recording.ofReview(input);
  }

  @Route(op.recordSessionLot)
  recordOfSession(@In() input: Input<typeof op.recordSessionLot>) {
    return this.recording.ofSession(input);
  }

  @Route(op.drawAnnouncedLot)
  draw(@In() input: Input<typeof op.drawAnnouncedLot>) {
    return this.drawing.draw(input);
  }

  @Route(op.cancelLot)
  cancel(@In() input: Input<typeof op.cancelLot>) {
    return this.drawing.cancel(input);
  }

  @Route(op.getLot)
  get(@In() input: Input<typeof op.getLot>) {
    return this.lots.get(input);
  }

  @Route(op.listSessionLots)
  ofSession(@In() input: Input<typeof op.listSessionLots>) {
    return this.lots.ofSession(input);
  }

  @Route(op.listReviewLots)
  ofReview(@In() input: Input<typeof op.listReviewLots>) {
    return this.lots.ofReview(input);
  }
}
