import { Injectable } from '@nestjs/common';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { Entries, type GivenUp } from '../../platform/queue/entries.js';

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

/** Tells the secretariat that somebody could not be reached. */
export async function raiseAlarms(tx: Tx, alarms: readonly (Alarm & Further)[]): Promise<void> {
  for (const { proceedingId, mechanism, event, deadline, side, channel, ...further } of alarms) {
    const { compartment = deskOf(secretariatSide(mechanism)), reason } = further;
    await tx.asProcedure(proceedingId, () =>
      append(tx, {
        proceedingId,
        compartment,
        what: 'notice-failed',
        by: 'clock',
        ...(reason === undefined ? {} : { reason }),
        at: tx.now,
        facts: { event, deadline, side, channel },
      }),
    );
  }
}

/** When an operator discards an entry of which people were to be told, that is told. */
@Injectable()
export class TellSecretariat {
  constructor(entries: Entries) {
    entries.whenGivenUp((tx, given) => this.tell(tx, given));
  }

  private async tell(tx: Tx, { entryId, reason }: GivenUp): Promise<void> {
    const row = await tx.row<{ alarms: (Alarm & Further)[] }>(
      'SELECT journal.untold($1) AS alarms',
      [entryId],
    );
    await raiseAlarms(
      tx,
      row!.alarms.map((alarm) => ({ ...alarm, reason: `discarded by the operator: ${reason}` })),
    );
  }
}
