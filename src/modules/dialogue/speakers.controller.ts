import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { LeaveList } from './leave-list.js';
import { RecordSpeakersDraw } from './record-draw.js';
import { RegisterSpeaker } from './register-speaker.js';
import * as op from './speakers.schemas.js';
import { SpeakersService } from './speakers.service.js';

@Controller()
export class SpeakersController {
  constructor(
    private readonly speakers: SpeakersService,
    private readonly registering: RegisterSpeaker,
    private readonly leaving: LeaveList,
    private readonly drawing: RecordSpeakersDraw,
  ) {}

  @Route(op.listSpeakers)
  list(@In() input: Input<typeof op.listSpeakers>) {
    return this.speakers.list(input);
  }

  @Route(op.registerSpeaker)
  register(@In() input: Input<typeof op.registerSpeaker>) {
    return this.registering.run(input);
  }

  @Route(op.recordSpeakersDraw)
  draw(@In() input: Input<typeof op.recordSpeakersDraw>) {
    return this.drawing.run(input);
  }

  @Route(op.getSpeaker)
  get(@In() input: Input<typeof op.getSpeaker>) {
    return this.speakers.get(input);
  }

  @Route(op.leaveList)
  leave(@In() input: Input<typeof op.leaveList>) {
    return this.leaving.run(input);
  }

  @Route(op.confirmSpeaker)
  confirm(@In() input: Input<typeof op.confirmSpeaker>) {
    return this.registering.confirm(input);
  }
}
