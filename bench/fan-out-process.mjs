// Bare jobs: a BullMQ worker without any database, each of whose jobs posts its payload. Takes
// `{redis, url, atOnce}` by message and, each time, `{many, body}`: puts so many jobs into the queue, works
// them off, and says so.
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

process.once('message', ({ redis, url, atOnce }) => {
  const connection = new Redis(redis, { maxRetriesPerRequest: null });
  const queue = new Queue(NAME, { connection });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const worker = new Worker(NAME, ({ data }) => post(agent, url, data.body), {
    connection,
    concurrency: atOnce,
  });
  let left = 0;
  worker.on('completed', () => {
    left -= 1;
    if (left === 0) process.send('done');
  });
  process.on('message', ({ many, body }) => {
    left = many;
    void add(queue, many, body);
  });
  process.once('disconnect', () => process.exit());
});

async function add(queue, many, body) {
  for (let from = 0; from < many; from += PART) {
    const jobs = Array.from({ length: Math.min(PART, many - from) }, () => ({
      name: NAME,
      data: { body },
      opts: { removeOnComplete: true },
    }));
    await queue.addBulk(jobs);
  }
}
