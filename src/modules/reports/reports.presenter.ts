import type { Circulation, SignOff } from './reports.entity.js';

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
  signedAt: row.signedAt.toISOString(),
});
