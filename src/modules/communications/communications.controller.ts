import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { DocumentsService } from '../documents/index.js';
import { ProceedingsService } from '../proceedings/index.js';
import * as op from './communications.schemas.js';
import { CommunicationsService } from './communications.service.js';

@Controller()
export class CommunicationsController {
  constructor(
    private readonly communications: CommunicationsService,
    private readonly proceedings: ProceedingsService,
    private readonly documents: DocumentsService,
  ) {}

  @Route(op.openCommunication)
  open(@In() input: Input<typeof op.openCommunication>) {
    return this.communications.open(input);
  }

  @Route(op.listCommunications)
  list(@In() input: Input<typeof op.listCommunications>) {
    return this.communications.list(input);
  }

  @Route(op.getCommunication)
  get(@In() input: Input<typeof op.getCommunication>) {
    return this.communications.get(input);
  }

  @Route(op.moveCommunication)
  move(@In() input: Input<typeof op.moveCommunication>) {
    return this.communications.move(input);
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

  @Route(op.proveJournal)
  proof(@In() { viewer, params, query }: Input<typeof op.proveJournal>) {
    return this.proceedings.proof(viewer, params.id, query);
  }

  @Route(op.verifyJournal)
  verification(@In() { viewer, params }: Input<typeof op.verifyJournal>) {
    return this.proceedings.verification(viewer, params.id);
  }

  @Route(op.createDocument)
  createDocument(@In() input: Input<typeof op.createDocument>) {
    return this.documents.create(input);
  }

  @Route(op.listDocuments)
  listDocuments(@In() input: Input<typeof op.listDocuments>) {
    return this.documents.list(input);
  }
}
