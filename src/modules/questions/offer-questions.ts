import { offeredAll } from '../../kernel/offered.js';
import { actingRefused, lateRefused, latestDeadline, type Offer } from '../proceedings/index.js';
import { isRelayed } from './find-question.js';
import { clusteringRefused } from './list-actions.js';
import { questionRulesOf } from './questions.rules.js';

/** Where a procedure has advance questions, they can be asked in time, and grouped until relayed. */
export const questionOffer: Offer = {
  async actions(tx, standing) {
    const rules = questionRulesOf(standing.definition);
    if (!rules) return [];
    const closing = await latestDeadline(tx, standing.proceeding.id, rules.closes);
    const relayed = (await isRelayed(tx, standing, rules)) ? 'wrong-stage' : null;
    const asked = standing.roles().includes(rules.answeredBy) ? 'wrong-role' : null;
    const late = lateRefused(closing, tx.now)?.code ?? null;
    const by = { by: [rules.by], permission: 'submit' as const };
    const checks = {
      'ask:questions': actingRefused(tx, standing, by) ?? asked ?? late,
      'cluster:questions': clusteringRefused(standing, rules)?.code ?? relayed,
    };
    return offeredAll(checks, closing?.due.toISOString());
  },
};
