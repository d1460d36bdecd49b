import { floorsOf, speakersOf, swapsOf } from '../../src/modules/dialogue/dialogue.repository.js';
import { versionsOf } from '../../src/modules/documents/documents.repository.js';
import * as proceedings from '../../src/modules/proceedings/proceedings.repository.js';
import { questionsOf } from '../../src/modules/questions/questions.repository.js';
import {
  recommendationById,
  tally,
} from '../../src/modules/recommendations/recommendations.repository.js';
import { nextReminder } from '../../src/modules/reminders/reminders.repository.js';
import type { Tx } from '../../src/platform/database/tx.js';
import type { Crowd } from './many-proceedings.js';

/** What the clock asks for every few seconds. */
export const DUES = [proceedings.nextExpired, nextReminder];

/** What is asked of one proceeding, by its key: planned once, whoever came first. */
export const KEYED: Record<string, (tx: Tx, there: Crowd) => Promise<unknown>> = {
  'a proceeding': (tx, { thick }) => proceedings.proceedingById(tx, thick),
  'who takes part': (tx, { thick }) => proceedings.participantsOf(tx, thick),
  'its sides': (tx, { thick }) => proceedings.sidesOf(tx, thick),
  'versions of a document': (tx, { document }) => versionsOf(tx, document),
  'a recommendation': (tx, { recommendation }) => recommendationById(tx, recommendation),
  'what was recommended': (tx, { thick }) => tally(tx, thick),
  'who speaks': (tx, { thick }) => speakersOf(tx, thick, ['dialogue']),
  'who exchanges places': (tx, { thick }) => swapsOf(tx, thick, 'dialogue'),
  'who has the floor': (tx, { thick }) => floorsOf(tx, [thick]),
  'what was asked': (tx, { thick }) => questionsOf(tx, thick),
};
