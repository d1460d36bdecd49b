import type { Tx } from '../database/tx.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { networkOf } from '../limits/address.js';
import { Refused } from '../refused.js';
import { passwordMatches } from './tokens.js';
import type { Viewer } from './viewer.js';

type Span = '15 minutes' | '1 hour';

/** Guesses allowed to whoever holds a session, within a quarter of an hour. */
const AGAIN = 8;

/**
 * Counts an attempt before it is made; the counters are shared, in the database.
 *
 * @throws Refused `too-many-attempts`
 */
export async function countAttempt(
  work: UnitOfWork,
  bucket: string,
  most: number,
  span: Span = '15 minutes',
): Promise<void> {
  const row = await work.identity<{ answer: number }>('identity.attempt', [bucket, most, span]);
  const wait = row?.answer ?? 0;
  if (wait > 0) throw new Refused('too-many-attempts', { retryAfterSeconds: wait });
}

/**
 * Guesses allowed within the span, before anybody has to wait; counted in the database. Few
 * for an account from one address, more for either alone: nobody is locked out by others.
 */
const GUESSES = { pair: 8, account: 100, address: 40 };

const buckets = (email: string, ip: string) => {
  const account = `sign-in ${email.toLowerCase()}`;
  const network = networkOf(ip);
  return { account, address: `sign-in from ${network}`, pair: `${account} from ${network}` };
};

/** Whoever proved by another way to own the account may sign in from there at once. */
export async function forgiveGuesses(work: UnitOfWork, email: string, ip: string): Promise<void> {
  await work.identity('identity.forgive', [buckets(email, ip).pair, '']);
}

/** An account whose password was right: `proof` is its hash, by which it is known to be so still. */
export interface Proven {
  readonly id: string;
  readonly proof: string;
}

/**
 * A local account proves itself by its password. Counting comes before looking.
 *
 * @throws Refused `wrong-credentials`, for an unknown and a disabled account too
 */
export async function provePassword(
  work: UnitOfWork,
  { email, password, ip }: { email: string; password: string; ip: string },
): Promise<Proven> {
  const { account, address, pair } = buckets(email, ip);
  await countAttempt(work, address, GUESSES.address);
  await countAttempt(work, pair, GUESSES.pair);
  await countAttempt(work, account, GUESSES.account);
  const known = await work.identity<{ id: string; password_hash: string }>(
    'identity.authenticate',
    [email],
  );
  const matches = await passwordMatches(known?.password_hash, password);
  if (!known || !matches) throw new Refused('wrong-credentials');
  await work.identity('identity.forgive', [pair, address]);
  return { id: known.id, proof: known.password_hash };
}

/**
 * Whoever signed in proves again who they are, before they do what a stolen session must not do.
 * Guesses are counted for the account, whatever they are for.
 *
 * @returns the hash by which it was proved, for `identity.still_proven`
 * @throws Refused `wrong-credentials`
 */
export async function proveAgain(
  work: UnitOfWork,
  { accountId, email }: Viewer,
  password: string,
): Promise<string> {
  const bucket = `password of ${accountId}`;
  await countAttempt(work, bucket, AGAIN);
  const known = await work.identity<{ password_hash: string }>('identity.authenticate', [email]);
  const matches = await passwordMatches(known?.password_hash, password);
  if (!known || !matches) throw new Refused('wrong-credentials');
  await work.identity('identity.forgive', [bucket, '']);
  return known.password_hash;
}

/**
 * Comparing took a while: whether what was proved still holds, under the account's lock, so that
 * whoever ends what the password opened ends what is opened now as well.
 *
 * @throws Refused `wrong-credentials`
 */
export async function assertStillProven(
  tx: Tx,
  { accountId }: Viewer,
  proof: string,
): Promise<void> {
  const held = await tx.row<{ held: boolean }>('SELECT identity.still_proven($1, $2) AS held', [
    accountId,
    proof,
  ]);
  if (!held?.held) throw new Refused('wrong-credentials');
}
