// Bare jobs: a BullMQ worker without any database, each of whose jobs posts its payload. Takes
// `{redis, url, many, body, atOnce}` by message, puts so many jobs into the queue and works them off.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import http from 'node:http';

const NAME = 'bare';
/** Jobs that are added in one go. */
const PART = 1000;

const post = (agent, url, body) =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const request = http.request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', resolve);
    });
    request.once('error', reject).end(body);
  });

process.once('message', async ({ redis, url, many, body, atOnce }) => {
  const connection = new Redis(redis, { maxRetriesPerRequest: null });
  const queue = new Queue(NAME, { connection });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const worker = new Worker(NAME, ({ data }) => post(agent, url, data.body), {
    connection,
    concurrency: atOnce,
  });
  let done = 0;
  worker.on('completed', () => {
    done += 1;
    if (done === many) process.send({ done });
  });
  for (let from = 0; from < many; from += PART) {
    const jobs = Array.from({ length: Math.min(PART, many - from) }, () => ({
      name: NAME,
      data: { body },
      opts: { removeOnComplete: true },
    }));
    await queue.addBulk(jobs);
  }
  process.once('disconnect', () => process.exit());
});
