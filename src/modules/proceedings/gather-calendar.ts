import type { FactSource } from './register-parts.js';
import { calendarsOf } from './proceedings.repository.js';

export const DIALOGUE_ENDED = 'dialogue.endedAt';

/** When the dialogue and the plenary take place, from the session's schedule. */
export const calendarFacts: FactSource = {
  names: ['dialogue.startsAt', DIALOGUE_ENDED, 'outcome.startsAt'],
  async gather(tx, proceedings) {
    const facts = new Map();
    const slots = proceedings.flatMap(({ slotId }) => slotId ?? []);
    const calendars = await calendarsOf(tx, slots);
    for (const { id, slotId } of proceedings) {
      const calendar = calendars.get(slotId ?? '');
      facts.set(id, {
        'dialogue.startsAt': calendar?.slot.starts.toISOString() ?? null,
        [DIALOGUE_ENDED]: calendar?.slot.ends.toISOString() ?? null,
        'outcome.startsAt': calendar?.slot.outcomeStarts?.toISOString() ?? null,
      });
    }
    return facts;
  },
};
