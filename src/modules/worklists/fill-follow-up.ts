import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { z } from 'zod';
import { forEachOrRefuse } from '../../platform/refused.js';
import {
  Assessment,
  followUpBody,
  gradesOf,
  GiveFollowUp,
  PrepareFollowUp,
  speakerOf,
  spokenOf,
} from '../follow-up/index.js';
import type { Proceeding } from '../proceedings/index.js';
import { recommendationsIn } from '../recommendations/index.js';
import { bodyOf } from './read-given.js';
import {
  filled,
  shown,
  type Asking,
  type Change,
  type Column,
  type Item,
  type Opened,
  type Worklist,
} from './worklists.rules.js';

/** What a side says of implementation: prepared, then handed in. */
@Injectable()
export class FollowUpWorklist implements Worklist {
  readonly kind = 'follow-up';

  constructor(
    private readonly preparing: PrepareFollowUp,
    private readonly giving: GiveFollowUp,
  ) {}

  async open(tx: Tx, { standing, as }: Asking): Promise<Opened> {
    const { side, rule, kind } = await speakerOf(tx, standing, { as, permission: 'prepare' });
    const { proceeding } = standing;
    const own = await tx.find(Assessment, { proceedingId: proceeding.id, side });
    return {
      columns: columnsOf(gradesOf(rule, kind)),
      items: await this.items(tx, proceeding, own),
      mark: { side },
      shows: { 'grade-unknown': 'grade', 'dates-in-disorder': 'asOf' },
      change: (changes) => this.prepare(tx, { standing, as }, { changes, own }),
      submit: async (items) => (await this.giving.giveAll(tx, standing, { as, items })).given,
    };
  }

  private async items(tx: Tx, proceeding: Proceeding, own: readonly Assessment[]): Promise<Item[]> {
    const spoken = await tx.asProcedure(proceeding.id, () => spokenOf(tx, proceeding));
    const seen = proceeding.test ? await recommendationsIn(tx, proceeding.id, ['adopted']) : [];
    const texts = new Map(seen.map((row) => [row.id, row.text]));
    return spoken.map(({ id, name, label, text }) => {
      const draft = wordOf(own, name, 'draft');
      return {
        id: name,
        version: draft?.version ?? 0,
        cells: {
          label,
          recommendation: text ?? texts.get(id) ?? '',
          given: wordOf(own, name, 'given')?.grade ?? '',
          grade: draft?.grade ?? '',
          text: draft?.text ?? '',
          asOf: draft?.asOf ?? '',
        },
      };
    });
  }

  /** What a draft cites stays with it: the list has no column for it. */
  private async prepare(
    tx: Tx,
    { standing, as }: Asking,
    { changes, own }: { changes: readonly Change[]; own: readonly Assessment[] },
  ): Promise<void> {
    const items: Word[] = [];
    await forEachOrRefuse(
      changes,
      ({ id }) => id,
      ({ id, version, given }) => {
        const evidence = wordOf(own, id, 'draft')?.evidence;
        const word = { ...given, recommendation: id, version, evidence };
        items.push(...bodyOf(followUpBody, { items: [word] }).items);
      },
    );
    await this.preparing.prepareAll(tx, standing, { items, as });
  }
}

type Word = z.infer<typeof followUpBody>['items'][number];

const columnsOf = (grades: readonly string[]): Column[] => [
  shown('label', 10),
  shown('recommendation', 60),
  shown('given', 16),
  filled('grade', 16, grades),
  filled('text', 70),
  filled('asOf', 12),
];

/** The word of one's own side on a recommendation, in this state: there is one at the most. */
const wordOf = (
  own: readonly Assessment[],
  recommendation: string,
  status: 'draft' | 'given',
): Assessment | undefined =>
  own.find((each) => each.recommendationId === recommendation && each.status === status);
