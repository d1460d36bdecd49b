import { Temporal } from 'temporal-polyfill';
import type { DeadlineRule, Definition, Role } from './definition.js';
import { principalsOf, type Participant } from './roles.js';

/** People are reminded in the morning, where the deadline is read. */
const HOUR = Temporal.PlainTime.from('09:00');

/** The head of a delegation, as whom an escalation goes to beside roles of the definition. */
export const HEAD = 'head';

/** When those who owe something are reminded of it, as data. Days count on the deadline's calendar. */
export interface ReminderSchedule {
  /** So many days ahead; 0 is the day itself. */
  readonly days: readonly number[];
  /** So many days after it was due. */
  readonly overdue: readonly number[];
  /** So many days after it was due, to whom: roles of the definition, or `head`. */
  readonly escalate?: { readonly after: number; readonly to: readonly string[] } | undefined;
}

/** One step of a schedule, counted for one deadline. */
export interface Reminder {
  readonly what: 'approaching' | 'overdue' | 'escalated';
  /** The step: days ahead, negative when overdue. */
  readonly days: number;
  /** RFC 3339. */
  readonly at: string;
}

/** When something is due (RFC 3339), and in which zone its days are counted. */
interface DueIn {
  readonly due: string;
  readonly zone: string;
}

const dayIn = (instant: string, zone: string): Temporal.PlainDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();

const compare = (a: string, b: string): number =>
  Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b));

/**
 * Every reminder of a deadline, in order: at nine in the morning, local time, of the day that is so
 * many days away on the deadline's own calendar. What is due before nine has none on the day itself:
 * that of the day before was the last that could help.
 */
export const remindersOf = (
  { days, overdue, escalate }: ReminderSchedule,
  { due, zone }: DueIn,
): Reminder[] => {
  const last = dayIn(due, zone);
  const step = (what: Reminder['what'], ahead: number): Reminder => {
    const day = last.subtract({ days: ahead });
    const at = day.toZonedDateTime({ timeZone: zone, plainTime: HOUR }).toInstant().toString();
    return { what, days: ahead, at };
  };
  const all = [
    ...days.map((ahead) => step('approaching', ahead)).filter(({ at }) => compare(at, due) < 0),
    ...overdue.map((after) => step('overdue', -after)),
    ...(escalate ? [step('escalated', -escalate.after)] : []),
  ];
  return all.toSorted((a, b) => compare(a.at, b.at));
};

/** How many days are left on the deadline's calendar at an instant; negative when it is overdue. */
export const daysLeft = ({ due, zone }: DueIn, at: string): number =>
  dayIn(at, zone).until(dayIn(due, zone)).days;

/**
 * What is to be given at an instant, and when to look again (null: never). At the instant of a step,
 * that step, and others of the same instant. At any other, when the deadline was set or moved, of those
 * that had passed by then the latest alone, unless as late a one was given for this `due` before.
 *
 * @param given the instant of the latest that was given for this `due`
 */
export const remindersAt = (
  reminders: readonly Reminder[],
  at: string,
  given: string | null,
): { readonly give: readonly Reminder[]; readonly next: string | null } => {
  const passed = reminders.filter((each) => compare(each.at, at) <= 0);
  const next = reminders.find((each) => compare(each.at, at) > 0)?.at ?? null;
  const fresh = passed.filter((each) => given === null || compare(each.at, given) > 0);
  const now = fresh.filter((each) => compare(each.at, at) === 0);
  return { give: now.length > 0 ? now : fresh.slice(-1), next };
};

/** When to look first, of a deadline that is set or moved now: at once where a step has passed; null: never. */
export const firstLook = (reminders: readonly Reminder[], now: string): string | null => {
  const { give, next } = remindersAt(reminders, now, null);
  return give.length > 0 ? now : next;
};

/** What is left of a schedule for this deadline: a right, or a move that the clock makes, is never overdue. */
export const scheduleFor = (
  schedule: ReminderSchedule,
  { optional, metBy }: Pick<DeadlineRule, 'optional' | 'metBy'>,
): ReminderSchedule =>
  optional || metBy.move !== undefined ? { days: schedule.days, overdue: [] } : schedule;

/** Whether a role is held by many at once, none of which owes what all of them may do. */
export const isGroup = ({ holder, principal }: Role): boolean =>
  principal !== undefined && (holder === 'state' || holder === 'organization');

/** The sides that hold a role for themselves: who takes part in it, or a secretariat or body. */
export const sidesInRole = (
  { roles }: Pick<Definition, 'roles'>,
  name: string,
  participants: readonly Participant[],
): string[] =>
  roles
    .filter((role) => role.role === name && role.holder !== 'clock' && !isGroup(role))
    .flatMap((role) => principalsOf(role, participants));

/**
 * Whether nobody can do any more what a deadline asks for: the proceeding is over, or the document is
 * not taken in the stage that it has reached.
 */
export const isPast = (
  { stages, documents }: Pick<Definition, 'stages' | 'documents'>,
  { metBy }: Pick<DeadlineRule, 'metBy'>,
  status: string,
): boolean =>
  stages.some(({ stage, final }) => stage === status && final === true) ||
  documents.some(({ kind, during }) => kind === metBy.document && !during.includes(status));
