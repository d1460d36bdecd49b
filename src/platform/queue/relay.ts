import { z } from 'zod';
import type { Logger } from 'pino';
import type { Tx } from '../database/tx.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Entries } from './entries.js';
import type { Job, Queueing } from './jobs.js';

const ENTRY_APPENDED = 'entry-appended';
const BATCH = 500;
/** After which an entry that was carried, and not dealt with, is carried again: the queue may have lost it. */
const PATIENCE = '2 minutes';
const nothing = z.strictObject({});
const entry = z.strictObject({ entryId: z.uuid() });

/**
 * Carries what happened from the journal's outbox to the queue: added first, marked after, under a
 * lock that other relays pass over. A crash in between adds it again under the same id, which the
 * queue knows. It leaves the outbox when it has been dealt with: what a queue loses is carried again.
 *
 * @returns how many entries were carried
 */
async function relayPending(work: UnitOfWork, queue: Queueing): Promise<number> {
  return work.system('relay', async (tx) => {
    const rows = await tx.rows<{ id: string }>(
      `SELECT entry_id AS id FROM journal.pending
       WHERE (carried_at IS NULL OR carried_at < now() - $2::interval)
         AND (not_before IS NULL OR not_before < now())
       LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [BATCH, PATIENCE],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await queue.add(ids.map((id) => ({ name: ENTRY_APPENDED, id, data: { entryId: id } })));
    await tx.rows('UPDATE journal.pending SET carried_at = now() WHERE entry_id = ANY ($1)', [ids]);
    return ids.length;
  });
}

/** How long the oldest entry in the outbox has been there, in seconds; 0 where there is none. */
export const oldestWaiting = (work: UnitOfWork): Promise<number> =>
  work.system('relay', async (tx) => {
    const row = await tx.row<{ seconds: number }>(
      `SELECT coalesce(extract(epoch FROM now() - min(since)), 0)::float8 AS seconds
       FROM journal.pending`,
    );
    return row!.seconds;
  });

/** Empties the outbox, every second. */
export const relayJob = (work: UnitOfWork): Job => ({
  name: 'relay',
  payload: nothing,
  every: 1000,
  async run(_, queue) {
    while ((await relayPending(work, queue)) === BATCH);
  },
});

interface EntryParts {
  readonly work: UnitOfWork;
  readonly entries: Entries;
  readonly log: Logger;
}

/**
 * What becomes of an entry once it has been carried: its link is checked by somebody else than who
 * wrote it, soon after; whoever follows entries does their part; then it leaves the outbox.
 */
export const entryJob = ({ work, entries, log }: EntryParts): Job<typeof entry> => ({
  name: ENTRY_APPENDED,
  payload: entry,
  async run({ entryId }, queue) {
    const row = await work.system('journal', (tx) =>
      tx.row<{ intact: boolean | null }>('SELECT journal.intact($1) AS intact', [entryId]),
    );
    if (row?.intact === false) log.fatal({ entryId }, 'the journal is broken at this entry');
    await entries.carried(entryId, queue);
    await work.system('relay', (tx) => leave(tx, entryId));
  },
  putOff: ({ entryId }, minutes) =>
    work.system('relay', async (tx) => {
      await tx.rows(
        `UPDATE journal.pending SET not_before = now() + make_interval(mins => $2)
         WHERE entry_id = $1`,
        [entryId, minutes],
      );
    }),
  /** Whoever should have been told is not; that is told. */
  discard: ({ entryId }, reason) =>
    work.system('clock', async (tx) => {
      await entries.givenUp(tx, { entryId, reason });
      await leave(tx, entryId);
    }),
});

async function leave(tx: Tx, entryId: string): Promise<void> {
  await tx.rows('DELETE FROM journal.pending WHERE entry_id = $1', [entryId]);
}
