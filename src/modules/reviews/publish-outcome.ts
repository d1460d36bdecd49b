import { publishPage, type Consequence } from '../proceedings/index.js';
import { adoptedOf } from '../recommendations/index.js';

/** The result of a review, with its counts, on its page of the record. */
export const publishOutcome: Consequence = {
  name: 'publish-outcome',
  async apply(tx, { proceeding, at }) {
    // What the record does not have, it does not count.
    const rows = (await adoptedOf(tx, proceeding.id)).filter(({ published }) => published);
    const positions: Record<string, number> = {};
    for (const { standing } of rows) {
      const position = standing?.position ?? 'none';
      positions[position] = (positions[position] ?? 0) + 1;
    }
    const outcome = { adoptedAt: at.toISOString(), recommendations: rows.length, positions };
    await publishPage(tx, proceeding, { outcome });
  },
};
