import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { StartRefused } from '../../config/start-refused.js';
import { EXPIRY_GRACE_SECONDS } from '../../kernel/deadlines.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { LOG } from '../../platform/log/log.js';
import { found, Refused } from '../../platform/refused.js';
import { requestContext } from '../../platform/request-context.js';
import { MoveProceeding } from './move-proceeding.js';
import { lockProceeding, nextExpired, type DueRow } from './proceedings.repository.js';
import { Parts, type DueSource } from './register-parts.js';
import type * as op from './proceedings.schemas.js';

/** One sweep at a time in the whole cluster; it ends with the transaction. */
const SWEEP_LOCK = 4012;

/** The procedures' clock: what it says, moving it, and what its moving brings about. */
@Injectable()
export class RunClock implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly moves: MoveProceeding,
    private readonly parts: Parts,
    private readonly environment: Environment,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @throws StartRefused where the clock was moved and nobody could move it back */
  async onApplicationBootstrap(): Promise<void> {
    if (this.environment.testMode) return;
    await this.work.system('start', async (tx) => {
      if ((await shiftOf(tx)) === 0) return;
      throw new StartRefused('The clock of this database was moved: it runs in test mode only');
    });
  }

  /** Sets the clock where `COMITY_CLOCK_START` asks for it and nothing has begun. */
  async begin(): Promise<void> {
    const { clockStart } = this.environment;
    if (clockStart === undefined) return;
    await this.work.system('start', async (tx) => {
      if (await mayBeSet(tx)) await shiftTo(tx, new Date(clockStart));
    });
  }

  read({ viewer }: Input<typeof op.readClock>) {
    return this.work.read(viewer, async (tx) => ({
      now: tx.now.toISOString(),
      shifted: (await shiftOf(tx)) !== 0,
    }));
  }

  async advance({ viewer, body }: Input<typeof op.advanceClock>) {
    if (!viewer.administrator) throw new Refused('forbidden', { needs: 'administrator' });
    const to = new Date(body.to);
    await this.work.write(viewer, async (tx) => {
      await tx.rows('SELECT single FROM reference.clock FOR UPDATE');
      const now = new Date(Date.now() + (await shiftOf(tx)));
      if (to < now && !(await mayBeSet(tx))) {
        throw new Refused('clock-backwards', { now: now.toISOString(), to: to.toISOString() });
      }
      await shiftTo(tx, to);
    });
    const expired = await this.sweep();
    return { now: to.toISOString(), shifted: true, expired };
  }

  /**
   * Expires every deadline whose time has come, in order of `due`, each in a transaction of
   * its own, until none is left: those that a move sets on the way too. A proceeding in which
   * that fails is left out, loudly, and holds up no other.
   *
   * @returns how many
   */
  async sweep(): Promise<number> {
    const context = requestContext.current();
    let expired = 0;
    const failed: string[] = [];
    for (;;) {
      const next = await this.expireNext(failed);
      if (!next) break;
      if (next.error === undefined) expired += 1;
      else failed.push(next.proceedingId);
    }
    if (expired > 0) this.log.info({ expired, asked: context !== undefined }, 'deadlines expired');
    return expired;
  }

  /** Deadlines and what else falls due, whichever comes first. */
  private async firstDue(
    tx: Tx,
    { before, now }: { before: Date; now: Date },
    without: readonly string[],
  ): Promise<FirstDue | undefined> {
    const deadline = await nextExpired(tx, before, without);
    const all: FirstDue[] = deadline ? [{ row: deadline, source: undefined }] : [];
    for (const source of this.parts.dues) {
      const row = await source.next(tx, now, without);
      if (row) all.push({ row, source });
    }
    return all.toSorted((a, b) => a.row.due.getTime() - b.row.due.getTime())[0];
  }

  private async fire(tx: Tx, { row, source }: FirstDue): Promise<void> {
    if (!source) return this.moves.expire(tx, row);
    const proceeding = found(await lockProceeding(tx, row.proceedingId));
    await tx.asProcedure(proceeding.id, () => source.fire(tx, proceeding, row));
  }

  private async expireNext(
    without: readonly string[],
  ): Promise<{ proceedingId: string; error?: unknown } | undefined> {
    let next: DueRow | undefined;
    try {
      await this.work.system('clock', async (tx) => {
        await tx.rows('SELECT pg_advisory_xact_lock($1)', [SWEEP_LOCK]);
        const now = Date.now() + (await shiftOf(tx));
        const before = new Date(now - EXPIRY_GRACE_SECONDS * 1000);
        const first = await this.firstDue(tx, { before, now: new Date(now) }, without);
        next = first?.row;
        if (first) await this.fire(tx, first);
      });
      return next;
    } catch (error) {
      if (!next) throw error;
      const { proceedingId, key }: DueRow = next;
      this.log.fatal({ err: error, proceedingId, deadline: key }, 'a deadline could not expire');
      return { proceedingId, error };
    }
  }
}

interface FirstDue {
  readonly row: DueRow;
  /** Undefined for a deadline. */
  readonly source: DueSource | undefined;
}

async function shiftOf(tx: Tx): Promise<number> {
  const row = await tx.row<{ shift: string }>('SELECT shift_ms AS shift FROM reference.clock');
  return Number(row!.shift);
}

async function mayBeSet(tx: Tx): Promise<boolean> {
  const row = await tx.row<{ may: boolean }>(
    'SELECT NOT was_set AND NOT casework.any_proceeding() AS may FROM reference.clock',
  );
  return row!.may;
}

async function shiftTo(tx: Tx, to: Date): Promise<void> {
  await tx.rows('UPDATE reference.clock SET shift_ms = $1, was_set = true', [
    to.getTime() - Date.now(),
  ]);
}
