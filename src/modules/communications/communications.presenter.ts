import type { Proceeding } from '../proceedings/index.js';

export const presentCommunication = (row: Proceeding) => ({
  id: row.id,
  mechanism: row.mechanism,
  mechanismVersion: row.mechanismVersion,
  trigger: row.trigger!,
  number: row.caseNumber,
  partyConcerned: row.subject,
  status: row.status,
  statusSince: row.enteredAt.toISOString(),
  openedAt: row.openedAt.toISOString(),
  test: row.test,
  publicId: row.publicId,
  version: row.version,
});
