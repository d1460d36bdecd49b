// One event that ten thousand people are told of, each in the inbox and by a webhook; and the memory of a
// worker with a hundred thousand letters due.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openHouse } from '../faults/house.mjs';
import { guard } from '../scripts/guard.mjs';
import { median } from './load.mjs';
import { memoryNow } from './resources.mjs';

const PEOPLE = 10_000;
const DUE = 100_000;
/** Of what is due: where the memory is looked at first, and where it is looked at last. */
const EARLY = [0.03, 0.06];
const LATE = [0.27, 0.3];
/** Jobs that the bare worker has under way. */
const AT_ONCE = 48;
const GOALS = { rate: 0.5, memory: 0.9 };

const bare = fileURLToPath(new URL('fan-out-process.mjs', import.meta.url));

/** As long as what is posted of a notice; what it says is nobody's concern. */
const payload = (length) => JSON.stringify({ type: 'notice.opened', data: 'x'.repeat(length) });

const arrivals = async ({ receivers }) => (await receivers.count()).webhook.total;

async function until(holds) {
  while (!(await holds())) await sleep(20);
}

/** How many a second, the second time: whoever has just begun is slow. */
async function rateWarm(once) {
  await once();
  const began = performance.now();
  await once();
  return PEOPLE / ((performance.now() - began) / 1000);
}

/** Letters a second, from the event on: told, planned, queued, written, signed, posted, settled. */
async function rateOfHouse(house) {
  await house.start();
  for (const victim of house.victims) await victim.ready();
  const waiting = [...house.states];
  return rateWarm(async () => {
    await house.receivers.forget();
    await house.tell([waiting.pop()]);
    await until(async () => (await arrivals(house)) >= PEOPLE);
  });
}

/** The same number of bare jobs with the same payload, to the same receiver. */
async function rateOfBare({ redis, receivers }) {
  const child = fork(bare, []);
  guard(child, 'SIGKILL');
  child.send({ redis: redis.url, url: receivers.webhook, atOnce: AT_ONCE });
  const rate = await rateWarm(async () => {
    child.send({ many: PEOPLE, body: payload(900) });
    await once(child, 'message');
  });
  child.disconnect();
  await once(child, 'exit');
  return rate;
}

/** Five more of each letter, due at once. */
const PLANTED = `INSERT INTO identity.delivery
  SELECT id, notice_id, channel, target, nth + k, 'planted', id, 'queued', false, 0, now(), now(), NULL,
    now(), NULL
  FROM (SELECT d.notice_id, d.channel, d.target, d.nth, k, gen_random_uuid() AS id
    FROM identity.delivery d CROSS JOIN generate_series(1, ${DUE / (2 * PEOPLE)}) k WHERE d.nth = 1) more`;

/** Megabytes of the worker while what is due shrinks from this part to that. */
async function memoryWhile(house, from, [first, last]) {
  const reached = async (part) => (await arrivals(house)) - from >= part * DUE;
  await until(() => reached(first));
  const seen = [];
  await until(async () => {
    seen.push(memoryNow(house.victims[0].pid));
    return reached(last);
  });
  return median(seen);
}

async function memoryOf(house) {
  const from = await arrivals(house);
  await house.query(PLANTED);
  const early = await memoryWhile(house, from, EARLY);
  const late = await memoryWhile(house, from, LATE);
  return { early, late };
}

/** In a house of its own, with one worker. */
async function measureIn(what, say, measure) {
  const crowd = { people: 2 * PEOPLE, states: 2, workers: 1, mail: false, verify: false };
  const house = await openHouse({ ...crowd, ...what }, say);
  try {
    return await measure(house);
  } finally {
    await house.stop();
  }
}

/** @returns the rates of the house beside that of bare jobs, and its memory with much due */
export async function measureFanOut(say) {
  const theirs = {};
  const rate = async (house) => {
    const ours = await rateOfHouse(house);
    say(`${Math.round(ours)} letters a second`);
    return { ours, bare: theirs.rate, ratio: ours / theirs.rate, goal: 0, unit: 'letters/s' };
  };
  const [onRedis, memory] = await measureIn({ onRedis: true }, say, async (house) => {
    theirs.rate = await rateOfBare(house);
    say(`${Math.round(theirs.rate)} bare jobs a second`);
    const before = await arrivals(house);
    if (before !== 2 * PEOPLE) throw new Error(`${before} bare jobs arrived`);
    return [await rate(house), await memoryOf(house)];
  });
  const eager = { onRedis: true, settings: { COMITY_LETTERS_AT_ONCE: '32' } };
  const manyAtOnce = await measureIn(eager, say, rate);
  const onPostgres = await measureIn({ onRedis: false }, say, rate);
  const { early, late } = memory;
  return {
    'fan-out on Redis': { ...onRedis, goal: GOALS.rate },
    'the same, 32 at a time': { ...manyAtOnce, goal: GOALS.rate },
    'fan-out on PostgreSQL': onPostgres,
    'memory with 100,000 due': {
      ours: late,
      bare: early,
      ratio: early / late,
      goal: GOALS.memory,
      unit: 'MB, late/early',
    },
  };
}
