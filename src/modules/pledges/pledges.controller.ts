import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './pledges.schemas.js';
import { PledgesService } from './pledges.service.js';

@Controller()
export class PledgesController {
  constructor(private readonly pledges: PledgesService) {}

  @Route(op.createPledge)
  create(@In() input: Input<typeof op.createPledge>) {
    return this.pledges.create(input);
  }

  @Route(op.listPledges)
  list(@In() input: Input<typeof op.listPledges>) {
    return this.pledges.list(input);
  }

  @Route(op.getPledge)
  get(@In() input: Input<typeof op.getPledge>) {
    return this.pledges.get(input);
  }

  @Route(op.editPledge)
  edit(@In() input: Input<typeof op.editPledge>) {
    return this.pledges.edit(input);
  }

  @Route(op.submitPledge)
  submit(@In() input: Input<typeof op.submitPledge>) {
    return this.pledges.submit(input);
  }
}
