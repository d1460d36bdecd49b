import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import {
  Assessment,
  followUpBody,
  gradesOf,
  GiveFollowUp,
  PrepareFollowUp,
  speakerOf,
  spokenOf,
} from '../follow-up/index.js';
import { recommendationsIn } from '../recommendations/index.js';
import { bodyOf } from './read-given.js';
import {
  filled,
  shown,
  type Asking,
  type Change,
  type Column,
  type Item,
  type Worklist,
} from './worklists.rules.js';

/** What a side says of implementation: prepared, then handed in. */
@Injectable()
export class FollowUpWorklist implements Worklist {
  readonly kind = 'follow-up';
  readonly shows = { 'grade-unknown': 'grade', 'dates-in-disorder': 'asOf' };

  constructor(
    private readonly preparing: PrepareFollowUp,
    private readonly giving: GiveFollowUp,
  ) {}

  async columns(tx: Tx, asking: Asking): Promise<Column[]> {
    const { rule, kind } = await this.speaker(tx, asking);
    return [
      shown('label', 10),
      shown('recommendation', 60),
      shown('given', 16),
      filled('grade', 16, gradesOf(rule, kind)),
      filled('text', 70),
      filled('asOf', 12),
    ];
  }

  async items(tx: Tx, asking: Asking): Promise<Item[]> {
    const { side } = await this.speaker(tx, asking);
    const { proceeding } = asking.standing;
    const spoken = await tx.asProcedure(proceeding.id, () => spokenOf(tx, proceeding));
    const own = await tx.find(Assessment, { proceedingId: proceeding.id, side });
    const inState = (recommendation: string, status: Assessment['status']) =>
      own.find((each) => each.recommendationId === recommendation && each.status === status);
    const seen = proceeding.test ? await recommendationsIn(tx, proceeding.id, ['adopted']) : [];
    const texts = new Map(seen.map((row) => [row.id, row.text]));
    return spoken.map(({ id, name, label, text }) => {
      const draft = inState(name, 'draft');
      return {
        id: name,
        version: draft?.version ?? 0,
        cells: {
          label,
          recommendation: text ?? texts.get(id) ?? '',
          given: inState(name, 'given')?.grade ?? '',
          grade: draft?.grade ?? '',
          text: draft?.text ?? '',
          asOf: draft?.asOf ?? '',
        },
      };
    });
  }

  /** What a draft cites stays with it: the list has no column for it. */
  async change(tx: Tx, asking: Asking, changes: readonly Change[]): Promise<void> {
    const { side } = await this.speaker(tx, asking);
    const { standing, as } = asking;
    const own = { proceedingId: standing.proceeding.id, side, status: 'draft' as const };
    const drafts = await tx.find(Assessment, own);
    const refused: { id: string; code: string; facts: Refused['facts'] }[] = [];
    const items = changes.flatMap(({ id, version, given: { grade, text, asOf } }) => {
      const evidence = drafts.find((each) => each.recommendationId === id)?.evidence;
      try {
        const word = { recommendation: id, version, grade, text, asOf, evidence };
        return bodyOf(followUpBody, { items: [word] }).items;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused.push({ id, code: error.code, facts: error.facts });
        return [];
      }
    });
    if (refused.length > 0) throw new Refused('items-refused', { items: refused });
    await this.preparing.prepareAll(tx, standing, { items, as });
  }

  async submit(tx: Tx, { standing, as }: Asking): Promise<number> {
    return (await this.giving.giveAll(tx, standing, as)).given;
  }

  private speaker(tx: Tx, { standing, as }: Asking) {
    return speakerOf(tx, standing, { as, permission: 'prepare' });
  }
}
