import type { Webhook } from './webhooks.entity.js';

/** A webhook before its owner; never a secret. */
export const presentWebhook = (row: Webhook) => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: row.events,
  status: row.status,
  offWhy: row.offWhy,
  offSince: row.offSince?.toISOString() ?? null,
  failingSince: row.failingSince?.toISOString() ?? null,
  retryAt: row.retryAt?.toISOString() ?? null,
  previousSecretUntil: row.previousUntil?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
