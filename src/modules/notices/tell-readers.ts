import { Injectable } from '@nestjs/common';
import { audienceOf, ruleFor, type Event, type Reader } from '../../kernel/audience.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Entries } from '../../platform/queue/entries.js';
import { MechanismsService } from '../mechanisms/index.js';
import { RenderNotices } from './render-notices.js';
import { Tellings } from './register-tellings.js';

interface Found extends Event {
  readonly mechanism: string;
  readonly version: number;
  readonly test: boolean;
}

/**
 * Tells whom an entry of the journal concerns, as the mechanism's notices say. It learns what kind of
 * event it was and who may read it, not what it says; told twice, it tells nobody again.
 */
@Injectable()
export class TellReaders {
  constructor(
    private readonly work: UnitOfWork,
    private readonly mechanisms: MechanismsService,
    private readonly notices: RenderNotices,
    entries: Entries,
    private readonly tellings: Tellings,
  ) {
    entries.follow((entryId) => this.tell(entryId));
  }

  /**
   * @throws Error for a procedure that this worker does not know: a newer one does
   */
  tell(entryId: string): Promise<void> {
    return this.work.system('notices', async (tx) => {
      const row = await tx.row<{ event: Found | null }>('SELECT journal.event($1) AS event', [
        entryId,
      ]);
      const event = row?.event;
      if (!event) return;
      const rules = this.notices.of(event.mechanism)?.notices ?? [];
      const definition = this.mechanisms.definition(event.mechanism, event.version);
      if (!definition)
        throw new Error(`no definition ${event.mechanism} ${event.version} here yet`);
      const rule = ruleFor(rules, event);
      if (!rule) return;
      const readers = await tx.rows<Reader>(
        'SELECT account_id AS "accountId", side, "group", role FROM journal.readers($1)',
        [entryId],
      );
      const accounts = audienceOf(definition, rule, event, readers);
      if (accounts.length === 0) return;
      const urgency = event.test ? 'low' : rule.urgency;
      await tx.rows('SELECT journal.tell($1, $2, $3)', [entryId, accounts, urgency]);
      await this.tellings.told(tx, { entryId, urgency });
    });
  }
}
