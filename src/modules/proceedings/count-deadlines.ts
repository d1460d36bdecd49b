import { dueOf, startOfDay, type Due } from '../../kernel/deadlines.js';
import type { DeadlineRule, Definition } from '../../kernel/definition.js';
import type { Holidays } from '../../kernel/working-days.js';
import type { Tx } from '../../platform/database/tx.js';
import { currentEntries } from './find-entries.js';
import type { Deadline, Proceeding } from './proceedings.entity.js';
import { calendarOf, type Anchors } from './proceedings.repository.js';

export interface Occasion {
  readonly proceeding: Proceeding;
  readonly definition: Definition;
  readonly holidays: Holidays;
  readonly at: Date;
  /** When the clock looks whether somebody is to be reminded of what is set or moved to this. */
  readonly remindAt: (set: Pick<Deadline, 'key' | 'due' | 'zone'>) => Date | null;
}

/** Everything that deadlines of one proceeding are counted from. */
export interface Ground {
  readonly definition: Definition;
  readonly holidays: Holidays;
  readonly calendar: Anchors | undefined;
  readonly entered: ReadonlyMap<string, Date>;
  /** What has been made already needs no deadline. */
  readonly moves: ReadonlySet<string | null>;
}

/** The anchors that the calendar supplies, beside the entry into a stage. */
export const CALENDAR_ANCHORS: readonly string[] = [
  'session.starts',
  'slot.starts',
  'slot.ends',
  'outcome.starts',
];

export async function groundOf(
  tx: Tx,
  { proceeding, definition, holidays }: Omit<Occasion, 'at' | 'remindAt'>,
): Promise<Ground> {
  const entries = await currentEntries(tx, proceeding.id, definition);
  const entered = new Map(entries.map((entry) => [entry.stage, entry.enteredAt]));
  const calendar = proceeding.slotId === null ? undefined : await calendarOf(tx, proceeding.slotId);
  const moves = new Set(entries.map(({ move }) => move));
  return { definition, holidays, calendar, entered, moves };
}

function anchorOf(rule: DeadlineRule, ground: Ground): Date | undefined {
  const { calendar, entered, definition } = ground;
  if (rule.anchor === 'session.starts') {
    return calendar && new Date(startOfDay(calendar.session.starts, definition.zone));
  }
  if (rule.anchor === 'slot.starts') return calendar?.slot.starts;
  if (rule.anchor === 'slot.ends') return calendar?.slot.ends;
  if (rule.anchor === 'outcome.starts') return calendar?.slot.outcomeStarts ?? undefined;
  return entered.get(rule.anchor.replace(/\.enteredAt$/, ''));
}

/** When one falls due, and from where that is counted; undefined while that has no date. */
export function countDeadline(
  rule: DeadlineRule,
  ground: Ground,
): (Due & { anchor: Date }) | undefined {
  const anchor = anchorOf(rule, ground);
  if (!anchor) return undefined;
  const hour = ground.calendar?.session.hours[rule.deadline];
  const date = ground.calendar?.session.dates[rule.deadline];
  const due = dueOf(rule, anchor.toISOString(), {
    zone: ground.definition.zone,
    holidays: ground.holidays,
    ...(hour !== undefined && { hour }),
    ...(date !== undefined && { date }),
  });
  return { ...due, anchor };
}
