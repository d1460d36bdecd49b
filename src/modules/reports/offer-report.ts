import { Refused } from '../../platform/refused.js';
import type { Offer } from '../proceedings/index.js';
import { CIRCULATE, circulator, dueFor, SIGN_OFF, signer } from './find-report.js';

/** The code with which a check refuses, or null. */
async function refusalOf(check: () => unknown): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** Where a procedure has such a report, its list can be circulated and its draft signed off. */
export const reportOffer: Offer = {
  async actions(tx, standing) {
    if (!standing.definition.report) return [];
    const offered = async (action: string, act: string, check: () => unknown) => {
      const because = await refusalOf(check);
      const deadline = await dueFor(tx, standing, act);
      return {
        action,
        allowed: because === null,
        ...(because !== null && { because }),
        deadline,
      };
    };
    return [
      await offered('circulate:list', CIRCULATE, () => circulator(tx, standing)),
      await offered('sign-off:report', SIGN_OFF, () => signer(tx, standing)),
    ];
  },
};
