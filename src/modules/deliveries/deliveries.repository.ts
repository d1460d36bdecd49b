import type { Tx } from '../../platform/database/tx.js';
import type { ChannelName } from './register-channels.js';

/** A letter that a worker has taken. */
export interface Claimed {
  readonly letter: string;
  readonly accountId: string;
  readonly channel: ChannelName;
  readonly target: string | null;
  readonly attempt: number;
  readonly again: boolean;
  readonly deliveries: readonly {
    readonly id: string;
    readonly noticeId: string;
    readonly nth: number;
    readonly queuedAt: string;
  }[];
}

/** A delivery that is to be. */
export interface Plan {
  readonly id: string;
  readonly notice: string;
  readonly channel: ChannelName;
  readonly target: string | null;
  /** Leaves with what else is planned of the same letter. */
  readonly letter: string;
  /** Leaves with what waits for the same instant. */
  readonly digest: boolean;
  readonly due: string;
}

/** Who was told of an entry that waits, and where they have it posted. */
export interface Told {
  readonly noticeId: string;
  readonly accountId: string;
  readonly event: string;
  readonly hooks: readonly string[];
}

export const toldOf = (tx: Tx, entryId: string): Promise<Told[]> =>
  tx.rows(
    `SELECT notice_id AS "noticeId", account_id AS "accountId", event, hooks FROM identity.told($1)`,
    [entryId],
  );

export async function planDeliveries(tx: Tx, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  await tx.rows('SELECT identity.plan_deliveries($1)', [JSON.stringify(plans)]);
}

/** Letters that somebody should look at now, the longest due first; held until the transaction ends. */
export async function dueLetters(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx.rows<{ letter: string }>(
    'SELECT letter FROM identity.due_letters($1) AS letter',
    [most],
  );
  return rows.map(({ letter }) => letter);
}

export async function markCarried(
  tx: Tx,
  letters: readonly string[],
  patience: string,
): Promise<void> {
  await tx.rows('SELECT identity.letters_carried($1, $2)', [letters, patience]);
}

/** Takes those of these letters that are due, and nobody else's. */
export const claimLetters = (
  tx: Tx,
  letters: readonly string[],
  lease: string,
): Promise<Claimed[]> =>
  tx.rows(
    `SELECT letter, account_id AS "accountId", channel, target, attempt, again, deliveries
     FROM identity.claim_letters($1, $2)`,
    [letters, lease],
  );

/** @param became `withheld` from who may not read it any more, or `declined` by who does not want it */
export async function withholdDeliveries(
  tx: Tx,
  ids: readonly string[],
  became: 'withheld' | 'declined',
): Promise<void> {
  if (ids.length > 0) await tx.rows('SELECT identity.withhold_deliveries($1, $2)', [ids, became]);
}

/** Puts a letter that was taken back: its recipient wishes to have it then. */
export async function holdLetter(
  tx: Tx,
  { letter, attempt }: Pick<Claimed, 'letter' | 'attempt'>,
  until: Date,
): Promise<void> {
  await tx.rows("SELECT identity.settle_letter($1, $2, 'held', NULL, $3, false)", [
    letter,
    attempt,
    until,
  ]);
}

export const countDeliveries = (
  tx: Tx,
): Promise<{ channel: ChannelName; status: string; many: number; overdue: number }[]> =>
  tx.rows('SELECT channel, status, many, overdue FROM identity.count_deliveries()');

/** @returns how many were forgotten */
export async function forgetDeliveries(tx: Tx, most: number): Promise<number> {
  const row = await tx.row<{ gone: number }>('SELECT identity.forget_deliveries($1) AS gone', [
    most,
  ]);
  return row!.gone;
}
