import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, Refused } from '../../platform/refused.js';
import { Engine, seatedSide } from '../proceedings/index.js';
import { changeList, changeSpeaker } from './change-speaker.js';
import { SpeakerSwap } from './dialogue.entity.js';
import { speakerFound, type ListFound } from './find-list.js';
import { sidesOf } from './list-actions.js';
import { publishSpeakers } from './publish-speakers.js';
import { showSpeaker } from './show-speaker.js';
import type * as op from './speakers.schemas.js';
import { tell } from './tell-speaker.js';

/** Leaving a list. After its closing nobody else's time changes by it, nor anybody's place. */
@Injectable()
export class LeaveList {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, ifMatch }: Input<typeof op.leaveList>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await speakerFound(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, speaker.version);
      const by = seatedSide(tx, sidesOf(speaker), 'submit');
      if (speaker.beganAt !== null) throw new Refused('already-spoken');
      if (speaker.leftAt !== null) throw new Refused('already-given');
      await changeSpeaker(tx, speaker, { leftAt: tx.now, place: null });
      await tell(tx, speaker, { what: 'speaker-left', by, side: speaker.side });
      if (on.row?.closedAt) await this.republish(tx, on, speaker.id);
      return showSpeaker(tx, on, speaker.id);
    });
  }

  /** What was proposed to whoever has left is void, and everybody is told that they have. */
  private async republish(tx: Tx, { standing, row, rules }: ListFound, id: string): Promise<void> {
    const { proceeding } = standing;
    await tx.asProcedure(proceeding.id, async () => {
      const set = { status: 'lapsed' as const, answeredAt: tx.now };
      await tx.update(SpeakerSwap, { fromId: id, status: 'proposed' }, set);
      await tx.update(SpeakerSwap, { withId: id, status: 'proposed' }, set);
      if (row) await changeList(tx, row);
      await publishSpeakers(tx, proceeding, rules.list);
    });
  }
}
