import { Injectable } from '@nestjs/common';
import { PARTIES, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, forEachOrRefuse, found, Refused } from '../../platform/refused.js';
import { Engine, type Standing } from '../proceedings/index.js';
import {
  adoptedOf,
  assertClassifies,
  itemStanding,
  publishAgain,
  Recommendation,
} from '../recommendations/index.js';
import { MASK } from '../record/index.js';
import { ChooseMethod } from './choose-method.js';
import type { ClassificationAct } from './classification.entity.js';
import { presentClassification } from './classification.presenter.js';
import { actsIn, actsOn } from './classification.repository.js';
import type * as op from './classification.schemas.js';
import { ProposeClassification } from './propose-classification.js';
import { addSaying } from './add-saying.js';
import { decisionOf, proposedBy, type Verdict } from './standing.rules.js';

type Item = Pick<Recommendation, 'id' | 'proceedingId' | 'compartment' | 'status' | 'text'>;

/** The secretariat confirms or corrects what a machine proposed. */
@Injectable()
export class ConfirmClassification {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly methods: ChooseMethod,
    private readonly proposing: ProposeClassification,
  ) {}

  one({ viewer, params, body, ifMatch }: Input<typeof op.putClassification>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id, { lock: true });
      const { method } = this.methods.known(standing.proceeding.mechanism);
      const acts = await actsOn(tx, row.id);
      expectVersion(ifMatch, acts.length);
      assertClassifies(standing, row);
      await tx.asProcedure(row.proceedingId, () => this.decide(tx, standing, row, acts, body));
      await this.settle(tx, standing, [row.id]);
      return presentClassification(row.id, method, await actsOn(tx, row.id));
    });
  }

  /** All refusals are told at once, and nothing stays where there is one. */
  many({ viewer, params, body }: Input<typeof op.confirmClassifications>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      this.methods.known(standing.proceeding.mechanism);
      assertClassifies(standing, { status: 'submitted' });
      const rows = await tx.find(Recommendation, { proceedingId: params.id });
      const acts = await actsIn(tx, params.id);
      const one = async ({ id, version, ...verdict }: (typeof body.items)[number]) => {
        const row = rows.find((each) => each.id === id);
        if (!row) throw new Refused('unknown-recommendation');
        const said = acts.filter((each) => each.recommendationId === id);
        expectVersion(version, said.length);
        assertClassifies(standing, row);
        await this.decide(tx, standing, row, said, verdict);
      };
      await tx.asProcedure(params.id, () => forEachOrRefuse(body.items, ({ id }) => id, one));
      const ids = body.items.map(({ id }) => id);
      await this.settle(tx, standing, ids);
      return { classified: ids.length };
    });
  }

  /** As the procedure. */
  private async decide(
    tx: Tx,
    { proceeding }: Standing,
    row: Item,
    before: readonly ClassificationAct[],
    verdict: Verdict,
  ): Promise<void> {
    const { mechanism } = proceeding;
    const { method } = this.methods.known(mechanism);
    if (row.text === MASK) throw new Refused('withdrawn');
    // What was made before machines read it has no proposal yet.
    if (before.length === 0) await this.proposing.read(tx, proceeding, row);
    const acts = before.length === 0 ? await actsOn(tx, row.id) : before;
    const decision = decisionOf(method, verdict, found(proposedBy(acts)).facets);
    if ('code' in decision) throw new Refused(decision.code, decision.facts);
    const saying = { by: 'human' as const, side: secretariatSide(mechanism), method: null };
    await addSaying(tx, { item: row, mechanism }, acts, { ...saying, facets: decision.facets });
  }

  /** The journal keeps that it was said of which, never what; the record tells it of what it has. */
  private async settle(tx: Tx, { proceeding }: Standing, ids: readonly string[]): Promise<void> {
    const happening = {
      proceedingId: proceeding.id,
      compartment: PARTIES,
      what: 'recommendations-classified',
      by: secretariatSide(proceeding.mechanism),
      at: tx.now,
      facts: { classified: ids.length, recommendationIds: [...ids] },
    };
    await append(tx, happening);
    await tx.asProcedure(proceeding.id, async () => {
      const rows = await adoptedOf(tx, proceeding.id);
      const changed = rows.filter(({ id }) => ids.includes(id));
      await publishAgain(tx, proceeding, changed);
    });
  }
}
