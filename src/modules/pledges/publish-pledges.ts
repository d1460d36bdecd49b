import type { Tx } from '../../platform/database/tx.js';
import {
  publishPage,
  StageEntry,
  type Consequence,
  type Engine,
  type Proceeding,
} from '../proceedings/index.js';
import { coversWhole, publishPledge, withdrawnOf } from '../record/index.js';
import { pledgeRule } from './find-pledge.js';
import { Pledge } from './pledges.entity.js';

/** Every pledge that was made, once the stage of their publication was reached. As the procedure. */
export async function publishPledges(
  tx: Tx,
  engine: Engine,
  proceeding: Proceeding,
): Promise<void> {
  const { publishedAt } = pledgeRule({ definition: engine.definitionOf(proceeding) });
  const { id: proceedingId } = proceeding;
  const reached = await tx.findOne(StageEntry, { proceedingId, stage: publishedAt });
  if (!reached) return;
  const order = { submittedAt: 'ASC', id: 'ASC' } as const;
  const made = await tx.find(Pledge, { proceedingId, status: 'submitted' }, { order });
  const page = made.length > 0 ? await publishPage(tx, proceeding) : undefined;
  if (!page) return;
  for (const row of made) {
    const withdrawn = await withdrawnOf(tx, row.publicId);
    if (withdrawn && coversWhole('pledge', withdrawn.parts)) continue;
    const publicId = await publishPledge(tx, row.publicId, {
      proceedingId: page.id,
      mechanism: proceeding.mechanism,
      state: proceeding.subject,
      cycle: page.cycle,
      session: page.session,
      text: row.text,
      submittedAt: row.submittedAt!.toISOString(),
    });
    if (row.publicId === null) await tx.update(Pledge, { id: row.id }, { publicId });
  }
}

export const publishPledgesConsequence = (engine: Engine): Consequence => ({
  name: 'publish-pledges',
  apply: (tx, { proceeding }) => publishPledges(tx, engine, proceeding),
});
