import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Pledge } from './pledges.entity.js';

/** A pledge: its words. Whose it is, the review itself tells. */
export const withdrawablePledge: Withdrawable = {
  kind: 'pledge',
  find: (tx, where) => tx.findOne(Pledge, where),
  async mask(tx, { id, publicId }) {
    const { text, version } = found(await tx.findOne(Pledge, { id }));
    await tx.update(Pledge, { id }, { publicId, text: MASK, version: version + 1 });
    return { content: { text }, fileKeys: [] };
  },
};
