import { Injectable } from '@nestjs/common';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { changeList, changeSpeaker } from './change-speaker.js';
import { SpeakersList } from './dialogue.entity.js';
import { speakersOf, type SpeakerRow } from './dialogue.repository.js';
import { placeOf, speakerFound, type ListFound } from './find-list.js';
import { keepingRefused } from './keepers.rules.js';
import { setOrder } from './set-order.js';
import { showSpeaker } from './show-speaker.js';
import type * as op from './swaps.schemas.js';
import { tell } from './tell-speaker.js';

/** The secretariat confirms the status that an organization declared: without, it is on no list. */
@Injectable()
export class AccreditSpeaker {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.accreditSpeaker>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await speakerFound(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, speaker.version);
      raise(keepingRefused(on.standing, ['secretariat']));
      if (speaker.accreditation === null) throw new Refused('not-offered', { list: speaker.list });
      await this.assertOpen(tx, on, speaker);
      const { proceeding } = on.standing;
      await tx.asProcedure(proceeding.id, async () => {
        const closed = on.row?.closedAt ?? null;
        // Until the list closes, or where it is not confirmed, nobody else is told of it.
        const shown = body.confirmed && closed !== null;
        const compartment = shown ? CASE : placeOf(speaker.list, speaker.side);
        const set = { accredited: body.confirmed, compartment, place: null };
        await changeSpeaker(tx, speaker, set);
        // Who neither was nor is before the others changes nothing that they see.
        if (closed !== null && (shown || speaker.compartment === CASE)) await this.reorder(tx, on);
      });
      const what = body.confirmed ? 'speaker-accredited' : 'speaker-not-accredited';
      const told = { ...speaker, compartment: placeOf(speaker.list, speaker.side) };
      await tell(tx, told, { what, by: 'secretariat' });
      return showSpeaker(tx, on, speaker.id);
    });
  }

  /** What was drawn, or begun, stands. */
  private async assertOpen(tx: Tx, { row, rules }: ListFound, speaker: SpeakerRow): Promise<void> {
    if (row?.drawn || speaker.publicId !== null) throw new Refused('already-given');
    const all = await speakersOf(tx, speaker.proceedingId, [rules.list]);
    if (all.some(({ beganAt }) => beganAt !== null)) throw new Refused('already-spoken');
  }

  private async reorder(tx: Tx, { standing, rules, row }: ListFound): Promise<void> {
    await changeList(tx, found(row));
    const now = found(await tx.findOne(SpeakersList, { id: found(row).id }));
    await setOrder(tx, standing.proceeding, { rules, row: now, at: tx.now });
  }
}
