import { Injectable } from '@nestjs/common';
import { AmendmentsWorklist } from './fill-amendments.js';
import { FollowUpWorklist } from './fill-follow-up.js';
import { PositionsWorklist } from './fill-positions.js';
import { StatementsWorklist } from './fill-statements.js';
import type { Worklist, WorklistKind } from './worklists.rules.js';

/** Every kind of worklist that there is. */
@Injectable()
export class Worklists {
  readonly #all: { readonly [K in WorklistKind]: Worklist };

  constructor(
    positions: PositionsWorklist,
    amendments: AmendmentsWorklist,
    statements: StatementsWorklist,
    followUp: FollowUpWorklist,
  ) {
    this.#all = { positions, amendments, statements, 'follow-up': followUp };
  }

  of(kind: WorklistKind): Worklist {
    return this.#all[kind];
  }
}
