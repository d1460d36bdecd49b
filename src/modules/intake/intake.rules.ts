import type { Definition } from '../../kernel/definition.js';
import type { IntakeRule, Naming } from '../../kernel/intake-rules.js';
import { PARTIES, trayOf } from '../../kernel/sides.js';
import { WordCounter } from '../../platform/formats/word-counter.js';
import type { Communicant, IntakeParagraph } from './intake.entity.js';

type Written = Pick<IntakeParagraph, 'field' | 'text'>;

/** Words of a form, of all fields together. */
export function wordsOf(paragraphs: readonly Pick<Written, 'text'>[]): number {
  const counter = new WordCounter();
  return paragraphs.reduce((sum, { text }) => sum + counter.count(text ?? ''), 0);
}

/** Words beyond a limit that is held; none where what is over is flagged alone. */
export const excessOf = ({ limit }: Pick<IntakeRule, 'limit'>, words: number): number =>
  limit.over === 'refuse' ? Math.max(0, words - limit.words) : 0;

/** The fields that must be filled in and are empty. */
export const missingFields = (
  { fields }: Pick<IntakeRule, 'fields'>,
  paragraphs: readonly Pick<Written, 'field'>[],
): string[] =>
  fields
    .filter(({ required, field }) => required && !paragraphs.some((each) => each.field === field))
    .map(({ field }) => field);

type Row<T> = Omit<T, 'id' | 'proceedingId'>;

/**
 * What each audience gets of a paragraph that is handed in: the parties all of it, or that something
 * stands here in confidence and on which ground; that itself goes to those who conduct the proceeding.
 */
export function placesOf(side: string, paragraph: Row<IntakeParagraph>): Row<IntakeParagraph>[] {
  const { text, explanation, inConfidence, ...row } = paragraph;
  const kept = { text: inConfidence ? null : text, explanation: null };
  const shared = { ...row, ...kept, inConfidence, compartment: PARTIES };
  const held = { ...row, text, explanation, inConfidence, compartment: trayOf(side) };
  return inConfidence ? [shared, held] : [shared];
}

/**
 * What each audience gets of one who files: the name where it is theirs to know, else that there is
 * somebody. Whose names are sealed is named nowhere.
 */
export function namesOf(
  side: string,
  naming: Naming,
  { place, kind, name, contact }: Row<Communicant>,
): Row<Communicant>[] {
  const open = naming === 'parties' || naming === 'public';
  const shared = { compartment: PARTIES, place, kind, name: open ? name : null, contact: null };
  // How they can be reached is for those alone who conduct the proceeding.
  const held = { compartment: trayOf(side), place, kind, name, contact };
  return naming === 'sealed' ? [shared] : [shared, held];
}

/** A role, and the stage from which on it reads. */
interface ReaderFrom {
  readonly role: string;
  readonly from: string;
}

/**
 * The roles that read a compartment at some stage that can still come, each with the first; `own` are
 * those whose side it is, where it is a side's.
 */
export function readersOf(
  { visibility, stages, roles }: Definition,
  compartment: string,
  own: readonly string[],
): ReaderFrom[] {
  const order = stages.map(({ stage }) => stage);
  return roles.flatMap(({ role }) => {
    const reading = visibility
      .filter((rule) => rule.compartment === compartment)
      .filter(
        ({ readers }) => readers.includes(role) || (readers.includes('side') && own.includes(role)),
      )
      .flatMap(({ during }) => during ?? order);
    const from = order.find((stage) => reading.includes(stage));
    return from === undefined ? [] : [{ role, from }];
  });
}

/** Where a name of this naming can be read, beside the side's own desk. */
export const whereNamed = (naming: Naming): string | null =>
  naming === 'sealed' ? null : naming === 'committee' ? 'filed:*' : PARTIES;
