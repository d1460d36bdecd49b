import { isCountedWhole } from '../../kernel/deadlines.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Engine } from './engine.service.js';
import type { Deadline, DeadlineChange } from './proceedings.entity.js';
import { presentDeadline } from './proceedings.presenter.js';
import { deadlinesOf } from './deadlines.repository.js';
import type { Standing } from './register-parts.js';

export type DeadlineShown = ReturnType<typeof presentDeadline>;

/**
 * The deadlines of proceedings that the viewer was shown, in order, by proceeding: each as far as
 * the viewer may know what became of it.
 */
export async function showDeadlines(
  tx: Tx,
  engine: Engine,
  standings: readonly Standing[],
): Promise<Map<string, DeadlineShown[]>> {
  const ids = standings.map(({ proceeding }) => proceeding.id);
  const { deadlines, changes } = await deadlinesOf(tx, ids);
  const [rows, changed] = [byProceeding(deadlines), byProceeding(changes)];
  return new Map(
    standings.map((standing) => {
      const { id } = standing.proceeding;
      const known = { rows: rows.get(id) ?? [], changes: changed.get(id) ?? [] };
      return [id, showOf(tx, engine, { standing, ...known })];
    }),
  );
}

function byProceeding<R extends { readonly proceedingId: string }>(
  rows: readonly R[],
): ReadonlyMap<string, readonly R[]> {
  const grouped = new Map<string, R[]>();
  for (const row of rows) {
    const there = grouped.get(row.proceedingId);
    if (there) there.push(row);
    else grouped.set(row.proceedingId, [row]);
  }
  return grouped;
}

interface Known {
  readonly standing: Standing;
  readonly rows: readonly Deadline[];
  readonly changes: readonly DeadlineChange[];
}

function showOf(tx: Tx, engine: Engine, { standing, rows, changes }: Known): DeadlineShown[] {
  const roles = standing.roles();
  const { definition, holidays } = engine.occasion(standing.proceeding, tx.now);
  const privy = ({ owedBy, due }: Deadline): boolean =>
    due < tx.now || roles.includes(owedBy) || roles.includes('secretariat');
  const holidaysKnown = ({ key, anchorAt, due, zone }: Deadline): boolean => {
    const rule = definition.deadlines.find(({ deadline }) => deadline === key);
    const span = { anchor: anchorAt.toISOString(), due: due.toISOString() };
    return !rule || isCountedWhole(rule, span, { zone, holidays });
  };
  return rows.map((row) =>
    presentDeadline(row, changes, { privy: privy(row), holidaysKnown: holidaysKnown(row) }),
  );
}
