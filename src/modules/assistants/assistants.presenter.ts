import type { Offered } from '../../kernel/offered.js';
import type { AssistantRow } from './assistants.repository.js';

export const presentAssistant = (row: AssistantRow, actions: readonly Offered[]) => ({
  id: row.id,
  side: row.side,
  organization: row.organization,
  name: row.name,
  status: row.status,
  namedAt: row.namedAt.toISOString(),
  acceptedAt: row.acceptedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  actions,
  version: row.version,
});
