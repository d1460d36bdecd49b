import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CASE, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import type { EntryFacts } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine, lateRefused, seatedSide, tellSides, type Standing } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { changeSpeaker } from './change-speaker.js';
import { Speaker } from './dialogue.entity.js';
import type { SpeakerRow } from './dialogue.repository.js';
import { lookUp, speakerFound, type ListFound } from './find-list.js';
import { sittingOf } from './find-sitting.js';
import { keepingRefused, KEEPERS, roleAmong } from './keepers.rules.js';
import { sidesOf } from './list-actions.js';
import { occasionOf, type Occasion } from './lists.rules.js';
import { publishSpeakers } from './publish-speakers.js';
import { showSpeaker } from './show-speaker.js';
import { elapsed, floorRefused, sittingRefused, timesRefused } from './statements.rules.js';
import type * as op from './statements.schemas.js';
import { tell } from './tell-speaker.js';

type Change = Partial<Pick<Speaker, 'beganAt' | 'endedAt' | 'used' | 'cut' | 'text'>>;

/** What is said in the room: who has the floor, from when to when, and in which words. */
@Injectable()
export class RecordStatement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  /** A part of the time of the State under review. */
  beginPart({ viewer, params, body }: Input<typeof op.beginPart>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const { id: proceedingId, subject } = standing.proceeding;
      raise(keepingRefused(standing));
      const at = await this.instantOf(tx, standing, { occasion: body.occasion, asked: body.at });
      await assertFloor(tx, proceedingId);
      const side = stateSide(subject);
      const { occasion: list, part } = body;
      const ground = { id: randomUUID(), proceedingId, compartment: CASE, list, side, part };
      const speaker = { ...UNHEARD, ...ground, filedBy: side, registeredAt: tx.now, beganAt: at };
      await tx.insert(Speaker, speaker);
      const by = found(roleAmong(standing, KEEPERS));
      await tell(tx, speaker, { what: 'statement-begun', by, facts: { part } });
      return showSpeaker(tx, await lookUp(tx, standing, list), speaker.id);
    });
  }

  begin({ viewer, params, body, ifMatch }: Input<typeof op.beginStatement>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await this.held(tx, params.id, ifMatch);
      raise(floorRefused(speaker));
      const occasion = occasionOf(speaker.list);
      const at = await this.instantOf(tx, on.standing, { occasion, asked: body.at });
      await assertFloor(tx, speaker.proceedingId);
      return this.change(tx, { on, speaker }, { what: 'statement-begun', set: { beganAt: at } });
    });
  }

  end({ viewer, params, body, ifMatch }: Input<typeof op.endStatement>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await this.held(tx, params.id, ifMatch);
      const { beganAt, endedAt: before } = speaker;
      if (beganAt === null || before !== null) throw new Refused('not-speaking');
      const occasion = occasionOf(speaker.list);
      const endedAt = await this.instantOf(tx, on.standing, { occasion, asked: body.at });
      raise(timesRefused({ beganAt, endedAt }, tx.now));
      const used = body.seconds ?? elapsed(beganAt, endedAt);
      const set = { endedAt, used, cut: body.cut };
      return this.change(tx, { on, speaker }, { what: 'statement-ended', set });
    });
  }

  correct({ viewer, params, body, ifMatch }: Input<typeof op.correctStatement>) {
    return this.work.write(viewer, async (tx) => {
      const { speaker, on } = await this.held(tx, params.id, ifMatch);
      if (!speaker.beganAt || !speaker.endedAt) throw new Refused('not-speaking');
      const beganAt = body.beganAt === undefined ? speaker.beganAt : new Date(body.beganAt);
      const endedAt = body.endedAt === undefined ? speaker.endedAt : new Date(body.endedAt);
      raise(timesRefused({ beganAt, endedAt }, tx.now));
      const moved = body.beganAt !== undefined || body.endedAt !== undefined;
      const used = body.seconds ?? (moved ? elapsed(beganAt, endedAt) : speaker.used);
      const set = { beganAt, endedAt, used, cut: body.cut ?? speaker.cut };
      return this.change(tx, { on, speaker }, { what: 'statement-corrected', set });
    });
  }

  /** Words are published by whose they are, or by the secretariat that they were handed to. */
  putText({ viewer, params, body, ifMatch }: Input<typeof op.putStatementText>) {
    return this.work.write(viewer, (tx) => this.putOne(tx, params.id, body, ifMatch));
  }

  async putOne(
    tx: Tx,
    id: string,
    body: Input<typeof op.putStatementText>['body'],
    version: number | undefined,
  ) {
    const { speaker, on } = await speakerFound(tx, this.engine, id, { lock: true });
    expectVersion(version, speaker.version);
    const office = keepingRefused(on.standing, ['secretariat']) === null;
    const by = office ? 'secretariat' : seatedSide(tx, sidesOf(speaker), 'submit');
    if (speaker.endedAt === null) throw new Refused('not-speaking');
    if (!office) raise(lateRefused(on.wordsUntil, tx.now));
    const gone = (await withdrawnOf(tx, speaker.publicId))?.parts ?? [];
    if (gone.includes('text')) throw new Refused('withdrawn', { parts: ['text'] });
    const set = { text: body.text };
    return this.change(tx, { on, speaker }, { what: 'statement-published', set, by });
  }

  /** A speaker under the lock, for who keeps the watch, in the version that was read. */
  private async held(tx: Tx, id: string, ifMatch: number | undefined) {
    const held = await speakerFound(tx, this.engine, id, { lock: true });
    expectVersion(ifMatch, held.speaker.version);
    raise(keepingRefused(held.on.standing));
    return held;
  }

  /** Now, or an instant that was named, within the occasion and not to come. */
  private async instantOf(
    tx: Tx,
    standing: Standing,
    { occasion, asked }: { occasion: Occasion; asked: string | undefined },
  ): Promise<Date> {
    const at = asked === undefined ? tx.now : new Date(asked);
    raise(sittingRefused(await sittingOf(tx, standing, occasion), at));
    raise(timesRefused({ beganAt: at, endedAt: tx.now }, tx.now));
    return at;
  }

  private async change(
    tx: Tx,
    { on, speaker }: { on: ListFound; speaker: SpeakerRow },
    { what, set, by }: { what: string; set: Change; by?: string },
  ) {
    await changeSpeaker(tx, speaker, set);
    const role = by ?? found(roleAmong(on.standing, KEEPERS));
    const { used, cut } = set;
    const facts: EntryFacts = used === undefined ? {} : { seconds: used, cut: cut ?? false };
    await tell(tx, speaker, { what, by: role, facts });
    if (what === 'statement-corrected') {
      const named = { speakerId: speaker.id, list: speaker.list, ...facts };
      const told = { sides: statedBy(speaker), what, by: role, facts: named };
      await tellSides(tx, this.engine, on.standing, told);
    }
    if (set.beganAt === undefined || set.endedAt !== undefined) {
      const { proceeding } = on.standing;
      await tx.asProcedure(proceeding.id, () => publishSpeakers(tx, proceeding, speaker.list));
    }
    return showSpeaker(tx, on, speaker.id);
  }
}

/** Whose statement it is, and the States in whose name it was made as well; nobody where that was withdrawn. */
function statedBy({ side, nameless, states }: SpeakerRow): string[] {
  if (nameless) return [];
  const others = states.filter(({ status }) => status === 'confirmed');
  return [side, ...others.map(({ state }) => stateSide(state))];
}

/** One has the floor at a time. */
async function assertFloor(tx: Tx, proceedingId: string): Promise<void> {
  const speaking = await tx.asProcedure(proceedingId, () =>
    tx.row<{ id: string }>(
      `SELECT s.id FROM casework.speaker s
       WHERE s.proceeding_id = $1 AND s.began_at IS NOT NULL AND s.ended_at IS NULL`,
      [proceedingId],
    ),
  );
  if (speaking) throw new Refused('somebody-speaks', { speaker: speaking.id });
}

/** Of whom nothing is told yet. */
const UNHEARD = {
  accreditation: null,
  accredited: null,
  class: null,
  seconds: null,
  place: null,
  leftAt: null,
  endedAt: null,
  used: null,
  cut: null,
  text: null,
  publicId: null,
  version: 1,
} as const;
