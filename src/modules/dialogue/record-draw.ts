import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Input } from '../../platform/http/operation.js';
import { raise, Refused } from '../../platform/refused.js';
import { firstLetters } from '../lots/index.js';
import { Engine } from '../proceedings/index.js';
import { speakersOf, stateName } from './dialogue.repository.js';
import { holdList, type ListFound } from './find-list.js';
import { drawingRefused } from './list-actions.js';
import { keepingRefused } from './keepers.rules.js';
import { candidatesOf, keepDraw } from './set-order.js';
import { showList } from './show-speaker.js';
import { drawRefused } from './speakers.rules.js';
import type * as op from './speakers.schemas.js';

/** A draw by hand, recorded with its witnesses, and held against the rules. */
@Injectable()
export class RecordSpeakersDraw {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, body }: Input<typeof op.recordSpeakersDraw>) {
    return this.work.write(viewer, async (tx) => {
      const { list, drawn, drawnOn, meeting, witnesses } = body;
      const on = await holdList(tx, this.engine, params.id, list);
      const { standing, rules, row } = on;
      raise(keepingRefused(standing));
      const speakers = await speakersOf(tx, params.id, [list]);
      const refused = drawingRefused(tx, on, speakers);
      if (refused !== null) throw new Refused(refused, { list });
      raise(drawRefused(rules, drawn, candidatesOf(speakers)));
      await assertStart(tx, on, drawn[0]!);
      const draw = { drawnOn, meeting, witnesses };
      const { proceeding } = standing;
      await tx.asProcedure(proceeding.id, () =>
        keepDraw(tx, proceeding, { rules, row, drawn, draw }),
      );
      return showList(tx, on);
    });
  }
}

/** An alphabet begins with a letter that a lot could give, or with a State. */
async function assertStart(tx: Tx, { rules }: ListFound, first: string): Promise<void> {
  if (rules.order !== 'from-first' || (await firstLetters(tx)).includes(first)) return;
  if ((await stateName(tx, first)) !== undefined) return;
  throw new Refused('draw-invalid', { because: 'outside-pool', drawn: [first] });
}
