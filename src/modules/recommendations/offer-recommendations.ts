import { beginningRefused, type Offer } from '../proceedings/index.js';

/** Where a procedure has recommendations, one can be made. */
export const recommendationOffer: Offer = {
  async actions(tx, standing) {
    const items = standing.definition.items ?? [];
    const rules = items.filter((each) => each.item === 'recommendation');
    return rules.map((rule) => {
      const because = beginningRefused(tx, standing, rule);
      return {
        action: `make:${rule.item}`,
        allowed: because === null,
        ...(because !== null && { because }),
        deadline: null,
      };
    });
  },
};
