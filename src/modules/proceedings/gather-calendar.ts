import type { FactSource } from './register-parts.js';
import { calendarsOf } from './proceedings.repository.js';

/** When the dialogue and the plenary take place, from the session's schedule. */
export const calendarFacts: FactSource = {
  names: ['dialogue.startsAt', 'dialogue.endedAt', 'outcome.startsAt'],
  async gather(tx, proceedings) {
    const facts = new Map();
    const slots = proceedings.flatMap(({ slotId }) => slotId ?? []);
    const calendars = await calendarsOf(tx, slots);
    for (const { id, slotId } of proceedings) {
      const calendar = calendars.get(slotId ?? '');
      facts.set(id, {
        'dialogue.startsAt': calendar?.slot.starts.toISOString() ?? null,
        'dialogue.endedAt': calendar?.slot.ends.toISOString() ?? null,
        'outcome.startsAt': calendar?.slot.outcomeStarts?.toISOString() ?? null,
      });
    }
    return facts;
  },
};
