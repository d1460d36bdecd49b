import { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { PolicyName, Quota } from '../../config/rate-limits.js';
import type { DatabasePool } from '../database/database-pool.js';
import type { Count, Counter } from './allowance.js';

/** Milliseconds that a request waits for the store, and that the store is left alone after it failed. */
const PATIENCE = 500;
const REST = 5000;

/** Where the processes count together, and how to let go of it. */
export interface Store {
  limiter(name: PolicyName, quota: Quota): RateLimiterAbstract;
  close(): void;
}

const options = (name: PolicyName, { quota, seconds }: Quota) => ({
  keyPrefix: `comity:limit:${name}`,
  points: quota,
  duration: seconds,
});

export function redisStore(url: string): Store {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: PATIENCE,
  });
  client.on('error', () => undefined); // told by whoever needs it
  return {
    limiter: (name, quota) =>
      new RateLimiterRedis({
        ...options(name, quota),
        storeClient: client,
        rejectIfRedisNotReady: true,
      }),
    close: () => client.disconnect(),
  };
}

export const postgresStore = (pool: DatabasePool): Store => ({
  limiter: (name, quota) =>
    new RateLimiterPostgres({
      ...options(name, quota),
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'identity',
      tableName: 'allowance',
      tableCreated: true,
      clearExpiredByTimeout: false,
    }),
  close: () => undefined,
});

/** More than is left is an answer too. */
const answered = async (asked: Promise<RateLimiterRes>): Promise<Count> => {
  const { consumedPoints, msBeforeNext } = await asked.catch((error: unknown) => {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  });
  return { taken: consumedPoints, ends: Math.max(1, msBeforeNext) };
};

const late = (): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the store does not answer')), PATIENCE).unref();
  });

/**
 * Counts in the store; while it is away, in this process alone, so that nobody is kept out and
 * nobody may do more than so many times the quota as there are processes.
 */
export function counterOn(
  store: Store,
  [name, quota]: [PolicyName, Quota],
  failed: (error: unknown) => void,
): Counter {
  const shared = store.limiter(name, quota);
  const alone = new RateLimiterMemory(options(name, quota));
  let restUntil = 0;
  return async (key, points) => {
    // Addresses are kept for a minute, but not as what they are.
    const hidden = createHash('sha256').update(`${name} ${key}`).digest('base64url');
    if (Date.now() >= restUntil) {
      try {
        const asked = answered(shared.consume(hidden, points));
        asked.catch(() => undefined);
        return await Promise.race([asked, late()]);
      } catch (error) {
        restUntil = Date.now() + REST;
        failed(error);
      }
    }
    return answered(alone.consume(hidden, points));
  };
}
