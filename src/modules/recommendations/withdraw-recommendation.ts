import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Position, Recommendation } from './recommendations.entity.js';
import type { ReadWords } from './read-words.js';
import type { RecommendingState } from './recommendations.repository.js';

/** A recommendation, with every position ever prepared on it and all that was made of its words. */
export const withdrawableRecommendation = (words: ReadWords): Withdrawable => ({
  kind: 'recommendation',
  find: (tx, where) => tx.findOne(Recommendation, where),
  async mask(tx, { id, publicId }, parts) {
    const { text, side, filedBy, version } = found(await tx.findOne(Recommendation, { id }));
    const masksAuthor = parts.includes('author');
    const masked = {
      publicId,
      version: version + 1,
      ...(parts.includes('text') && { text: MASK, classification: null, repeatOf: null }),
      ...(masksAuthor && { side: MASK, filedBy: MASK }),
    };
    await tx.update(Recommendation, { id }, masked);
    const understood = parts.includes('text') ? await words.forget(tx, id) : {};
    const author = masksAuthor && { side, filedBy, states: await takeStates(tx, id) };
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
    const answers = positions.map((each) => ({
      id: each.id,
      statedPosition: each.statedPosition,
      comment: each.comment,
    }));
    const content = { text, positions: answers, ...understood };
    return { content, fileKeys: [], ...(author && { author }) };
  },
});

/** The States that made it: a filter by one of them finds it no longer. */
async function takeStates(tx: Tx, recommendationId: string): Promise<RecommendingState[]> {
  const states = await tx.rows<RecommendingState>(
    `SELECT s.iso3 AS state, s.status FROM casework.recommender s
     WHERE s.recommendation_id = $1 ORDER BY s.iso3`,
    [recommendationId],
  );
  await tx.rows('DELETE FROM casework.recommender WHERE recommendation_id = $1', [
    recommendationId,
  ]);
  return states;
}
