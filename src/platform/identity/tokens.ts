import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Sessions end after this long without use, and in any case after the second. */
export const SESSION_IDLE = '12 hours';
export const SESSION_ABSOLUTE = '7 days';

/** What a token is for shows in how it begins: a session, a program's key, a mail, a recovery, a feed, the end of mail, a case's key. */
type Prefix = 'cs_' | 'ck_' | 'cm_' | 'cr_' | 'cf_' | 'cu_' | 'comity_case_';
export const KEY_PREFIX = 'ck_';
export const CASE_KEY_PREFIX = 'comity_case_';

/** An opaque token of 256 bits; only its hash is kept. */
export const newToken = (prefix: Prefix = 'cs_'): string =>
  `${prefix}${randomBytes(32).toString('base64url')}`;
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/** argon2id with the library's defaults (19 MiB, two passes). */
export const hashPassword = (password: string): Promise<string> => hash(password);

const decoy = hash(randomBytes(16).toString('hex'));

/** Takes as long for an unknown account as for a known one. */
export async function passwordMatches(stored: string | undefined, given: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy), given);
  return stored !== undefined && matches;
}
