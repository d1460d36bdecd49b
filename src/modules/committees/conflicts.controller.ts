import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { AppointCurator } from './appoint-curator.js';
import * as op from './conflicts.schemas.js';
import { ConflictsService } from './conflicts.service.js';
import * as curator from './curator.schemas.js';
import { DeclareConflict } from './declare-conflict.js';

@Controller()
export class ConflictsController {
  constructor(
    private readonly conflicts: ConflictsService,
    private readonly declaring: DeclareConflict,
    private readonly curators: AppointCurator,
  ) {}

  @Route(curator.putCurator)
  name(@In() input: Input<typeof curator.putCurator>) {
    return this.curators.run(input);
  }

  @Route(op.declareConflict)
  declare(@In() input: Input<typeof op.declareConflict>) {
    return this.declaring.declare(input);
  }

  @Route(op.challengeMember)
  challenge(@In() input: Input<typeof op.challengeMember>) {
    return this.declaring.challenge(input);
  }

  @Route(op.listConflicts)
  list(@In() input: Input<typeof op.listConflicts>) {
    return this.conflicts.list(input);
  }

  @Route(op.decideConflict)
  decide(@In() input: Input<typeof op.decideConflict>) {
    return this.conflicts.decide(input);
  }

  @Route(op.listRecusals)
  own(@In() input: Input<typeof op.listRecusals>) {
    return this.conflicts.own(input);
  }

  @Route(op.declareDestruction)
  destroyed(@In() input: Input<typeof op.declareDestruction>) {
    return this.conflicts.destroyed(input);
  }
}
