import { z } from 'zod';
import type { Logger } from 'pino';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Job } from './jobs.js';
import type { JobQueue } from './queue.js';

const ENTRY_APPENDED = 'entry-appended';
const BATCH = 500;
const nothing = z.strictObject({});

/**
 * Carries what happened from the journal's outbox to the queue: added first, deleted after,
 * under a lock that other relays pass over. A crash in between adds it again under the
 * same id, which the queue knows.
 *
 * @returns how many entries were carried
 */
async function relayPending(work: UnitOfWork, queue: JobQueue): Promise<number> {
  return work.system('relay', async (tx) => {
    const rows = await tx.rows<{ id: string }>(
      'SELECT entry_id AS id FROM journal.pending LIMIT $1 FOR UPDATE SKIP LOCKED',
      [BATCH],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await queue.add(ids.map((id) => ({ name: ENTRY_APPENDED, id, data: { entryId: id } })));
    await tx.rows('DELETE FROM journal.pending WHERE entry_id = ANY ($1)', [ids]);
    return ids.length;
  });
}

/** Empties the outbox, every second. */
export const relayJob = (work: UnitOfWork, queue: () => JobQueue): Job => ({
  name: 'relay',
  payload: nothing,
  every: 1000,
  async run() {
    while ((await relayPending(work, queue())) === BATCH);
  },
});

/**
 * What becomes of an entry once it has been carried: its link is checked by somebody else
 * than who wrote it, soon after. Whoever wants to be told of events hangs on here.
 */
export const entryJob = (work: UnitOfWork, log: Logger): Job => ({
  name: ENTRY_APPENDED,
  payload: z.strictObject({ entryId: z.uuid() }),
  async run(payload) {
    const { entryId } = payload as { entryId: string };
    const row = await work.system('journal', (tx) =>
      tx.row<{ intact: boolean | null }>('SELECT journal.intact($1) AS intact', [entryId]),
    );
    if (row?.intact === false) log.fatal({ entryId }, 'the journal is broken at this entry');
  },
});
