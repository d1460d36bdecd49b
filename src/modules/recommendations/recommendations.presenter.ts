import type { Position } from './recommendations.entity.js';
import type { RecommendationRow } from './recommendations.repository.js';

/** @param mine whether the viewer sits on the side that filed it: when it was begun is theirs alone */
export const presentRecommendation = (row: RecommendationRow, mine: boolean) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  text: row.text,
  wording: row.wording,
  sent: row.words.sent,
  delivered: row.words.delivered && {
    wording: row.words.delivered.n,
    text: row.words.delivered.text,
    status: row.words.delivered.status,
    recordedAt: new Date(row.words.delivered.recordedAt).toISOString(),
  },
  openWordings: row.words.open,
  partOf: row.wholeId,
  label: row.label,
  side: row.side,
  filedBy: row.filedBy,
  recommendingStates: row.recommendingStates,
  status: row.status,
  position: row.standing && {
    position: row.standing.position,
    statedPosition: row.standing.statedPosition,
    comment: row.standing.comment,
    givenIn: row.standing.givenIn,
    deemed: row.standing.status === 'deemed',
    givenAt: row.standing.givenAt === null ? null : new Date(row.standing.givenAt).toISOString(),
  },
  classification: row.classification,
  createdAt: mine ? row.createdAt.toISOString() : null,
  submittedAt: row.submittedAt?.toISOString() ?? null,
  publicId: row.published ? row.publicId : null,
  version: row.version,
});

export const presentPrepared = (recommendationId: string, row: Position | undefined) => ({
  recommendationId,
  position: row?.position ?? null,
  statedPosition: row?.statedPosition ?? null,
  comment: row?.comment ?? null,
  version: row?.version ?? 0,
});
