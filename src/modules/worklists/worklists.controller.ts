import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { WorklistsService } from './worklists.service.js';
import * as op from './worklists.schemas.js';

@Controller()
export class WorklistsController {
  constructor(private readonly worklists: WorklistsService) {}

  @Route(op.exportWorklist)
  send(@In() input: Input<typeof op.exportWorklist>) {
    return this.worklists.send(input);
  }

  @Route(op.importWorklist)
  take(@In() input: Input<typeof op.importWorklist>) {
    return this.worklists.take(input);
  }
}
