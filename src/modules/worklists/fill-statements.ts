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
  type Opened,
  type Worklist,
} from './worklists.rules.js';

/** The words of statements that were made: one's own, or, for the secretariat, all. */
@Injectable()
export class StatementsWorklist implements Worklist {
  readonly kind = 'statements';

  constructor(private readonly recording: RecordStatement) {}

  async open(tx: Tx, { standing }: Asking): Promise<Opened> {
    const rows = await speakersOf(tx, standing.proceeding.id, LISTS);
    const office = keepingRefused(standing, ['secretariat']) === null;
    const speaks = (row: SpeakerRow): boolean =>
      codeRefusing(() => seatedSide(tx, sidesOf(row), 'submit')) === null;
    const mine = rows.filter((row) => office || speaks(row));
    if (!office && mine.length === 0) throw new Refused('wrong-role', { by: ['secretariat'] });
    const publish = async ({ id, version, given }: Change): Promise<void> => {
      await this.recording.putOne(tx, id, bodyOf(statementBody, given), version);
    };
    return {
      columns: COLUMNS,
      items: mine.filter(({ endedAt }) => endedAt !== null).map(itemOf),
      shows: {},
      change: (changes) => forEachOrRefuse(changes, ({ id }) => id, publish),
    };
  }
}

const COLUMNS: readonly Column[] = [
  shown('list', 12),
  shown('place', 8),
  shown('speaker', 30),
  shown('states', 20),
  shown('seconds', 10),
  shown('used', 10),
  filled('text', 90),
];

const itemOf = (row: SpeakerRow): Item => ({
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
