import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './case-keys.schemas.js';
import { CaseKeysService } from './case-keys.service.js';

@Controller()
export class CaseKeysController {
  constructor(private readonly keys: CaseKeysService) {}

  @Route(op.makeCaseKey)
  make() {
    return this.keys.make();
  }

  @Route(op.renewCaseKey)
  renew(@In() input: Input<typeof op.renewCaseKey>) {
    return this.keys.renew(input);
  }
}
