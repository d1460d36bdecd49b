import { offered } from '../../kernel/offered.js';
import { beginningRefused } from '../proceedings/index.js';
import type { Offer } from '../proceedings/index.js';

/** Where a procedure knows pledges, one can be made. */
export const pledgeOffer: Offer = {
  async actions(tx, standing) {
    const rule = standing.definition.items?.find((each) => each.item === 'voluntary-pledge');
    if (!rule) return [];
    return [offered(`make:${rule.item}`, beginningRefused(tx, standing, rule))];
  },
};
