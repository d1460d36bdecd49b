import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { Proceeding, publishPage } from '../proceedings/index.js';
import { Reservation } from './reports.entity.js';

export const reservationsOf = (tx: Tx, proceedingId: string): Promise<Reservation[]> =>
  tx.find(Reservation, { proceedingId }, { order: { madeOn: 'ASC', id: 'ASC' } });

/** All of them as they stand now, on the page of their review. As the procedure. */
export async function publishReservations(tx: Tx, proceedingId: string): Promise<void> {
  const proceeding = found(await tx.findOne(Proceeding, { id: proceedingId }));
  const rows = await reservationsOf(tx, proceedingId);
  const reservations = rows.map(({ id, state, kind, text, madeOn }) => {
    return { id, state, kind, text, madeOn };
  });
  await publishPage(tx, proceeding, { reservations });
}
