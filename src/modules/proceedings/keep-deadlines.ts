import { randomUUID } from 'node:crypto';
import { isLate } from '../../kernel/deadlines.js';
import type { DeadlineRule, Definition } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { CALENDAR_ANCHORS, countDeadline, groundOf } from './count-deadlines.js';
import type { Ground, Occasion } from './count-deadlines.js';
import { Deadline, DeadlineChange } from './proceedings.entity.js';

/** Sets the deadlines whose time to be set this is: at opening, or at the entry into a stage. */
export async function setDeadlines(
  tx: Tx,
  occasion: Occasion,
  stage: string | undefined,
): Promise<void> {
  const { definition } = occasion;
  const rules = definition.deadlines.filter((rule) => rule.setAt === stage);
  if (rules.length === 0) return;
  const ground = await groundOf(tx, occasion);
  for (const rule of rules) await setOne(tx, rule, occasion, ground);
}

async function setOne(
  tx: Tx,
  rule: DeadlineRule,
  { proceeding, at, remindAt }: Occasion,
  ground: Ground,
): Promise<void> {
  const done = rule.metBy.move !== undefined && ground.moves.has(rule.metBy.move);
  const due = done ? undefined : countDeadline(rule, ground);
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
    remindAt: remindAt({ key: rule.deadline, due: new Date(due.due), zone: due.zone }),
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
    const set = { status, metAt: at, remindAt: null, version: row.version + 2 } as const;
    await tx.update(Deadline, { id: row.id }, set);
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
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<void> {
  const set = { status: 'cancelled', remindAt: null, version: row.version + 1 } as const;
  await tx.update(Deadline, { id: row.id }, set);
  await note(tx, row, { what: 'cancelled', at, was: row.due, isNow: row.due, reason });
  await append(tx, {
    proceedingId: row.proceedingId,
    compartment: row.compartment,
    what: 'deadline-cancelled',
    by,
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
  const { proceeding, definition, at } = occasion;
  const ground = await groundOf(tx, occasion);
  const rows = await tx.find(Deadline, { proceedingId: proceeding.id });
  let moved = 0;
  for (const rule of definition.deadlines) {
    const row = rows.findLast((each) => each.key === rule.deadline && each.status !== 'cancelled');
    const reached = rule.setAt === undefined || ground.entered.has(rule.setAt);
    if (!row && reached) await setOne(tx, rule, occasion, ground);
    // What has passed is the sweep's; what came in before its day is counted like all others.
    if (!row || row.due <= at || !['pending', 'met'].includes(row.status)) continue;
    const due = countDeadline(rule, ground);
    if (!due && row.status === 'met') continue;
    if (!due) {
      await cancel(tx, row, { at, by: 'secretariat', reason });
      moved += 1;
      continue;
    }
    if (new Date(due.due).getTime() === row.due.getTime()) continue;
    const isNow = new Date(due.due);
    const set = { due: isNow, dueLocal: due.local, anchorAt: due.anchor, version: row.version + 1 };
    const remindAt = row.metAt === null ? occasion.remindAt({ ...row, due: isNow }) : null;
    await tx.update(Deadline, { id: row.id }, { ...set, remindAt });
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

/**
 * Counts anew, for a proceeding that was resumed, what its calendar sets at the opening: what was
 * not handed in is owed again, and what was closed opens again. What would have passed under the
 * new date too stays as it is. As the procedure.
 *
 * @param by whose act it was, and for which reason, as the journal tells it
 */
export async function renewDeadlines(
  tx: Tx,
  occasion: Occasion,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  const { proceeding, definition, at } = occasion;
  const ground = await groundOf(tx, occasion);
  const rows = await tx.find(Deadline, { proceedingId: proceeding.id });
  for (const rule of definition.deadlines) {
    if (rule.setAt !== undefined || !CALENDAR_ANCHORS.includes(rule.anchor)) continue;
    const row = rows.findLast((each) => each.key === rule.deadline && each.status !== 'cancelled');
    if (!row || (row.status === 'pending' && row.due > at)) continue;
    if (rule.metBy.document !== undefined && row.metAt !== null) continue;
    const due = countDeadline(rule, ground);
    if (!due || new Date(due.due) <= at) continue;
    // What fell due and nobody came by for: it lapsed before it is renewed.
    if (row.status === 'pending') await lapse(tx, row, definition);
    await cancel(tx, row, { at, by, reason });
    await setOne(tx, rule, occasion, ground);
  }
}
