import { describe } from '@jest/globals';

/**
 * The address of a Redis database of this Jest worker's own, so that parallel files don't take each
 * other's jobs. One file after another uses it: begin with a flush.
 */
export const redisUrl = (): string =>
  `${process.env.TEST_REDIS_URL}/${process.env.JEST_WORKER_ID ?? '1'}`;

/** A `describe` for tests on a real Redis; where none can be had, it is skipped by name. */
export function describeOnRedis(name: string, body: () => void): void {
  const missing = process.env.TEST_REDIS_MISSING;
  const how = missing ? describe.skip : describe;
  how(missing ? `${name} (skipped: ${missing})` : name, body);
}
