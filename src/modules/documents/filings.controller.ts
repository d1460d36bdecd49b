import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { DeclareLanguages } from './declare-languages.js';
import * as op from './filings.schemas.js';
import { RegisterFile } from './register-file.js';
import { SubmitDocument } from './submit-document.js';

@Controller()
export class FilingsController {
  constructor(
    private readonly submitting: SubmitDocument,
    private readonly registering: RegisterFile,
    private readonly declaring: DeclareLanguages,
  ) {}

  @Route(op.submitDocument)
  submit(@In() input: Input<typeof op.submitDocument>) {
    return this.submitting.run(input);
  }

  @Route(op.registerFile)
  register(@In() input: Input<typeof op.registerFile>) {
    return this.registering.run(input);
  }

  @Route(op.declareLanguages)
  languages(@In() input: Input<typeof op.declareLanguages>) {
    return this.declaring.run(input);
  }
}
