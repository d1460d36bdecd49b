import { randomUUID } from 'node:crypto';
import { PARTIES } from '../../kernel/sides.js';
import { append } from '../../platform/journal/journal.js';
import { found } from '../../platform/refused.js';
import type { Consequence, Engine, FactSource } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { dropWhole } from './leave-recommendation.js';
import { itemRule, swap } from './find-item.js';
import { keepBook, keepStates, readBook } from './keep-book.js';
import { Position, Recommendation } from './recommendations.entity.js';
import { adoptedOf, openOf, tallies } from './recommendations.repository.js';
import { isHeld, lapse } from './wordings.rules.js';

/** What still lies in a delegation's desk when the report is adopted was never made. */
export const lapseDrafts: Consequence = {
  name: 'lapse-drafts',
  async apply(tx, { proceeding, at }) {
    const drafts = await tx.find(Recommendation, { proceedingId: proceeding.id, status: 'draft' });
    for (const draft of drafts) {
      const set = { status: 'lapsed' as const };
      await swap(tx, draft, set);
      await append(tx, {
        proceedingId: proceeding.id,
        compartment: draft.compartment,
        what: 'recommendation-lapsed',
        by: 'procedure',
        at,
        facts: { recommendationId: draft.id },
      });
    }
  },
};

/**
 * What was proposed and not agreed to by all whose text it is lapses, once it can no longer be. What was
 * heard in the room stands only if all confirmed it: silence agrees to nothing.
 */
export const settleWordings = (engine: Engine): Consequence => ({
  name: 'settle-wordings',
  async apply(tx, { proceeding, at }) {
    const definition = engine.definitionOf(proceeding);
    const { wording, split } = itemRule({ definition });
    const { status } = proceeding;
    const stillOpen = (kind: string): boolean =>
      ((kind === 'split' ? split : wording)?.during ?? []).includes(status);
    for (const row of await openOf(tx, proceeding.id)) {
      const before = await readBook(tx, row);
      await keepBook(tx, { row, before, after: lapse(before, stillOpen), at });
    }
  },
});

/**
 * States that did not confirm fall away; what was made, and has a State, is adopted. Of what was
 * withdrawn for safety nobody says who made it.
 */
export const dropUnconfirmed: Consequence = {
  name: 'drop-unconfirmed',
  async apply(tx, { proceeding, at }) {
    const made = await tx.find(Recommendation, {
      proceedingId: proceeding.id,
      status: 'submitted',
    });
    let dropped = 0;
    let adopted = 0;
    for (const row of made) {
      const before = await readBook(tx, row);
      const states = before.states.map((each) =>
        each.status === 'invited' ? { ...each, status: 'lapsed' as const } : each,
      );
      dropped += states.filter(
        ({ status }, index) => status !== before.states[index]!.status,
      ).length;
      const after = { ...before, states };
      if (row.side === MASK || isHeld(after)) {
        await keepStates(tx, { row, before, after, at });
        await swap(tx, row, { status: 'adopted' });
        adopted += 1;
      } else {
        await keepBook(tx, { row, before, after, at });
        await dropWhole(tx, row, at);
      }
    }
    await append(tx, {
      proceedingId: proceeding.id,
      compartment: PARTIES,
      what: 'recommendations-adopted',
      by: 'procedure',
      at,
      facts: { adopted, unconfirmedDropped: dropped },
    });
  },
};

/** The rules speak for a State that has not answered when the outcome is adopted. */
export const noteUnanswered = (engine: Engine): Consequence => ({
  name: 'note-unanswered',
  async apply(tx, { proceeding, at }) {
    const { deemed } = found(engine.definitionOf(proceeding).responses);
    const silent = (await adoptedOf(tx, proceeding.id)).filter(({ standing }) => standing === null);
    await tx.insert(
      Position,
      silent.map((row) => ({
        id: randomUUID(),
        proceedingId: proceeding.id,
        compartment: PARTIES,
        recommendationId: row.id,
        position: deemed,
        statedPosition: null,
        comment: null,
        givenIn: null,
        status: 'deemed' as const,
        preparedAt: at,
        givenAt: at,
        version: 1,
      })),
    );
    if (silent.length === 0) return;
    await append(tx, {
      proceedingId: proceeding.id,
      compartment: PARTIES,
      what: 'positions-deemed',
      by: 'procedure',
      at,
      facts: { position: deemed, recommendations: silent.length },
    });
  },
});

/** What is missing before a report, or an outcome, can be adopted. */
export const recommendationFacts: FactSource = {
  names: ['recommendations.unlabelled', 'recommendations.unanswered'],
  async gather(tx, proceedings) {
    const facts = new Map();
    const ids = proceedings.map(({ id }) => id);
    const counted = await tallies(tx, ids);
    for (const id of ids) {
      const made = counted.find(({ proceedingId }) => proceedingId === id);
      facts.set(id, {
        'recommendations.unlabelled': made?.unlabelled ?? 0,
        'recommendations.unanswered': made?.unanswered ?? 0,
      });
    }
    return facts;
  },
};
