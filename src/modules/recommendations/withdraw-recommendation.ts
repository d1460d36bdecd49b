import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Position, Recommendation } from './recommendations.entity.js';
import type { ReadWords } from './read-words.js';
import { familyOf } from './recommendations.repository.js';
import { Wording } from './wordings.entity.js';
import { answersOf } from './wordings.repository.js';
import type { RecommendingState } from './wordings.rules.js';

/** What a whole and its parts have in common: their words, and whose they are. */
const COMMON = ['text', 'author'];

/** A recommendation, with every text that it had, every position on it and all that was made of its words. */
export const withdrawableRecommendation = (words: ReadWords): Withdrawable => ({
  kind: 'recommendation',
  find: (tx, where) => tx.findOne(Recommendation, where),
  async kin(tx, { id }, parts) {
    const common = parts.filter((part) => COMMON.includes(part));
    if (common.length === 0) return [];
    const row = found(await tx.findOne(Recommendation, { id }));
    const others = (await familyOf(tx, row)).filter((each) => each.id !== id);
    return others.map((item) => ({ item, parts: common }));
  },
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
    const wordings = await maskWordings(tx, id, parts);
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
    const content = { text, positions: answers, wordings, ...understood };
    return { content, fileKeys: [], ...(author && { author }) };
  },
});

/** Every text that it had or was to have, and who proposed and answered it; answers them as they were. */
async function maskWordings(
  tx: Tx,
  recommendationId: string,
  parts: readonly string[],
): Promise<object[]> {
  const rows = await tx.find(Wording, { recommendationId }, { order: { n: 'ASC' } });
  const answers = await answersOf(tx, recommendationId);
  const masksText = parts.includes('text');
  const masksAuthor = parts.includes('author');
  for (const { id, texts, reason, decision, bySide } of rows) {
    const set = {
      ...(masksText && {
        texts: texts.map(() => MASK),
        ...(reason !== null && { reason: MASK }),
        ...(decision !== null && { decision: MASK }),
      }),
      ...(masksAuthor && bySide.startsWith('state:') && { bySide: MASK }),
    };
    if (Object.keys(set).length > 0) await tx.update(Wording, { id }, set);
  }
  if (masksAuthor) {
    await tx.rows(
      `DELETE FROM casework.wording_answer a USING casework.wording w
       WHERE w.id = a.wording_id AND w.recommendation_id = $1`,
      [recommendationId],
    );
  }
  return rows.map(({ n, bySide, texts, reason, decision }) => ({
    n,
    by: bySide,
    texts,
    reason,
    decision,
    answers: answers.filter((each) => each.n === n),
  }));
}

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
