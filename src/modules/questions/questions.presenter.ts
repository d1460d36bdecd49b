import type { Clustering } from './questions.entity.js';
import type { QuestionRow } from './questions.repository.js';

export const presentQuestion = (row: QuestionRow) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  filingId: row.filingId,
  side: row.side,
  filedBy: row.filedBy,
  group: row.groupName,
  askingStates: row.askingStates,
  text: row.text,
  filedAt: row.filedAt.toISOString(),
  relayedAt: row.relayedAt?.toISOString() ?? null,
  n: row.relayedN,
  cluster: row.cluster,
  answered: presentAnswer(row),
  publicId: row.publicId,
  version: row.version,
});

export const presentAnswer = ({ answeredIn, answeredAt, answer }: QuestionRow) =>
  answeredIn && answeredAt ? { in: answeredIn, at: answeredAt.toISOString(), text: answer } : null;

/** Of a review whose questions nobody has grouped, or of whom one may not know that yet. */
export const presentClustering = (row: Clustering | undefined) => ({
  clusters: (row?.clusters ?? []).map(({ title, questions }) => ({
    title,
    questions: [...questions],
  })),
  proposedBy: row?.proposedBy ?? null,
  at: row?.at.toISOString() ?? null,
  version: row?.version ?? 0,
});
