import { beginningRefused } from '../proceedings/index.js';
import type { Offer } from '../proceedings/index.js';

/** Where a procedure knows pledges, one can be made. */
export const pledgeOffer: Offer = {
  async actions(tx, standing) {
    const rule = standing.definition.items?.find((each) => each.item === 'voluntary-pledge');
    if (!rule) return [];
    const because = beginningRefused(tx, standing, rule);
    return [
      {
        action: `make:${rule.item}`,
        allowed: because === null,
        ...(because !== null && { because }),
        deadline: null,
      },
    ];
  },
};
