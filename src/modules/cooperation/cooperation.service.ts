import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, Refused } from '../../platform/refused.js';
import { appearanceOn } from '../dialogue/index.js';
import { Document } from '../documents/index.js';
import { TroikaRequest } from '../lots/index.js';
import { Deadline, Engine, Proceeding, StageEntry, type Standing } from '../proceedings/index.js';
import { CooperationDecision } from './cooperation.entity.js';
import { presentCooperation } from './cooperation.presenter.js';
import { stepsOf } from './cooperation.rules.js';
import type * as op from './cooperation.schemas.js';

/** Who records what the Council decided. */
const RECORDER = 'president';

/** Whether a State cooperates: told as facts, and decided by people. */
@Injectable()
export class CooperationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  show({ viewer, params }: Input<typeof op.showCooperation>) {
    return this.work.read(viewer, async (tx) =>
      this.present(tx, await this.engine.standing(tx, params.id)),
    );
  }

  decide({ viewer, params, body, ifMatch }: Input<typeof op.decideCooperation>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const { id, version } = standing.proceeding;
      expectVersion(ifMatch, version);
      assertRecorder(standing);
      if (new Date(body.decidedOn) > tx.now) {
        throw new Refused('dates-in-disorder', { decidedOn: body.decidedOn });
      }
      const decision: CooperationDecision = {
        ...body,
        id: randomUUID(),
        proceedingId: id,
        compartment: CASE,
        measures: body.measures ?? null,
        byRole: RECORDER,
        recordedAt: tx.now,
      };
      await tx.asProcedure(id, async () => {
        await tx.insert(CooperationDecision, decision);
        await tx.update(Proceeding, { id, version }, { version: version + 1 });
        // The reasons stand with the decision: the journal can forget nobody.
        const facts = { decisionId: decision.id, finding: body.finding, decidedOn: body.decidedOn };
        const place = { proceedingId: id, compartment: CASE };
        const happening = { ...place, what: 'cooperation-decided', by: RECORDER, at: tx.now };
        await append(tx, { ...happening, facts });
      });
      const proceeding = { ...standing.proceeding, version: version + 1 };
      return this.present(tx, { ...standing, proceeding });
    });
  }

  private async present(tx: Tx, { proceeding, definition, participants }: Omit<Standing, 'roles'>) {
    const where = { proceedingId: proceeding.id };
    const moves = await tx.find(StageEntry, where, { order: { n: 'ASC' } });
    const decisions = await tx.find(CooperationDecision, where, {
      order: { recordedAt: 'ASC', id: 'ASC' },
    });
    const deadlines = await tx.find(Deadline, where, { order: { due: 'ASC' } });
    const documents = () => tx.find(Document, where, { order: { submittedAt: 'ASC' } });
    const seen = {
      definition,
      moves,
      participants,
      requests: await tx.find(TroikaRequest, where, { order: { askedAt: 'ASC' } }),
      documents: await documents(),
      handedIn: await tx.asProcedure(proceeding.id, documents),
      deadlines: deadlines.filter(({ status }) => status !== 'cancelled'),
      plenary: await appearanceOn(tx, { proceeding, definition }, 'plenary'),
      now: tx.now,
    };
    return presentCooperation({ proceeding, steps: stepsOf(seen), moves, decisions });
  }
}

/** @throws Refused `wrong-role`, or `permission-missing` */
function assertRecorder(standing: Standing): void {
  if (!standing.roles().includes(RECORDER)) throw new Refused('wrong-role', { by: [RECORDER] });
  if (standing.roles('submit').includes(RECORDER)) return;
  throw new Refused('permission-missing', { permission: 'submit' });
}
