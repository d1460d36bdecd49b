import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Assessment } from './follow-up.entity.js';

/**
 * One word of one side. Without its author it is nobody's present word: whether the side has spoken
 * again would tell whose it was.
 */
export const withdrawableAssessment: Withdrawable = {
  kind: 'assessment',
  find: (tx, where) => tx.findOne(Assessment, where),
  async mask(tx, { id, publicId }, parts) {
    const { text, evidence, side, version } = found(await tx.findOne(Assessment, { id }));
    const masksAuthor = parts.includes('author');
    await tx.update(
      Assessment,
      { id },
      {
        publicId,
        version: version + 1,
        ...(parts.includes('text') && { text: MASK }),
        ...(parts.includes('evidence') && { evidence: [] }),
        ...(masksAuthor && { side: MASK, status: 'superseded' as const }),
      },
    );
    const author = { side, filedBy: side, states: null };
    return { content: { text, evidence }, fileKeys: [], ...(masksAuthor && { author }) };
  },
};
