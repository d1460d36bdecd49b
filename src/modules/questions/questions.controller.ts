import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { FileQuestions } from './file-questions.js';
import * as op from './questions.schemas.js';
import { QuestionsService } from './questions.service.js';
import { SetClusters } from './set-clusters.js';

@Controller()
export class QuestionsController {
  constructor(
    private readonly questions: QuestionsService,
    private readonly filing: FileQuestions,
    private readonly clusters: SetClusters,
  ) {}

  @Route(op.fileQuestions)
  file(@In() input: Input<typeof op.fileQuestions>) {
    return this.filing.run(input);
  }

  @Route(op.listQuestions)
  list(@In() input: Input<typeof op.listQuestions>) {
    return this.questions.list(input);
  }

  @Route(op.getQuestion)
  get(@In() input: Input<typeof op.getQuestion>) {
    return this.questions.get(input);
  }

  @Route(op.confirmQuestion)
  confirm(@In() input: Input<typeof op.confirmQuestion>) {
    return this.filing.confirm(input);
  }

  @Route(op.answerQuestion)
  answer(@In() input: Input<typeof op.answerQuestion>) {
    return this.questions.answer(input);
  }

  @Route(op.getClusters)
  readClusters(@In() input: Input<typeof op.getClusters>) {
    return this.clusters.read(input);
  }

  @Route(op.putClusters)
  putClusters(@In() input: Input<typeof op.putClusters>) {
    return this.clusters.run(input);
  }
}
