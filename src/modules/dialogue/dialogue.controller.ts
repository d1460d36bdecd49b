import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { RecordStatement } from './record-statement.js';
import { ShowDialogue } from './show-dialogue.js';
import * as op from './statements.schemas.js';

@Controller()
export class DialogueController {
  constructor(
    private readonly statements: RecordStatement,
    private readonly dialogue: ShowDialogue,
  ) {}

  @Route(op.getDialogue)
  show(@In() input: Input<typeof op.getDialogue>) {
    return this.dialogue.run(input);
  }

  @Route(op.beginPart)
  beginPart(@In() input: Input<typeof op.beginPart>) {
    return this.statements.beginPart(input);
  }

  @Route(op.beginStatement)
  begin(@In() input: Input<typeof op.beginStatement>) {
    return this.statements.begin(input);
  }

  @Route(op.endStatement)
  end(@In() input: Input<typeof op.endStatement>) {
    return this.statements.end(input);
  }

  @Route(op.correctStatement)
  correct(@In() input: Input<typeof op.correctStatement>) {
    return this.statements.correct(input);
  }

  @Route(op.putStatementText)
  putText(@In() input: Input<typeof op.putStatementText>) {
    return this.statements.putText(input);
  }
}
