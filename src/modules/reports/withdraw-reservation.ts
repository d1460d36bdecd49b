import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { publishReservations } from './publish-reservations.js';
import { Reservation } from './reports.entity.js';

/** A reservation: its words. It stands on the page of its review, by its own id. */
export const withdrawableReservation: Withdrawable = {
  kind: 'reservation',
  async find(tx, { proceedingId, ...named }) {
    const id = 'id' in named ? named.id : named.publicId;
    const row = await tx.findOne(Reservation, { id, ...(proceedingId && { proceedingId }) });
    return row && { ...row, status: 'recorded', publicId: row.id };
  },
  async mask(tx, { id }) {
    const { text, version, proceedingId } = found(await tx.findOne(Reservation, { id }));
    const set = { text: MASK, withdrawnAt: tx.now, version: version + 1 };
    await tx.update(Reservation, { id }, set);
    await publishReservations(tx, proceedingId);
    return { content: { text }, fileKeys: [] };
  },
};
