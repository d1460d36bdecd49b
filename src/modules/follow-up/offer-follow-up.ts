import { offered } from '../../kernel/offered.js';
import { beginningRefused, type Offer } from '../proceedings/index.js';
import { speakers } from './follow-up.rules.js';

/** Where a procedure has a follow-up, something can be said of implementation. */
export const followUpOffer: Offer = {
  async actions(tx, standing) {
    const rule = standing.definition.followUp;
    if (!rule) return [];
    const by = speakers(rule);
    const because = beginningRefused(tx, standing, { by, during: rule.during });
    return [offered('prepare:follow-up', because)];
  },
};
