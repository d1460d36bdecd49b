import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Lot } from './lots.entity.js';
import { inputOf, inputText } from './lots.rules.js';

/** The words of a lot; what was drawn, and from whom, stays, and so does the version that it shows. */
export const withdrawableLot: Withdrawable = {
  kind: 'lot',
  find: (tx, where) => tx.findOne(Lot, where),
  async mask(tx, { id, publicId }, parts) {
    const lot = found(await tx.findOne(Lot, { id }));
    const { publicValue, meeting, witnesses, reason } = lot;
    const input = inputOf(lot);
    const named = input.publicValue;
    const masked = named && { ...input, publicValue: { ...named, source: MASK } };
    const goes = (part: string, value: unknown): boolean => parts.includes(part) && value !== null;
    await tx.update(
      Lot,
      { id },
      {
        publicId,
        ...(goes('source', named) && { input: inputText(found(masked)) }),
        ...(goes('publicValue', publicValue) && { publicValue: MASK }),
        ...(goes('meeting', meeting) && { meeting: MASK }),
        ...(goes('witnesses', witnesses) && { witnesses: [MASK] }),
        ...(goes('reason', reason) && { reason: MASK }),
      },
    );
    const content = { source: named?.source ?? null, publicValue, meeting, witnesses, reason };
    return { content, fileKeys: [] };
  },
};
