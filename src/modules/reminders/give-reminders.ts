import { EXPIRY_GRACE_SECONDS } from '../../kernel/deadlines.js';
import type { DeadlineRule } from '../../kernel/definition.js';
import {
  daysLeft,
  firstLook,
  HEAD,
  isPast,
  remindersAt,
  remindersOf,
  scheduleFor,
  sidesInRole,
  type Reminder as Step,
  type ReminderSchedule,
} from '../../kernel/reminders.js';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import {
  Deadline,
  type DueSource,
  type Engine,
  type Parts,
  type Proceeding,
  type Standing,
} from '../proceedings/index.js';
import { Reminder } from './reminders.entity.js';
import { lastGiven, nextReminder } from './reminders.repository.js';

interface On {
  readonly engine: Engine;
  readonly parts: Parts;
  /** What a mechanism plans for a deadline; undefined where it reminds nobody. */
  readonly schedule: (mechanism: string, deadline: string) => ReminderSchedule | undefined;
}

/** Under which names the journal enters them. */
const EVENTS = {
  approaching: { what: 'deadline-approaching' },
  overdue: { what: 'deadline-overdue' },
  escalated: { what: 'deadline-escalated' },
} as const;

/** What is reminded of, by which rule, and how it is planned. */
interface Owed {
  readonly row: Deadline;
  readonly rule: DeadlineRule;
  readonly schedule: ReminderSchedule;
}

/**
 * The clock's part in reminders: who owes something is told in their own desk, at the planned instants,
 * once each. It comes as late as an expiry does, so that both are done in the order of their instants.
 */
export const reminderDues = (on: On): DueSource => ({
  next: (tx, now, without) =>
    nextReminder(tx, new Date(now.getTime() - EXPIRY_GRACE_SECONDS * 1000), without),
  async fire(tx, proceeding, { id, due: at }) {
    // Asked again under the lock: it may have been met, or moved to another day, meanwhile.
    const row = await tx.findOne(Deadline, { id });
    if (row?.remindAt?.getTime() !== at.getTime()) return;
    const owed = owedBy(on, proceeding, row);
    const reminders = owed ? remindersOf(owed.schedule, dueOf(row)) : [];
    const last = await lastGiven(tx, row);
    const { give, next } = remindersAt(reminders, at.toISOString(), last?.toISOString() ?? null);
    const remindAt = next === null ? null : new Date(next);
    await tx.update(Deadline, { id }, { remindAt });
    const { definition } = on.engine.occasion(proceeding, at);
    if (!owed || give.length === 0 || isPast(definition, owed.rule, proceeding.status)) return;
    const standing = await on.engine.standing(tx, proceeding.id);
    const owing = await sidesOwing(tx, on, standing, owed.rule);
    for (const step of give) await remind(tx, on, standing, { ...owed, step, at, owing });
  },
});

const dueOf = ({ due, zone }: Pick<Deadline, 'due' | 'zone'>) => ({ due: due.toISOString(), zone });

/** When to look first at a deadline that is set or moved now. */
export const firstLookAt =
  (schedule: On['schedule']): Parts['firstLook'] =>
  (definition, { key, due, zone }, now) => {
    const rule = definition.deadlines.find(({ deadline }) => deadline === key);
    const planned = schedule(definition.key, key);
    if (!rule || !planned) return null;
    const reminders = remindersOf(scheduleFor(planned, rule), dueOf({ due, zone }));
    const look = firstLook(reminders, now.toISOString());
    return look === null ? null : new Date(look);
  };

/** Nobody owes what was met or cancelled. */
function owedBy({ engine, schedule }: On, proceeding: Proceeding, row: Deadline): Owed | undefined {
  const { deadlines } = engine.definitionOf(proceeding);
  const rule = deadlines.find(({ deadline }) => deadline === row.key);
  const planned = schedule(proceeding.mechanism, row.key);
  const open = row.metAt === null && (row.status === 'pending' || row.status === 'lapsed');
  return rule && planned && open ? { row, rule, schedule: scheduleFor(planned, rule) } : undefined;
}

/** Those whom it binds, one by one, and those who have begun what it closes; never who has done it. */
async function sidesOwing(
  tx: Tx,
  { parts }: On,
  { proceeding, definition, participants }: Standing,
  rule: DeadlineRule,
): Promise<string[]> {
  const owing = new Set(sidesInRole(definition, rule.owedBy, participants));
  for (const source of parts.progress) {
    const { begun, done } = await source.of(tx, { proceeding, definition }, rule);
    for (const side of begun) owing.add(side);
    for (const side of done) owing.delete(side);
  }
  return [...owing].toSorted();
}

interface Given extends Owed {
  readonly step: Step;
  readonly at: Date;
  readonly owing: readonly string[];
}

/** Writes a step into the desks of those it is for: what is escalated, into those that it goes to. */
async function remind(tx: Tx, { engine }: On, standing: Standing, given: Given): Promise<void> {
  const { row, schedule, step, at, owing } = given;
  const { proceeding, definition, participants } = standing;
  const to = schedule.escalate?.to ?? [];
  const beside = to.flatMap((role) => sidesInRole(definition, role, participants));
  const escalated = [...(to.includes(HEAD) ? owing : []), ...beside];
  const sides = step.what === 'escalated' && owing.length > 0 ? escalated : owing;
  const { what, days } = step;
  for (const side of new Set(sides)) {
    await engine.joinSide(tx, standing, side);
    const place = { proceedingId: proceeding.id, compartment: deskOf(side) };
    const { id: deadlineId, key, due } = row;
    const reminder = { ...place, deadlineId, due, what, days };
    if (await tx.findOne(Reminder, reminder)) continue;
    await tx.insert(Reminder, { ...reminder, at });
    const facts = {
      deadline: key,
      due: due.toISOString(),
      days: daysLeft(dueOf(row), at.toISOString()),
    };
    await append(tx, { ...place, ...EVENTS[what], by: 'clock', at, facts });
  }
}
