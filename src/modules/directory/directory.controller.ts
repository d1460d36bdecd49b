import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { DirectoryService } from './directory.service.js';
import * as op from './directory.schemas.js';

@Controller()
export class DirectoryController {
  constructor(private readonly directory: DirectoryService) {}

  @Route(op.listStates)
  states(@In() input: Input<typeof op.listStates>) {
    return this.directory.states(input);
  }

  @Route(op.getState)
  state(@In() input: Input<typeof op.getState>) {
    return this.directory.state(input);
  }

  @Route(op.listSeats)
  seats(@In() input: Input<typeof op.listSeats>) {
    return this.directory.seats(input);
  }

  @Route(op.addSeats)
  addSeats(@In() input: Input<typeof op.addSeats>) {
    return this.directory.addSeats(input);
  }
}
