import { Injectable } from '@nestjs/common';
import { drawLot, inputDigest, type Drawn } from '../../kernel/lots.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { asReview, groundOfLot, type Ground } from './find-ground.js';
import { Lot } from './lots.entity.js';
import { dropSeed } from './lots.repository.js';
import {
  dayOf,
  drawingRefused,
  inputOf,
  keepingRefused,
  sameRules,
  settledRefused,
} from './lots.rules.js';
import type * as op from './lots.schemas.js';
import { presentFor, tellLot } from './publish-lot.js';
import { Purposes, type Purpose } from './register-purposes.js';
import { SealSeed } from './seal-seed.js';

/** Draws what was announced, when its public value is known; or cancels it before. */
@Injectable()
export class DrawLot {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly purposes: Purposes,
    private readonly seeds: SealSeed,
  ) {}

  /** What can refuse does so before the seed is opened: nobody may look, and then try again. */
  draw({ viewer, params, body, ifMatch }: Input<typeof op.drawAnnouncedLot>) {
    return this.work.write(viewer, async (tx) => {
      const { ground, lot } = await this.held(tx, params.id, ifMatch);
      raise(drawingRefused(lot, tx.now));
      const purpose = this.purposes.of(lot.purpose, ground);
      await this.assertUnchanged(tx, { ground, lot, purpose });
      const { publicValue } = body;
      const drawn = await asReview(tx, ground, ground.home, async () => {
        const seed = await this.seeds.open(tx, lot, publicValue);
        const { result } = drawLot({ lot: lot.id, seed, input: lot.input, publicValue });
        const set = { seed: seed.toString('hex'), result, publicValue, drawnAt: tx.now };
        return this.settle(tx, lot, { ...set, status: 'drawn' });
      });
      const basis = `drawn by lot ${lot.id}`;
      await purpose.apply?.(tx, ground, { lot: lot.id, result: drawn.result!, basis });
      await tellLot(tx, ground, drawn);
      return presentFor(tx, ground, drawn);
    });
  }

  cancel({ viewer, params, body, ifMatch }: Input<typeof op.cancelLot>) {
    return this.work.write(viewer, async (tx) => {
      const { ground, lot } = await this.held(tx, params.id, ifMatch);
      const cancelled = await asReview(tx, ground, ground.home, async () => {
        const set = { cancelledAt: tx.now, reason: body.reason, status: 'cancelled' } as const;
        const row = await this.settle(tx, lot, set);
        await dropSeed(tx, lot.id);
        return row;
      });
      await tellLot(tx, ground, cancelled);
      return presentFor(tx, ground, cancelled);
    });
  }

  /** The lot and what it is for, held; for who keeps lots, in the version that was read. */
  private async held(tx: Tx, id: string, ifMatch: number | undefined) {
    const seen = found(await tx.findOne(Lot, { id }));
    const ground = await groundOfLot(tx, this.engine, seen);
    // Asked again: it may have been drawn while this one waited.
    const lot = found(await tx.findOne(Lot, { id }));
    expectVersion(ifMatch, lot.version);
    raise(keepingRefused(ground.home));
    raise(settledRefused(lot));
    return { ground, lot };
  }

  private async assertUnchanged(
    tx: Tx,
    { ground, lot, purpose }: { ground: Ground; lot: Lot; purpose: Purpose },
  ): Promise<void> {
    // What was withdrawn from it cannot be digested again.
    if (inputDigest(lot.input) !== lot.inputDigest) {
      throw new Refused('lot-outdated', { because: 'withdrawn' });
    }
    const { draw } = inputOf(lot);
    const day = dayOf(lot.knownFrom!, ground.home.definition.zone);
    const only = draw.rounds.flatMap((round) => round.for ?? []);
    const asked = { day, ...(only.length > 0 && { only }) };
    const now = await purpose.plan(tx, ground, asked).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      throw new Refused('lot-outdated', { because: error.code, ...error.facts });
    });
    if (!sameRules(draw, now)) throw new Refused('lot-outdated', { because: 'rules' });
  }

  /** As the procedure. */
  private async settle(
    tx: Tx,
    { id, version, ...rest }: Lot,
    set: Partial<Lot> & { result?: Drawn[] },
  ): Promise<Lot> {
    const next = { ...set, version: version + 1 };
    const swapped = await tx.update(Lot, { id, version }, next);
    if (swapped === 0) throw new Refused('stale', { version });
    return { id, ...rest, ...next };
  }
}
