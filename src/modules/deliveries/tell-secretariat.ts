import { Injectable } from '@nestjs/common';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { Entries, type GivenUp } from '../../platform/queue/entries.js';
import { Engine } from '../proceedings/index.js';

/** That somebody was not told of something. */
export interface Alarm {
  readonly proceedingId: string;
  readonly mechanism: string;
  readonly event: string;
  readonly deadline: string | null;
  /** Null where it concerns all who should have been told. */
  readonly side: string | null;
  readonly channel: string;
}

/** Where it is told instead of the secretariat's desk, and why it came so. */
interface Further {
  readonly compartment?: string;
  readonly reason?: string;
}

/** Tells the secretariat, in its desk, of people who were not told of something. */
@Injectable()
export class TellSecretariat {
  constructor(
    private readonly engine: Engine,
    entries: Entries,
  ) {
    entries.whenGivenUp((tx, given) => this.tellGivenUp(tx, given));
  }

  /** As the clock. */
  async tell(tx: Tx, alarms: readonly (Alarm & Further)[]): Promise<void> {
    for (const alarm of alarms) {
      await tx.asProcedure(alarm.proceedingId, () => this.tellOne(tx, alarm));
    }
  }

  private async tellOne(tx: Tx, alarm: Alarm & Further): Promise<void> {
    const { proceedingId, mechanism, event, deadline, side, channel, reason } = alarm;
    const office = secretariatSide(mechanism);
    const { compartment = deskOf(office) } = alarm;
    if (compartment === deskOf(office)) {
      await this.engine.joinSide(tx, await this.engine.standing(tx, proceedingId), office);
    }
    await append(tx, {
      proceedingId,
      compartment,
      what: 'notice-failed',
      by: 'clock',
      ...(reason === undefined ? {} : { reason }),
      at: tx.now,
      facts: { event, deadline, side, channel },
    });
  }

  /** What an operator discards, people were to be told of. */
  private async tellGivenUp(tx: Tx, { entryId, reason }: GivenUp): Promise<void> {
    const row = await tx.row<{ alarms: (Alarm & Further)[] }>(
      'SELECT journal.untold($1) AS alarms',
      [entryId],
    );
    const why = `discarded by the operator: ${reason}`;
    await this.tell(
      tx,
      row!.alarms.map((alarm) => ({ ...alarm, reason: why })),
    );
  }
}
