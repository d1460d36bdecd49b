import { randomUUID } from 'node:crypto';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Part } from '../../platform/http/paging.js';
import type { Seal } from '../../platform/vault/vault.js';
import { Webhook } from './webhooks.entity.js';

const ROW = `
  SELECT id, account_id AS "accountId", url, description, events, status, off_why AS "offWhy",
    off_since AS "offSince", failing_since AS "failingSince", failures, retry_at AS "retryAt",
    previous_until AS "previousUntil", created_at AS "createdAt", version
  FROM identity.webhook`;

/** Those of the viewer, in the order of their making. */
export const webhookPage = (reads: Reads, { after, limit }: Part): Promise<Webhook[]> =>
  reads.rows(
    `${ROW} WHERE ($1::timestamptz IS NULL OR (created_at, id) > ($1, $2::uuid))
     ORDER BY created_at, id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const webhookById = (tx: Tx, id: string): Promise<Webhook | undefined> =>
  tx.row(`${ROW} WHERE id = $1`, [id]);

/** An arbitrary space of advisory locks: one for each account's webhooks. */
const WEBHOOKS = 4019;

/** How many the viewer has, under a lock, so that two at once are both counted. */
export async function countWebhooks(tx: Tx, accountId: string): Promise<number> {
  await tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [WEBHOOKS, accountId]);
  const row = await tx.row<{ all: number }>('SELECT count(*)::int AS all FROM identity.webhook');
  return row!.all;
}

/** Changes the version that was read; false where somebody was faster. */
export async function changeWebhook(
  tx: Tx,
  { id, version }: Pick<Webhook, 'id' | 'version'>,
  set: Partial<Webhook>,
): Promise<boolean> {
  return (await tx.update(Webhook, { id, version }, { ...set, version: version + 1 })) > 0;
}

/** Removes one of the viewer's, with its secrets; false where somebody was faster. */
export async function dropWebhook(
  tx: Tx,
  { id, version }: Pick<Webhook, 'id' | 'version'>,
): Promise<boolean> {
  const row = await tx.row<{ done: boolean }>('SELECT identity.drop_webhook($1, $2) AS done', [
    id,
    version,
  ]);
  return row!.done;
}

/** Makes a secret the current one of the viewer's webhook. */
export async function keepSecret(
  tx: Tx,
  webhookId: string,
  { seal, sealed, overlap }: { seal: Seal; sealed: Buffer; overlap: string | null },
): Promise<void> {
  const parameters = [randomUUID(), webhookId, JSON.stringify(seal), sealed, overlap];
  await tx.rows('SELECT identity.keep_webhook_secret($1, $2, $3, $4, $5)', parameters);
}

/** As the database keeps it, its content in base64. */
export interface SealedSecret {
  readonly seal: Seal;
  readonly content: string;
}

/** What the worker learns of a webhook that is on. */
export interface Target {
  readonly url: string;
  readonly failures: number;
  readonly waitsUntil: string | null;
  readonly secrets: readonly SealedSecret[];
}

const milliseconds = (count: number): string => `${count} milliseconds`;

/**
 * @param trial milliseconds that whoever is let through after a wait has for it
 * @returns as many, in this order; null for what is off
 */
export async function targetsOf(
  work: UnitOfWork,
  webhooks: readonly Pick<Webhook, 'id' | 'accountId'>[],
  trial: number,
): Promise<(Target | null)[]> {
  const row = await work.identity<{ answer: (Target | null)[] }>('identity.webhook_targets', [
    webhooks.map(({ id }) => id),
    webhooks.map(({ accountId }) => accountId),
    milliseconds(trial),
  ]);
  return row!.answer;
}

export async function taken(tx: Tx, id: string): Promise<void> {
  await tx.rows('SELECT identity.webhook_taken($1)', [id]);
}

/** @param seen how many failures there had been when it was let through */
export async function untried(tx: Tx, id: string, seen: number): Promise<void> {
  await tx.rows('SELECT identity.webhook_untried($1, $2)', [id, seen]);
}

interface Failure {
  /** How many failures there had been when this was tried: those of one moment count as one. */
  readonly seen: number;
  /** Milliseconds in which nothing more is tried; null where the other side answered. */
  readonly wait: number | null;
  readonly gone: boolean;
  readonly patience: { readonly span: string; readonly failures: number };
}

export async function failed(
  tx: Tx,
  id: string,
  { seen, wait, gone, patience }: Failure,
): Promise<void> {
  await tx.rows('SELECT identity.webhook_failed($1, $2, $3, $4, $5, $6)', [
    id,
    seen,
    wait === null ? null : milliseconds(wait),
    patience.span,
    patience.failures,
    gone,
  ]);
}
