import { offered } from '../../kernel/offered.js';
import { beginningRefused, Deadline, type Offer } from '../proceedings/index.js';

/** A document of each kind can be begun, by whose it is, while the procedure takes it. */
export const documentOffer: Offer = {
  async actions(tx, standing) {
    const { proceeding, definition } = standing;
    const order = { due: 'DESC' } as const;
    const rows = await tx.find(Deadline, { proceedingId: proceeding.id }, { order });
    const closing = (key: string | undefined): Deadline | undefined =>
      rows.find((row) => row.key === key && row.status !== 'cancelled');
    return definition.documents.map((kind) => {
      const because = beginningRefused(tx, standing, kind);
      return offered(`begin:${kind.kind}`, because, closing(kind.deadline)?.due.toISOString());
    });
  },
};
