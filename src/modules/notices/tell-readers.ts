import { Injectable } from '@nestjs/common';
import { audienceOf, ruleFor, type Event, type Reader } from '../../kernel/audience.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Entries } from '../../platform/queue/entries.js';
import { MechanismsService } from '../mechanisms/index.js';
import { RenderNotices } from './render-notices.js';
import { Tellings, type Telling } from './register-tellings.js';

/** Entries of one act that are told of at a time. */
const TOGETHER = 100;

interface Found extends Event {
  readonly mechanism: string;
  readonly version: number;
  readonly test: boolean;
}

/** Who is told of an entry. */
interface Concerned extends Telling {
  readonly accounts: readonly string[];
  /** What is told at all in its procedure. */
  readonly events: readonly string[];
}

/**
 * Tells whom an entry of the journal concerns, as the mechanism's notices say, and with it what else the
 * same act brought about there. It learns what kind of event it was and who may read it, not what it
 * says; told twice, it tells nobody again.
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
      const own = await this.concerned(tx, entryId);
      if (!own) return;
      const act = await tx.rows<{ id: string }>('SELECT id FROM journal.act($1, $2, $3) AS id', [
        entryId,
        own.events,
        TOGETHER,
      ]);
      const all: Concerned[] = [];
      for (const { id } of act) {
        const each = id === entryId ? own : await this.concerned(tx, id);
        if (each) all.push(each);
      }
      for (const each of all)
        await tx.rows('SELECT journal.tell($1, $2, $3)', [
          each.entryId,
          each.accounts,
          each.urgency,
        ]);
      await this.tellings.told(tx, all);
    });
  }

  private async concerned(tx: Tx, entryId: string): Promise<Concerned | undefined> {
    const row = await tx.row<{ event: Found | null }>('SELECT journal.event($1) AS event', [
      entryId,
    ]);
    const event = row?.event;
    if (!event) return undefined;
    const rules = this.notices.of(event.mechanism)?.notices ?? [];
    const definition = this.mechanisms.definition(event.mechanism, event.version);
    if (!definition) throw new Error(`no definition ${event.mechanism} ${event.version} here yet`);
    const rule = ruleFor(rules, event);
    if (!rule) return undefined;
    const readers = await tx.rows<Reader>(
      'SELECT account_id AS "accountId", side, "group", role FROM journal.readers($1)',
      [entryId],
    );
    const accounts = audienceOf(definition, rule, event, readers);
    if (accounts.length === 0) return undefined;
    const urgency = event.test ? 'low' : rule.urgency;
    return { entryId, accounts, urgency, events: rules.map(({ event: what }) => what) };
  }
}
