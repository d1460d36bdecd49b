import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { ProceedingsService } from '../proceedings/index.js';
import { RecordTroika } from './record-troika.js';
import * as op from './reviews.schemas.js';
import { ReviewsService } from './reviews.service.js';

@Controller()
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly troika: RecordTroika,
    private readonly proceedings: ProceedingsService,
  ) {}

  @Route(op.openReview)
  open(@In() input: Input<typeof op.openReview>) {
    return this.reviews.open(input);
  }

  @Route(op.listReviews)
  list(@In() input: Input<typeof op.listReviews>) {
    return this.reviews.list(input);
  }

  @Route(op.getReview)
  get(@In() input: Input<typeof op.getReview>) {
    return this.reviews.get(input);
  }

  @Route(op.moveReview)
  move(@In() input: Input<typeof op.moveReview>) {
    return this.reviews.move(input);
  }

  @Route(op.recordTroika)
  recordTroika(@In() input: Input<typeof op.recordTroika>) {
    return this.troika.run(input);
  }

  @Route(op.listMoves)
  moves(@In() input: Input<typeof op.listMoves>) {
    return this.proceedings.moves(input);
  }

  @Route(op.listDeadlines)
  deadlines(@In() input: Input<typeof op.listDeadlines>) {
    return this.proceedings.deadlines(input);
  }

  @Route(op.listParticipants)
  participants(@In() input: Input<typeof op.listParticipants>) {
    return this.proceedings.participants(input);
  }

  @Route(op.readJournal)
  journal(@In() { viewer, params, query }: Input<typeof op.readJournal>) {
    return this.proceedings.journal(viewer, params.id, query);
  }

  @Route(op.verifyJournal)
  verification(@In() { viewer, params }: Input<typeof op.verifyJournal>) {
    return this.proceedings.verification(viewer, params.id);
  }
}
