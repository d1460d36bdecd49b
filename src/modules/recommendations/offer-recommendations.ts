import { offered } from '../../kernel/offered.js';
import { beginningRefused, type Offer } from '../proceedings/index.js';

/** Where a procedure has recommendations, one can be made. */
export const recommendationOffer: Offer = {
  async actions(tx, standing) {
    const items = standing.definition.items ?? [];
    const rules = items.filter((each) => each.item === 'recommendation');
    return rules.map((rule) => offered(`make:${rule.item}`, beginningRefused(tx, standing, rule)));
  },
};
