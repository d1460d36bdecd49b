import { offered } from '../../kernel/offered.js';
import { codeRefusing } from '../../platform/refused.js';
import type { Engine, FactSource, Offer } from '../proceedings/index.js';
import { assertMayName } from './appoint-curator.js';
import { curatorRulesOf } from './curator.rules.js';
import { curatorsOn } from './members.repository.js';
import { dayOf } from './members.rules.js';

/** Whoever names a curator is offered that, where the procedure has one. */
export const curatorOffer: Offer = {
  actions(_tx, standing) {
    if (!curatorRulesOf(standing.definition)) return Promise.resolve([]);
    const because = codeRefusing(() => assertMayName(standing));
    return Promise.resolve([offered('name:curator', because)]);
  },
};

/** Whether a member whose term holds prepares the case. */
export const curatorFacts = (engine: Engine): FactSource => ({
  names: ['curator.named'],
  async gather(tx, proceedings) {
    const cases = proceedings.flatMap((each) => {
      const rules = curatorRulesOf(engine.definitionOf(each));
      return rules ? [{ id: each.id, role: rules.role }] : [];
    });
    if (cases.length === 0) return new Map();
    const named = new Set<string>();
    for (const role of new Set(cases.map((each) => each.role))) {
      const ids = cases.filter((each) => each.role === role).map(({ id }) => id);
      for (const id of await curatorsOn(tx, ids, { role, day: dayOf(tx.now) })) named.add(id);
    }
    return new Map(cases.map(({ id }) => [id, { 'curator.named': named.has(id) }]));
  },
});
