import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './keys.schemas.js';
import { KeysService } from './keys.service.js';

@Controller()
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Route(op.createKey)
  create(@In() input: Input<typeof op.createKey>) {
    return this.keys.create(input);
  }

  @Route(op.listKeys)
  list(@In() input: Input<typeof op.listKeys>) {
    return this.keys.list(input);
  }

  @Route(op.revokeKey)
  revoke(@In() input: Input<typeof op.revokeKey>) {
    return this.keys.revoke(input);
  }
}
