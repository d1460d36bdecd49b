import type { Circulation, Reservation, SignOff } from './reports.entity.js';

export const presentCirculation = (row: Circulation) => ({
  n: row.n,
  by: row.bySide,
  circulatedAt: row.circulatedAt.toISOString(),
  recommendations: [...row.list],
});

export const presentSignOff = (row: SignOff) => ({
  documentId: row.documentId,
  version: row.documentVersion,
  side: row.side,
  circulation: row.circulation,
  signedAt: row.signedAt.toISOString(),
});

export const presentReservation = (row: Reservation) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  state: row.state,
  kind: row.kind,
  text: row.text,
  madeOn: row.madeOn,
  recordedAt: row.recordedAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  version: row.version,
});
