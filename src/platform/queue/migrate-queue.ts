import { runMigrations } from 'bullmq';
import type pg from 'pg';
import { LOGINS } from '../database/roles.js';

/** Makes the queue's own schema, as its owner, for the worker alone to use. */
export async function migrateQueue(client: pg.Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS bullmq');
  await runMigrations(client, 'bullmq');
  // CREATE: BullMQ makes a sequence for each queue when it first adds to it. Those are the
  // worker's own, so that the sequences granted here are named.
  await client.query(`GRANT USAGE, CREATE ON SCHEMA bullmq TO ${LOGINS.worker};
    GRANT ALL ON ALL TABLES IN SCHEMA bullmq TO ${LOGINS.worker};
    GRANT ALL ON SEQUENCE bullmq.job_seq, bullmq.event_seq TO ${LOGINS.worker};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA bullmq TO ${LOGINS.worker}`);
}
