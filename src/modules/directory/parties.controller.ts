import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './parties.schemas.js';
import { PartiesService } from './parties.service.js';

@Controller()
export class PartiesController {
  constructor(private readonly parties: PartiesService) {}

  @Route(op.listTreaties)
  treaties(@In() input: Input<typeof op.listTreaties>) {
    return this.parties.treaties(input);
  }

  @Route(op.listParties)
  list(@In() input: Input<typeof op.listParties>) {
    return this.parties.list(input);
  }

  @Route(op.addParties)
  add(@In() input: Input<typeof op.addParties>) {
    return this.parties.add(input);
  }

  @Route(op.addOptOuts)
  addOptOuts(@In() input: Input<typeof op.addOptOuts>) {
    return this.parties.addOptOuts(input);
  }

  @Route(op.changeParty)
  change(@In() input: Input<typeof op.changeParty>) {
    return this.parties.change(input);
  }
}
