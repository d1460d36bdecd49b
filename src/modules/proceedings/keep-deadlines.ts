import { randomUUID } from 'node:crypto';
import { dueOf, isLate, startOfDay, type Due } from '../../kernel/deadlines.js';
import type { DeadlineRule, Definition } from '../../kernel/definition.js';
import type { Holidays } from '../../kernel/working-days.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { Deadline, DeadlineChange, StageEntry, type Proceeding } from './proceedings.entity.js';
import { calendarOf, type Anchors } from './proceedings.repository.js';

/** Everything that deadlines of one proceeding are counted from. */
interface Ground {
  readonly definition: Definition;
  readonly holidays: Holidays;
  readonly calendar: Anchors | undefined;
  readonly entered: ReadonlyMap<string, Date>;
  /** What has been made already needs no deadline. */
  readonly moves: ReadonlySet<string | null>;
}

/** The anchors that the calendar supplies, beside the entry into a stage. */
export const CALENDAR_ANCHORS = [
  'session.starts',
  'slot.starts',
  'slot.ends',
  'outcome.starts',
] as const;

async function groundOf(
  tx: Tx,
  proceeding: Proceeding,
  definition: Definition,
  holidays: Holidays,
): Promise<Ground> {
  const entries = await tx.find(
    StageEntry,
    { proceedingId: proceeding.id },
    { order: { n: 'ASC' } },
  );
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

function compute(rule: DeadlineRule, ground: Ground): (Due & { anchor: Date }) | undefined {
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

export interface Occasion {
  readonly proceeding: Proceeding;
  readonly definition: Definition;
  readonly holidays: Holidays;
  readonly at: Date;
}

/** Sets the deadlines whose time to be set this is: at opening, or at the entry into a stage. */
export async function setDeadlines(
  tx: Tx,
  { proceeding, definition, holidays, at }: Occasion,
  stage: string | undefined,
): Promise<void> {
  const rules = definition.deadlines.filter((rule) => rule.setAt === stage);
  if (rules.length === 0) return;
  const ground = await groundOf(tx, proceeding, definition, holidays);
  for (const rule of rules) await setOne(tx, rule, { proceeding, ground, at });
}

async function setOne(
  tx: Tx,
  rule: DeadlineRule,
  { proceeding, ground, at }: { proceeding: Proceeding; ground: Ground; at: Date },
): Promise<void> {
  const done = rule.metBy.move !== undefined && ground.moves.has(rule.metBy.move);
  const due = done ? undefined : compute(rule, ground);
  if (!due) return;
  const row: Deadline = {
    id: randomUUID(),
    proceedingId: proceeding.id,
    compartment: rule.compartment,
    key: rule.deadline,
    owedBy: rule.owedBy,
    anchorAt: due.anchor,
    due: new Date(due.due),
    dueLocal: due.local,
    zone: due.zone,
    status: 'pending',
    metAt: null,
    lapsedAt: null,
    extensions: 0,
    version: 1,
  };
  await tx.insert(Deadline, row);
  await note(tx, row, { what: 'set', at, was: null, isNow: row.due });
  tx.outcome.deadlines.push({ key: row.key, due: row.due.toISOString() });
}

interface Change {
  readonly what: DeadlineChange['what'];
  readonly at: Date;
  readonly was: Date | null;
  readonly isNow: Date;
  readonly reason?: string;
}

const note = (tx: Tx, row: Deadline, change: Change): Promise<void> =>
  tx.insert(DeadlineChange, {
    id: randomUUID(),
    proceedingId: row.proceedingId,
    compartment: row.compartment,
    deadlineId: row.id,
    ...change,
    reason: change.reason ?? null,
  });

/** Marks what a filing, a move or an act fulfils. A lapsed one stays lapsed, and is no longer owed. */
export async function meetDeadlines(
  tx: Tx,
  { proceeding, definition, at }: Occasion,
  by: { document: string } | { move: string } | { act: string },
): Promise<void> {
  const [[what, name] = []] = Object.entries(by);
  const keys = definition.deadlines
    .filter(({ metBy }) => metBy[what as keyof typeof metBy] === name)
    .map(({ deadline }) => deadline);
  for (const row of await tx.find(Deadline, { proceedingId: proceeding.id, metAt: null })) {
    if (!keys.includes(row.key) || row.status === 'cancelled') continue;
    // Lateness never waits for the sweep: what comes late finds its deadline lapsed.
    const late = isLate(at.toISOString(), row.due.toISOString());
    if (late && row.status === 'pending') await lapse(tx, row, definition);
    // What was received in time is not late, though nobody knew of it when the deadline lapsed.
    const status = late ? 'lapsed' : 'met';
    await tx.update(Deadline, { id: row.id }, { status, metAt: at, version: row.version + 2 });
    await note(tx, row, { what: 'met', at, was: row.due, isNow: row.due });
  }
}

/** Marks one as lapsed, at its due instant, with the flag that its definition gives it. */
export async function lapse(tx: Tx, row: Deadline, definition: Definition): Promise<void> {
  await tx.update(
    Deadline,
    { id: row.id, status: 'pending' },
    { status: 'lapsed', lapsedAt: row.due, version: row.version + 1 },
  );
  await note(tx, row, { what: 'lapsed', at: row.due, was: row.due, isNow: row.due });
  const rule = definition.deadlines.find(({ deadline }) => deadline === row.key);
  await append(tx, {
    proceedingId: row.proceedingId,
    compartment: row.compartment,
    what: 'deadline-lapsed',
    by: 'clock',
    at: row.due,
    facts: {
      deadline: row.key,
      due: row.due.toISOString(),
      flag: rule?.onExpiry.flag ?? null,
    },
  });
}

/** What it was counted from is no more: a plenary without a date closes nothing. */
async function cancel(
  tx: Tx,
  row: Deadline,
  { at, reason }: { at: Date; reason: string },
): Promise<void> {
  await tx.update(Deadline, { id: row.id }, { status: 'cancelled', version: row.version + 1 });
  await note(tx, row, { what: 'cancelled', at, was: row.due, isNow: row.due, reason });
  await append(tx, {
    proceedingId: row.proceedingId,
    compartment: row.compartment,
    what: 'deadline-cancelled',
    by: 'secretariat',
    reason,
    at,
    facts: { deadline: row.key, was: row.due.toISOString() },
  });
}

/**
 * Counts the pending deadlines again after the calendar changed, and sets those that could
 * not be counted before. What has lapsed or been met stays as it is; each change is kept
 * with its reason. As the procedure.
 *
 * @returns how many fell on another instant
 */
export async function recomputeDeadlines(
  tx: Tx,
  occasion: Occasion,
  reason: string,
): Promise<number> {
  const { proceeding, definition, holidays, at } = occasion;
  const ground = await groundOf(tx, proceeding, definition, holidays);
  const rows = await tx.find(Deadline, { proceedingId: proceeding.id });
  let moved = 0;
  for (const rule of definition.deadlines) {
    const row = rows.findLast((each) => each.key === rule.deadline && each.status !== 'cancelled');
    const reached = rule.setAt === undefined || ground.entered.has(rule.setAt);
    if (!row && reached) await setOne(tx, rule, { proceeding, ground, at });
    // What has passed is the sweep's; what came in before its day is counted like all others.
    if (!row || row.due <= at || !['pending', 'met'].includes(row.status)) continue;
    const due = compute(rule, ground);
    if (!due && row.status === 'met') continue;
    if (!due) {
      await cancel(tx, row, { at, reason });
      moved += 1;
      continue;
    }
    if (new Date(due.due).getTime() === row.due.getTime()) continue;
    const isNow = new Date(due.due);
    const set = { due: isNow, dueLocal: due.local, anchorAt: due.anchor, version: row.version + 1 };
    await tx.update(Deadline, { id: row.id }, set);
    tx.outcome.deadlines.push({ key: row.key, due: isNow.toISOString() });
    await note(tx, row, { what: 'recomputed', at, was: row.due, isNow, reason });
    await append(tx, {
      proceedingId: proceeding.id,
      compartment: row.compartment,
      what: 'deadline-recomputed',
      by: 'secretariat',
      reason,
      at,
      facts: { deadline: row.key, was: row.due.toISOString(), isNow: isNow.toISOString() },
    });
    moved += 1;
  }
  return moved;
}
