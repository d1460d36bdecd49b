import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { page, readCursor } from '../../platform/http/paging.js';
import { found } from '../../platform/refused.js';
import * as op from './mechanisms.schemas.js';
import { pinOf } from './mechanisms.rules.js';
import { MechanismsService } from './mechanisms.service.js';

@Controller()
export class MechanismsController {
  constructor(private readonly mechanisms: MechanismsService) {}

  @Route(op.listMechanisms)
  list(@In() { query }: Input<typeof op.listMechanisms>) {
    const [from = 0] = (readCursor(query.cursor, [z.int().min(0)]) ?? []) as number[];
    const rows = this.mechanisms.all().slice(from, from + query.limit + 1);
    return page(
      rows,
      query.limit,
      () => [from + query.limit],
      (each) => ({ ...pinOf(each), title: each.title }),
    );
  }

  @Route(op.getMechanism)
  get(@In() { params }: Input<typeof op.getMechanism>) {
    const definition = found(this.mechanisms.definition(params.key, params.n));
    return { ...pinOf(definition), title: definition.title, definition };
  }
}
