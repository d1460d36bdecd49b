import { createHash } from 'node:crypto';
import { Refused } from '../refused.js';
import type { Tx } from './tx.js';

interface Key {
  readonly key: string;
  readonly target: string;
  readonly bodyHash: string;
}

/**
 * The first answer given under this key, if there is one; under an advisory lock that ends
 * with the transaction, so that a crash leaves nothing running.
 *
 * @throws Refused `idempotency-in-flight`, or `idempotency-key-reused` for another request
 */
export async function recallAnswer(
  tx: Tx,
  accountId: string,
  key: Key,
): Promise<string | undefined> {
  const lock = createHash('sha256').update(`${accountId} ${key.key}`).digest().readBigInt64BE();
  const [held] = await tx.rows<{ free: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1::bigint) AS free',
    [lock.toString()],
  );
  if (!held!.free) throw new Refused('idempotency-in-flight');
  const stored = await tx.row<{ target: string; bodyHash: string; answer: string }>(
    `SELECT target, body_hash AS "bodyHash", answer FROM casework.idempotency
     WHERE account_id = $1 AND key = $2`,
    [accountId, key.key],
  );
  if (!stored) return undefined;
  if (stored.target !== key.target || stored.bodyHash !== key.bodyHash) {
    throw new Refused('idempotency-key-reused');
  }
  return stored.answer;
}

/** Stores the answer in the compartment that the request wrote to, under its security. */
export async function rememberAnswer(
  tx: Tx,
  accountId: string,
  key: Key,
  answer: string,
): Promise<void> {
  await tx.rows('INSERT INTO casework.idempotency VALUES ($1, $2, $3, $4, $5, $6, $7, now())', [
    accountId,
    key.key,
    key.target,
    key.bodyHash,
    tx.touched?.proceedingId ?? null,
    tx.touched?.compartment ?? null,
    answer,
  ]);
}
