import { Injectable } from '@nestjs/common';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, Refused } from '../../platform/refused.js';
import { Engine, seatedSide } from '../proceedings/index.js';
import { changeList, changeSpeaker } from './change-speaker.js';
import { SpeakerSwap, type SpeakersList } from './dialogue.entity.js';
import { speakersOf } from './dialogue.repository.js';
import { speakerFound, type ListFound } from './find-list.js';
import { sidesOf } from './list-actions.js';
import type { ListRules } from './lists.rules.js';
import { publishSpeakers } from './publish-speakers.js';
import { setOrder } from './set-order.js';
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
      // Who was never before the others leaves without their learning of it.
      if (on.row && speaker.compartment === CASE) await this.republish(tx, on, speaker.id);
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
      if (row && (await awaitsDraw(tx, proceeding.id, { row, rules }))) {
        // Few enough are left to speak without a draw.
        return setOrder(tx, proceeding, { rules, row, at: tx.now });
      }
      await publishSpeakers(tx, proceeding, rules.list);
    });
  }
}

/** Whether those on it have waited for a draw until now: nobody has a place yet. */
async function awaitsDraw(
  tx: Tx,
  proceedingId: string,
  { row, rules }: { row: SpeakersList; rules: ListRules },
): Promise<boolean> {
  if (rules.order !== 'drawn' || row.drawn !== null) return false;
  const speakers = await speakersOf(tx, proceedingId, [rules.list]);
  return speakers.every(({ place }) => place === null);
}
