import type { FeedRow } from './calendar-feeds.repository.js';

export const presentFeed = ({ id, name, createdAt, revokedAt }: FeedRow) => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});
