import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './signatures.schemas.js';
import { SignaturesService } from './signatures.service.js';

@Controller()
export class SignaturesController {
  constructor(private readonly signatures: SignaturesService) {}

  @Route(op.delegateSignature)
  delegate(@In() input: Input<typeof op.delegateSignature>) {
    return this.signatures.delegate(input);
  }

  @Route(op.listSignatures)
  list(@In() input: Input<typeof op.listSignatures>) {
    return this.signatures.list(input);
  }

  @Route(op.revokeSignature)
  revoke(@In() input: Input<typeof op.revokeSignature>) {
    return this.signatures.revoke(input);
  }
}
