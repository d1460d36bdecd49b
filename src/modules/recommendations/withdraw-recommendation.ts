import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Position, Recommendation } from './recommendations.entity.js';

/** A recommendation, with every position ever prepared on it. */
export const withdrawableRecommendation: Withdrawable = {
  kind: 'recommendation',
  find: (tx, where) => tx.findOne(Recommendation, where),
  async mask(tx, { id, publicId }, parts) {
    const { text, version } = found(await tx.findOne(Recommendation, { id }));
    const set = { publicId, version: version + 1 };
    const masked = parts.includes('text') ? { ...set, text: MASK } : set;
    await tx.update(Recommendation, { id }, masked);
    const positions = await tx.find(Position, { recommendationId: id });
    for (const { id: positionId, statedPosition, comment, version: edition } of positions) {
      const hides = {
        ...(parts.includes('statedPosition') &&
          statedPosition !== null && { statedPosition: MASK }),
        ...(parts.includes('comment') && comment !== null && { comment: MASK }),
      };
      if (Object.keys(hides).length === 0) continue;
      await tx.update(Position, { id: positionId }, { ...hides, version: edition + 1 });
    }
    const words = positions.map((each) => ({
      id: each.id,
      statedPosition: each.statedPosition,
      comment: each.comment,
    }));
    return { content: { text, positions: words }, fileKeys: [] };
  },
};
