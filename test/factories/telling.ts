import type { DestinationStream } from 'pino';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import type { Queueing } from '../../src/platform/queue/jobs.js';
import { makeLog } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import type { Client } from '../setup/api.js';
import type { World } from './world.js';

/** Of jobs that ask nothing of it. */
export const NO_QUEUE: Queueing = {
  add: () => Promise.reject(new Error('nothing is queued here')),
  waiting: () => Promise.resolve(0),
};

/** A worker beside the house, on its database; mail goes into a folder, unless it is told where to. */
export function startWorker(
  { api }: World,
  settings: Record<string, string> = {},
  log?: DestinationStream,
) {
  const environment = loadEnvironment({
    WORKER_DATABASE_URL: api.database.workerUrl,
    COMITY_TEST_MODE: 'on',
    COMITY_POOL: '4',
    COMITY_MAIL_DIR: api.app.get(Environment).filesDir,
    ...settings,
  });
  return createWorker(environment, makeLog(environment, 'worker', log));
}

/** Until everybody has been told of everything that happened. */
export async function allTold(left: () => Promise<number>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await left()) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the outbox did not empty in 30 seconds');
}

interface Notice {
  readonly event: string;
  readonly detail: string | null;
  readonly urgency: string;
  readonly at: string;
  readonly entry: { readonly compartment: string };
}

/** What somebody was told of reminders, the newest first. */
export async function remindersOf(who: Client): Promise<Notice[]> {
  const { body } = await who.get('/v1/notices', { limit: 200 }).expect(200);
  const { items } = body as { items: Notice[] };
  return items.filter(({ event }) => /^deadline-(approaching|overdue|escalated)$/.test(event));
}
