import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine, seatedSide } from '../proceedings/index.js';
import { changeList, changeSpeaker } from './change-speaker.js';
import { SpeakerSwap } from './dialogue.entity.js';
import { presentSwap } from './dialogue.presenter.js';
import { speakerById, type SpeakerRow } from './dialogue.repository.js';
import { holdList, speakerFound, swapPlaceOf, type ListFound } from './find-list.js';
import { sidesOf } from './list-actions.js';
import { publishSpeakers } from './publish-speakers.js';
import { showList } from './show-speaker.js';
import { outdatedRefused, swapRefused } from './speakers.rules.js';
import type * as op from './swaps.schemas.js';
import { namedOf } from './tell-speaker.js';

/** Two speakers exchange their places, when both agree. Their times stay their own. */
@Injectable()
export class SwapPlaces {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  propose({ viewer, params, body }: Input<typeof op.proposeSwap>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await speakerFound(tx, this.engine, params.id, { lock: true });
      const by = seatedSide(tx, sidesOf(speaker), 'submit');
      const other = await speakerById(tx, body.with);
      if (other?.proceedingId !== speaker.proceedingId || other.list !== speaker.list) {
        throw new Refused('unknown-speaker', { unknown: [body.with] });
      }
      raise(swapRefused(speaker, other));
      const swap: SpeakerSwap = {
        id: randomUUID(),
        proceedingId: speaker.proceedingId,
        compartment: swapPlaceOf(on.rules.list),
        list: on.rules.list,
        fromId: speaker.id,
        withId: other.id,
        fromPlace: found(speaker.place),
        withPlace: found(other.place),
        status: 'proposed',
        proposedAt: tx.now,
        answeredAt: null,
      };
      await tx.insert(SpeakerSwap, swap);
      const named = await namedOf(tx, speaker);
      await record(tx, swap, { what: 'swap-proposed', by: named(by) });
      return presentSwap(swap);
    });
  }

  answer({ viewer, params, body, ifMatch }: Input<typeof op.answerSwap>) {
    return this.work.write(viewer, async (tx) => {
      const seen = found(await tx.findOne(SpeakerSwap, { id: params.id }));
      const on = await holdList(tx, this.engine, seen.proceedingId, seen.list);
      const swap = found(await tx.findOne(SpeakerSwap, { id: params.id }));
      const list = found(on.row);
      expectVersion(ifMatch, list.version);
      const [from, other] = [
        found(await speakerById(tx, swap.fromId)),
        found(await speakerById(tx, swap.withId)),
      ];
      // Whoever proposed it may take it back; the other alone agrees.
      const may = body.accept ? sidesOf(other) : [...sidesOf(other), ...sidesOf(from)];
      const by = seatedSide(tx, may, 'submit');
      if (body.accept) raise(outdatedRefused(swap, from, other));
      else if (swap.status !== 'proposed') throw new Refused('already-given');
      const status = body.accept ? ('accepted' as const) : ('declined' as const);
      await tx.update(
        SpeakerSwap,
        { id: swap.id, status: 'proposed' },
        { status, answeredAt: tx.now },
      );
      const what = body.accept ? 'swap-agreed' : 'swap-declined';
      const actor = sidesOf(other).includes(by) ? other : from;
      const named = await namedOf(tx, actor);
      await record(tx, swap, { what, by: named(by) });
      if (body.accept) await this.exchange(tx, on, [from, other]);
      return showList(tx, on);
    });
  }

  private async exchange(
    tx: Tx,
    { standing, rules, row }: ListFound,
    [one, other]: readonly [SpeakerRow, SpeakerRow],
  ): Promise<void> {
    const { proceeding } = standing;
    await tx.asProcedure(proceeding.id, async () => {
      await changeSpeaker(tx, one, { place: other.place });
      await changeSpeaker(tx, other, { place: one.place });
      await changeList(tx, found(row));
      const facts = { list: rules.list, place: one.place, with: other.place };
      const told = { by: 'procedure', what: 'speakers-swapped', at: tx.now, facts };
      await append(tx, { proceedingId: proceeding.id, compartment: CASE, ...told });
      await publishSpeakers(tx, proceeding, rules.list);
    });
  }
}

const record = (
  tx: Tx,
  { id, proceedingId, compartment, list }: SpeakerSwap,
  { what, by }: { what: string; by: string },
): Promise<void> =>
  append(tx, { proceedingId, compartment, what, by, at: tx.now, facts: { swapId: id, list } });
