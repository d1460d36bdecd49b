import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing, forEachOrRefuse, Refused } from '../../platform/refused.js';
import {
  keepingRefused,
  LISTS,
  RecordStatement,
  sidesOf,
  speakersOf,
  statementBody,
  type SpeakerRow,
} from '../dialogue/index.js';
import { seatedSide } from '../proceedings/index.js';
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

/** The words of statements that were made: one's own, or, for the secretariat, all. */
@Injectable()
export class StatementsWorklist implements Worklist {
  readonly kind = 'statements';
  readonly shows = {};

  constructor(private readonly recording: RecordStatement) {}

  columns(): Promise<Column[]> {
    return Promise.resolve([
      shown('list', 12),
      shown('place', 8),
      shown('speaker', 30),
      shown('states', 20),
      shown('seconds', 10),
      shown('used', 10),
      filled('text', 90),
    ]);
  }

  async items(tx: Tx, { standing }: Asking): Promise<Item[]> {
    const rows = await speakersOf(tx, standing.proceeding.id, LISTS);
    const office = keepingRefused(standing, ['secretariat']) === null;
    const speaks = (row: SpeakerRow): boolean =>
      codeRefusing(() => seatedSide(tx, sidesOf(row), 'submit')) === null;
    const mine = rows.filter((row) => office || speaks(row));
    if (!office && mine.length === 0) throw new Refused('wrong-role', { by: ['secretariat'] });
    return mine.filter(({ endedAt }) => endedAt !== null).map(presentRow);
  }

  change(tx: Tx, _asking: Asking, changes: readonly Change[]): Promise<void> {
    return forEachOrRefuse(
      changes,
      ({ id }) => id,
      async ({ id, version, given }) => {
        await this.recording.putOne(tx, id, bodyOf(statementBody, given), version);
      },
    );
  }
}

const presentRow = (row: SpeakerRow): Item => ({
  id: row.id,
  version: row.version,
  cells: {
    list: row.list,
    place: row.place === null ? '' : String(row.place),
    speaker: row.name,
    states: row.states
      .filter(({ status }) => status === 'confirmed')
      .map(({ state }) => state)
      .join(', '),
    seconds: row.seconds === null ? '' : String(row.seconds),
    used: row.used === null ? '' : String(row.used),
    text: row.text ?? '',
  },
});
