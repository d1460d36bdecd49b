import { offered } from '../../kernel/offered.js';
import { codeOf, codeRefusing } from '../../platform/refused.js';
import type { Offer } from '../proceedings/index.js';
import { CIRCULATE, circulator, dueFor, SIGN_OFF, signer } from './find-report.js';

/** Where a procedure has such a report, its list can be circulated and its draft signed off. */
export const reportOffer: Offer = {
  async actions(tx, standing) {
    if (!standing.definition.report) return [];
    const circulating = codeRefusing(() => circulator(tx, standing));
    const signing = await signer(tx, standing).then(() => null, codeOf);
    return [
      offered('circulate:list', circulating, await dueFor(tx, standing, CIRCULATE)),
      offered('sign-off:report', signing, await dueFor(tx, standing, SIGN_OFF)),
    ];
  },
};
