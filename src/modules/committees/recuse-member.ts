import { COMMITTEE, memberOf, trayOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append, type Happening } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import { removeParticipant, type Engine, type Standing } from '../proceedings/index.js';
import { Conflict } from './committees.entity.js';
import { excludeMember, keepDeclaration, recusedMembers } from './conflicts.repository.js';
import { curatorRulesOf } from './curator.rules.js';

interface Decision {
  readonly recused: boolean;
  readonly reason: string;
  /** The role that decides; of who steps aside, their own. */
  readonly by: string;
}

/**
 * Settles what was said of a member, and with a recusal whatever else waits to be decided of them: who
 * is shut out is told nothing later. As the procedure.
 */
export async function settleConflict(
  tx: Tx,
  ground: { engine: Engine; standing: Standing },
  conflict: Conflict,
  decision: Decision,
): Promise<void> {
  await settle(tx, conflict, decision);
  if (decision.recused) {
    const { proceedingId, memberId } = conflict;
    await excludeMember(tx, proceedingId, { memberId, reason: decision.reason });
    await releaseCurator(tx, ground, decision.by);
    const open = await tx.find(Conflict, { proceedingId, memberId, status: 'open' });
    for (const other of open) {
      await settle(tx, other, decision);
      await keepDeclaration(tx, other.id);
    }
  }
  await keepDeclaration(tx, conflict.id);
}

/** One of them, as its version says. */
async function settle(
  tx: Tx,
  { id, version, proceedingId, memberId, raisedSide }: Conflict,
  { recused, reason, by }: Decision,
): Promise<void> {
  const status = recused ? 'recused' : 'kept';
  const set = { status, decidedBy: by, decidedAt: tx.now, reason, version: version + 1 } as const;
  const changed = await tx.update(Conflict, { id, version }, set);
  if (changed === 0) throw new Refused('stale', { version });
  const facts = { conflictId: id, member: memberId, recused };
  const told = { proceedingId, by, at: tx.now, facts };
  await append(tx, { ...told, compartment: COMMITTEE, what: 'conflict-decided' });
  if (raisedSide !== null) await tellChallenger(tx, { ...told, raisedSide });
}

/** Who said so reads nothing of what the committee deliberates: it is told what came of it. */
export const tellChallenger = (
  tx: Tx,
  { raisedSide, ...told }: Omit<Happening, 'what' | 'compartment'> & { raisedSide: string },
): Promise<void> =>
  append(tx, { ...told, compartment: trayOf(raisedSide), what: 'challenge-decided' });

/** Whoever is recused prepares the case no longer. */
async function releaseCurator(
  tx: Tx,
  { engine, standing }: { engine: Engine; standing: Standing },
  by: string,
): Promise<void> {
  const { proceeding, definition, participants } = standing;
  const role = curatorRulesOf(definition)?.role;
  const recused = await recusedMembers(tx, proceeding.id);
  const curator = participants.find(
    (each) => each.role === role && recused.includes(memberOf(each.principal) ?? ''),
  );
  if (!curator) return;
  await removeParticipant(tx, proceeding.id, curator);
  await engine.refreshAccess(tx, proceeding);
  const place = { proceedingId: proceeding.id, compartment: COMMITTEE, by, at: tx.now };
  const facts = { member: memberOf(curator.principal)! };
  await append(tx, { ...place, what: 'curator-released', facts });
}
