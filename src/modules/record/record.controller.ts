import { Controller } from '@nestjs/common';
import { FollowUpOfRecord } from './follow-up.service.js';
import * as followUp from './follow-up.schemas.js';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as dialogue from './dialogue.schemas.js';
import * as op from './record.schemas.js';
import { RecordService } from './record.service.js';
import * as relations from './relations.schemas.js';
import * as roots from './roots.schemas.js';
import { RootsService } from './roots.service.js';

@Controller()
export class RecordController {
  constructor(
    private readonly record: RecordService,
    private readonly rooted: RootsService,
    private readonly followed: FollowUpOfRecord,
  ) {}

  @Route(op.listProceedings)
  proceedings(@In() input: Input<typeof op.listProceedings>) {
    return this.record.proceedings(input);
  }

  @Route(op.getProceeding)
  proceeding(@In() { params }: Input<typeof op.getProceeding>) {
    return this.record.item('proceeding', params.id);
  }

  @Route(op.listDocuments)
  documents(@In() input: Input<typeof op.listDocuments>) {
    return this.record.documents(input);
  }

  @Route(op.getDocument)
  document(@In() { params }: Input<typeof op.getDocument>) {
    return this.record.item('document', params.id);
  }

  @Route(op.getContent)
  content(@In() input: Input<typeof op.getContent>) {
    return this.record.content(input);
  }

  @Route(op.listRecommendations)
  recommendations(@In() input: Input<typeof op.listRecommendations>) {
    return this.record.recommendations(input);
  }

  @Route(op.getRecommendation)
  recommendation(@In() { params }: Input<typeof op.getRecommendation>) {
    return this.record.item('recommendation', params.id);
  }

  @Route(op.listPledges)
  pledges(@In() input: Input<typeof op.listPledges>) {
    return this.record.pledges(input);
  }

  @Route(op.getPledge)
  pledge(@In() { params }: Input<typeof op.getPledge>) {
    return this.record.item('pledge', params.id);
  }

  @Route(dialogue.listSpeakers)
  speakers(@In() input: Input<typeof dialogue.listSpeakers>) {
    return this.record.speakers(input);
  }

  @Route(dialogue.getSpeaker)
  speaker(@In() { params }: Input<typeof dialogue.getSpeaker>) {
    return this.record.item('speaker', params.id);
  }

  @Route(dialogue.listQuestions)
  questions(@In() input: Input<typeof dialogue.listQuestions>) {
    return this.record.questions(input);
  }

  @Route(dialogue.getQuestion)
  question(@In() { params }: Input<typeof dialogue.getQuestion>) {
    return this.record.item('question', params.id);
  }

  @Route(relations.getRelations)
  relations(@In() input: Input<typeof relations.getRelations>) {
    return this.record.relations(input);
  }

  @Route(followUp.listOfRecommendation)
  followUpOfRecommendation(@In() input: Input<typeof followUp.listOfRecommendation>) {
    return this.followed.ofRecommendation(input);
  }

  @Route(followUp.listOfProceeding)
  followUpOfProceeding(@In() input: Input<typeof followUp.listOfProceeding>) {
    return this.followed.ofProceeding(input);
  }

  @Route(followUp.getAssessment)
  assessment(@In() { params }: Input<typeof followUp.getAssessment>) {
    return this.record.item('assessment', params.id);
  }

  @Route(op.listChanges)
  changes(@In() input: Input<typeof op.listChanges>) {
    return this.record.changes(input);
  }

  @Route(roots.listRoots)
  roots(@In() input: Input<typeof roots.listRoots>) {
    return this.rooted.list(input);
  }

  @Route(roots.getRoot)
  root(@In() input: Input<typeof roots.getRoot>) {
    return this.rooted.get(input);
  }
}
