import { Injectable } from '@nestjs/common';
import { COMMITTEE, memberSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import {
  actingRole,
  addParticipant,
  Engine,
  principalIds,
  Proceeding,
  removeParticipant,
  type Standing,
} from '../proceedings/index.js';
import { recusedMembers } from './conflicts.repository.js';
import { curatorRefused, curatorRulesOf, type CuratorRules } from './curator.rules.js';
import type * as op from './curator.schemas.js';
import { memberById } from './members.repository.js';
import { committeeOf, dayOf } from './members.rules.js';

/**
 * The role in which the viewer may name a curator now.
 *
 * @throws Refused `not-offered`, `wrong-role`, `permission-missing` or `wrong-stage`
 */
export function assertMayName(standing: Standing): { rules: CuratorRules; by: string } {
  const rules = curatorRulesOf(standing.definition);
  if (!rules) throw new Refused('not-offered');
  const by = actingRole(standing, rules.by);
  const { status } = standing.proceeding;
  if (!rules.during.includes(status)) {
    throw new Refused('wrong-stage', { status, during: rules.during });
  }
  return { rules, by };
}

/** On what ground a curator takes part, as both sides read it. */
const NAMED = 'named by the Committee';

/** Names the member who prepares a case; one after another, each with a reason. */
@Injectable()
export class AppointCurator {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.putCurator>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const { proceeding } = standing;
      expectVersion(ifMatch, proceeding.version);
      const { rules, by } = assertMayName(standing);
      const member = await memberById(tx, body.member);
      if (!member || member.bodyKey !== committeeOf(standing.definition)?.body) {
        throw new Refused('unknown-member', { member: body.member });
      }
      await tx.asProcedure(proceeding.id, async () => {
        const recused = await recusedMembers(tx, proceeding.id);
        const ground = { party: proceeding.subject, recused, day: dayOf(tx.now) };
        raise(curatorRefused(member, ground));
        await this.replace(tx, standing, { role: rules.role, by, ...body });
        const { id, version } = proceeding;
        await tx.update(Proceeding, { id, version }, { version: version + 1 });
      });
      const { id, name } = member;
      const version = proceeding.version + 1;
      const namedAt = tx.now.toISOString();
      return { member: id, name, reason: body.reason, namedAt, version };
    });
  }

  /** As the procedure. Why stays among the Committee: the sides read who takes part. */
  private async replace(
    tx: Tx,
    { proceeding, participants }: Standing,
    { role, by, member, reason }: { role: string; by: string; member: string; reason: string },
  ): Promise<void> {
    const side = memberSide(member);
    const before = participants.filter((each) => each.role === role);
    if (before.some(({ principal }) => principal === side)) {
      throw new Refused('already-given', { member });
    }
    for (const each of before) await removeParticipant(tx, proceeding.id, each);
    const principalId = found((await principalIds(tx, [side])).get(side));
    await addParticipant(tx, proceeding.id, { role, principalId, basis: NAMED });
    await this.engine.refreshAccess(tx, proceeding);
    const place = { proceedingId: proceeding.id, compartment: COMMITTEE, by, at: tx.now };
    await append(tx, { ...place, what: 'curator-named', reason, facts: { member } });
  }
}
