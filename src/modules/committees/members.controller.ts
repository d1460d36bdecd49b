import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './members.schemas.js';
import { MembersService } from './members.service.js';

@Controller()
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Route(op.listMembers)
  list(@In() input: Input<typeof op.listMembers>) {
    return this.members.list(input);
  }

  @Route(op.addMember)
  add(@In() input: Input<typeof op.addMember>) {
    return this.members.add(input);
  }

  @Route(op.endTerm)
  end(@In() input: Input<typeof op.endTerm>) {
    return this.members.end(input);
  }
}
