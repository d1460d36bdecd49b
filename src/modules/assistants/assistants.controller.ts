import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './assistants.schemas.js';
import { AssistantsService } from './assistants.service.js';

@Controller()
export class AssistantsController {
  constructor(private readonly assistants: AssistantsService) {}

  @Route(op.nameAssistant)
  name(@In() input: Input<typeof op.nameAssistant>) {
    return this.assistants.name(input);
  }

  @Route(op.listAssistants)
  list(@In() input: Input<typeof op.listAssistants>) {
    return this.assistants.list(input);
  }

  @Route(op.acceptAssistance)
  accept(@In() input: Input<typeof op.acceptAssistance>) {
    return this.assistants.accept(input);
  }

  @Route(op.endAssistance)
  end(@In() input: Input<typeof op.endAssistance>) {
    return this.assistants.end(input);
  }
}
