import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { COMMITTEE, deskOf, memberOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import { Engine, rolesOfSide, sideInRole, type Standing } from '../proceedings/index.js';
import { Conflict } from './committees.entity.js';
import { presentRecusal } from './conflicts.presenter.js';
import { keepDeclaration, recusalById, recusedMembers } from './conflicts.repository.js';
import { partiesOf } from './conflicts.rules.js';
import type * as op from './conflicts.schemas.js';
import { memberById, membersOf } from './members.repository.js';
import { committeeOf, dayOf, holdsOn, type Member } from './members.rules.js';
import { settleConflict, tellChallenger } from './recuse-member.js';

/** The role in which the committee acts. */
const MEMBER = 'committee';

/** Members declare that they may be partial; sides say it of them. */
@Injectable()
export class DeclareConflict {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  declare({ viewer, params, body }: Input<typeof op.declareConflict>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const member = await ownMember(tx, standing);
      const row = raised(tx, standing, {
        ...body,
        memberId: member.id,
        raisedBy: MEMBER,
        raisedSide: null,
      });
      // Whoever steps aside reads nothing of the case any more, but what they have said themselves.
      tx.keepAnswerIn(undefined);
      await tx.asProcedure(params.id, async () => {
        await tx.insert(Conflict, row);
        await tellCommittee(tx, row, { what: 'conflict-declared', by: MEMBER });
        const aside = { recused: true, reason: row.ground, by: MEMBER };
        if (row.stepsAside) {
          await settleConflict(tx, { engine: this.engine, standing }, row, aside);
        } else await keepDeclaration(tx, row.id);
      });
      return presentRecusal(found(await recusalById(tx, row.id)));
    });
  }

  challenge({ viewer, params, body }: Input<typeof op.challengeMember>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const rules = committeeOf(standing.definition);
      if (!rules) throw new Refused('not-offered');
      const by = partiesOf(standing.definition);
      const side = sideInRole(tx, standing, { by, as: body.as });
      const member = await memberById(tx, body.member);
      const facts = { member: body.member };
      if (member?.bodyKey !== rules.body) throw new Refused('unknown-member', facts);
      if (!holdsOn(member, dayOf(tx.now))) throw new Refused('term-over', facts);
      await this.engine.joinSide(tx, standing, side);
      tx.keepAnswerIn({ proceedingId: params.id, compartment: deskOf(side) });
      const role = rolesOfSide(standing, side).find((each) => by.includes(each))!;
      const { ground, text } = body;
      const said = { memberId: member.id, ground, text, stepsAside: false };
      const open = raised(tx, standing, { ...said, raisedBy: role, raisedSide: side });
      await tx.asProcedure(params.id, async () => {
        // Of whoever is recused already there is nothing to decide, and they are told nothing.
        const settled = (await recusedMembers(tx, params.id)).includes(member.id);
        const outcome = { status: 'recused', decidedBy: MEMBER, decidedAt: tx.now } as const;
        const row = settled ? { ...open, ...outcome } : open;
        await tx.insert(Conflict, row);
        await tellCommittee(tx, row, { what: 'member-challenged', by: role });
        if (settled) {
          const told = { conflictId: row.id, member: member.id, recused: true };
          const place = { proceedingId: params.id, by: MEMBER, at: tx.now, raisedSide: side };
          await tellChallenger(tx, { ...place, facts: told });
        }
      });
      return { id: open.id, member: member.id, raisedAt: tx.now.toISOString() };
    });
  }
}

type Said = Pick<
  Conflict,
  'memberId' | 'raisedBy' | 'raisedSide' | 'ground' | 'text' | 'stepsAside'
>;

const raised = (tx: Tx, { proceeding }: Standing, said: Said): Conflict => ({
  id: randomUUID(),
  proceedingId: proceeding.id,
  compartment: COMMITTEE,
  memberId: said.memberId,
  raisedBy: said.raisedBy,
  raisedSide: said.raisedSide,
  ground: said.ground,
  text: said.text,
  stepsAside: said.stepsAside,
  declaredAt: tx.now,
  status: 'open',
  decidedBy: null,
  decidedAt: null,
  reason: null,
  version: 1,
});

/** As the procedure. */
const tellCommittee = (
  tx: Tx,
  { id, proceedingId, compartment, memberId }: Conflict,
  told: { what: string; by: string },
): Promise<void> =>
  append(tx, {
    proceedingId,
    compartment,
    ...told,
    at: tx.now,
    facts: { conflictId: id, member: memberId },
  });

/**
 * The member of the committee that the viewer is now.
 *
 * @throws Refused `not-offered` where nobody sits in personal capacity, or `wrong-role`
 */
async function ownMember(tx: Tx, { definition }: Standing): Promise<Member> {
  const rules = committeeOf(definition);
  if (!rules) throw new Refused('not-offered');
  const mine = (tx.viewer?.seats ?? []).flatMap(({ side }) => memberOf(side) ?? []);
  const members = await membersOf(tx, rules.body);
  const own = members.find((each) => mine.includes(each.id) && holdsOn(each, dayOf(tx.now)));
  if (!own) throw new Refused('wrong-role', { by: [MEMBER] });
  return own;
}
