import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateOf, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { found, raise, Refused } from '../../platform/refused.js';
import {
  askSides,
  assertStates,
  chooseSeat,
  Engine,
  filingSide,
  receiptFacts,
  receiptOf,
} from '../proceedings/index.js';
import { changeSpeaker } from './change-speaker.js';
import { shareOut } from './close-list.js';
import { CoSpeaker, Speaker } from './dialogue.entity.js';
import { speakersOf, type SpeakerRow } from './dialogue.repository.js';
import { holdList, placeOf, speakerFound, type ListFound } from './find-list.js';
import { sittingOf } from './find-sitting.js';
import { occasionOf } from './lists.rules.js';
import { showSpeaker } from './show-speaker.js';
import { tell } from './tell-speaker.js';
import { isClosed, isListed, isUnsettled, mayStand, registeringRefused } from './speakers.rules.js';
import type * as op from './speakers.schemas.js';

type Asked = Input<typeof op.registerSpeaker>['body'];

/** Registering on a list while it is open, alone or for several, and confirming that. */
@Injectable()
export class RegisterSpeaker {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, body }: Input<typeof op.registerSpeaker>) {
    return this.work.write(viewer, async (tx) => {
      const on = await holdList(tx, this.engine, params.id, body.list);
      const { standing, rules, row, window } = on;
      const { as, onBehalfOf } = body;
      const by = [rules.by];
      const filed = { by, as, onBehalfOf, permission: 'submit' as const };
      const { side, filedBy } = await filingSide(tx, standing, filed);
      const receipt = receiptOf(tx, standing.proceeding, body.received);
      const at = receipt.receivedAt ?? tx.now;
      const all = await speakersOf(tx, params.id, [body.list]);
      const closedAt = row?.closedAt ?? null;
      // Nobody confirms a joint statement on a list that has closed.
      const alone = receipt.receivedAt !== null && body.with.length === 0;
      const taken = alone && (await takesLate(tx, on, all));
      raise(registeringRefused(taken ? undefined : row, window, at));
      raise(askedRefused(on, body, side));
      await assertStates(tx, body.with);
      const compartment = placeOf(body.list, side);
      if (body.list === 'stakeholders') await this.engine.joinSide(tx, standing, side);
      if (all.some((each) => each.side === side && each.leftAt === null && each.part === null)) {
        throw new Refused('already-exists', { list: body.list, side });
      }
      const place = { proceedingId: params.id, compartment, side, filedBy };
      const speaker = speakerOf(body, { ...place, registeredAt: at });
      await tx.insert(Speaker, speaker);
      await tx.insert(CoSpeaker, jointOf(speaker, body.with));
      const facts = receiptFacts(receipt);
      await tell(tx, speaker, { what: 'speaker-registered', by: filedBy, side, facts });
      await askSides(tx, this.engine, standing, {
        sides: body.with.map(stateSide),
        what: 'invited-to-speak',
        by: filedBy,
        ...(side !== filedBy && { onBehalfOf: side }),
        facts: { speakerId: speaker.id, list: speaker.list },
      });
      if (closedAt !== null && isListed(speaker)) {
        const again = { rules, was: row, closedAt, at: tx.now };
        await tx.asProcedure(params.id, () => shareOut(tx, standing, again));
      }
      return showSpeaker(tx, on, speaker.id);
    });
  }

  /** A State confirms for itself, or declines, having confirmed too; nobody does it for another. */
  confirm({ viewer, params, body }: Input<typeof op.confirmSpeaker>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await speakerFound(tx, this.engine, params.id, { lock: true });
      const by = speaker.states.map(({ state }) => stateSide(state));
      const open = speaker.states.filter((each) => mayStand(each, body));
      const free = open.map(({ state }) => stateSide(state));
      const mine = viewer.seats.filter(({ side }) => by.includes(side));
      const fitting = mine.filter(({ side }) => free.includes(side));
      const closed = isClosed(on.row, on.window, tx.now);
      if (mine.length > 0 && closed) throw new Refused('list-closed');
      if (mine.length > 0 && fitting.length === 0) throw new Refused('already-given');
      const seat = chooseSeat(fitting, { by, as: body.as, permission: 'submit' });
      const iso3 = found(stateOf(seat.side));
      await changeSpeaker(tx, speaker);
      const status = body.confirm ? ('confirmed' as const) : ('declined' as const);
      await tx.update(CoSpeaker, { speakerId: speaker.id, iso3 }, { status, confirmedAt: tx.now });
      const what = body.confirm ? 'joint-statement-confirmed' : 'joint-statement-declined';
      await tell(tx, speaker, { what, by: seat.side, asked: [speaker.side] });
      return showSpeaker(tx, on, speaker.id);
    });
  }
}

/** Whether a closed list still takes who had asked in time: until it is settled, or spoken on. */
async function takesLate(
  tx: Tx,
  { standing, rules, row }: ListFound,
  speakers: readonly SpeakerRow[],
): Promise<boolean> {
  const { startsAt } = await sittingOf(tx, standing, occasionOf(rules.list));
  return isUnsettled(row, speakers) && (startsAt === null || startsAt > tx.now);
}

const speakerOf = (
  { list, accreditation }: Asked,
  place: Pick<Speaker, 'proceedingId' | 'compartment' | 'side' | 'filedBy' | 'registeredAt'>,
): Speaker => ({
  ...place,
  id: randomUUID(),
  list,
  part: null,
  accreditation: accreditation ?? null,
  accredited: null,
  class: null,
  seconds: null,
  place: null,
  leftAt: null,
  beganAt: null,
  endedAt: null,
  used: null,
  cut: null,
  text: null,
  publicId: null,
  version: 1,
});

const jointOf = ({ id, proceedingId, compartment }: Speaker, states: readonly string[]) =>
  states.map((iso3) => ({
    id: randomUUID(),
    proceedingId,
    compartment,
    speakerId: id,
    iso3,
    status: 'invited' as const,
    confirmedAt: null,
  }));

/** What does not fit the list: others in whose name one speaks, or a status that is declared. */
function askedRefused({ rules, standing }: ListFound, asked: Asked, side: string): Refusal | null {
  const { with: states, accreditation, list } = asked;
  if (states.length > 0 && !rules.joint) return refusal('not-offered', { list, with: states });
  const { subject } = standing.proceeding;
  const own = [stateOf(side), subject];
  const repeated = states.filter((state, n) => states.indexOf(state) < n || own.includes(state));
  if (repeated.length > 0) return refusal('invalid-content', { repeated });
  const organizations = list === 'stakeholders';
  if (organizations === (accreditation !== undefined)) return null;
  return refusal('invalid-content', { [organizations ? 'needs' : 'unknown']: ['accreditation'] });
}
