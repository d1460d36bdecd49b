import { isMine } from '../proceedings/index.js';
import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import type { Standing } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { itemActions } from './list-actions.js';
import { presentRecommendation } from './recommendations.presenter.js';
import { recommendationById } from './recommendations.repository.js';

/** A recommendation as its viewer sees it, with what they could do. */
export async function showRecommendation(tx: Tx, standing: Standing, id: string) {
  const row = found(await recommendationById(tx, id));
  const withdrawn = await withdrawnOf(tx, row.publicId);
  return {
    ...presentRecommendation(row, isMine(tx, row)),
    withdrawn: withdrawn ? { ...withdrawn, at: withdrawn.at.toISOString() } : null,
    actions: await itemActions(tx, standing, row),
  };
}
