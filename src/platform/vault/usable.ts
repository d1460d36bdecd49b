import { Refused } from '../refused.js';
import { KeysUnusable } from './keys.js';
import { UnknownKey } from './vault.js';

/**
 * What is sealed or opened.
 *
 * @throws Refused `unavailable` where there is no key to seal with, or the one that sealed is missing
 */
export const usable = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    const away = error instanceof KeysUnusable || error instanceof UnknownKey;
    throw away ? new Refused('unavailable') : error;
  });
