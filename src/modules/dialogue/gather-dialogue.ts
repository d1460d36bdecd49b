import type { FactSource } from '../proceedings/index.js';
import { floorsOf } from './dialogue.repository.js';
import { OCCASIONS, occasionOf } from './lists.rules.js';

/** Whether anybody has the floor. */
export const dialogueFacts: FactSource = {
  names: OCCASIONS.map((occasion) => `${occasion}.speaking`),
  async gather(tx, proceedings) {
    const floors = await floorsOf(
      tx,
      proceedings.map(({ id }) => id),
    );
    return new Map(
      proceedings.map(({ id }) => {
        const speaking = floors
          .filter(({ proceedingId }) => proceedingId === id)
          .map(({ list }) => occasionOf(list));
        const facts = OCCASIONS.map((each) => [`${each}.speaking`, speaking.includes(each)]);
        return [id, Object.fromEntries(facts)];
      }),
    );
  },
};
