import type { Standing } from '../proceedings/index.js';
import type { LotBody } from '../record/index.js';
import type { Lot } from './lots.entity.js';
import { inputOf, lotActions } from './lots.rules.js';

interface Of {
  readonly number: number;
  readonly mechanism: string;
}

/** Who asks, and when. */
interface Asking {
  readonly standing: Standing;
  readonly now: Date;
}

/** What everybody may read of a lot: all that is needed to draw it again. */
export const publicLot = (lot: Lot, { number, mechanism }: Of): LotBody & { id: string } => ({
  id: lot.id,
  mechanism,
  sessionId: lot.sessionId,
  session: number,
  state: lot.state,
  method: lot.method,
  status: lot.status,
  announcedAt: lot.announcedAt?.toISOString() ?? null,
  input: inputOf(lot) as LotBody['input'],
  inputDigest: lot.inputDigest,
  commitment: lot.commitment,
  publicValue: lot.publicValue,
  seed: lot.seed,
  result: lot.result,
  drawnAt: lot.drawnAt?.toISOString() ?? null,
  byHand: lot.drawnOn === null ? null : { drawnOn: lot.drawnOn, meeting: lot.meeting! },
  cancelled:
    lot.cancelledAt === null ? null : { at: lot.cancelledAt.toISOString(), reason: lot.reason! },
  version: lot.version,
});

/** The same for whom the case is: with who saw it drawn, and what they can do with it now. */
export const presentLot = (lot: Lot, { now, standing, ...of }: Of & Asking) => ({
  ...publicLot(lot, of),
  witnesses: lot.witnesses,
  actions: lotActions(standing, lot, now),
});
