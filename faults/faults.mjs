// Everything breaks while letters are on their way: counted, at the receivers and in the database.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openHouse } from './house.mjs';

const HELP = `npm run faults [-- --deliveries N] [-- --kills N] [-- --postgres] [-- --json]
  --deliveries  mail and webhooks that are due, half of each (20000)
  --kills       how often a worker, with its relay, is killed in the middle (50)
  --postgres    with the queue on PostgreSQL instead of Redis, which is not there to be emptied then
  --json        the counts as one object on standard output
Exit code 0: all arrived, and what arrived twice was marked, and rare.`;

const OPTIONS = {
  deliveries: { type: 'string', default: '20000' },
  kills: { type: 'string', default: '50' },
  postgres: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** Of all deliveries, those that may arrive twice. */
const RARE = 0.001;

const arrived = ({ mail, webhook }) => mail.total + webhook.total;

const unsettled = async (query) => {
  const [row] = await query(
    `SELECT (SELECT count(*) FROM journal.pending)::int AS entries,
       (SELECT count(*) FROM identity.delivery WHERE settled_at IS NULL)::int AS deliveries`,
  );
  return row;
};

/** Kills workers by chance, each time after some more has arrived; and restarts what they lean on. */
async function breakEverything({ victims, receivers, redis, postgres }, { kills, part }, say) {
  for (let n = 1; n <= kills; n += 1) {
    const from = arrived(await receivers.count());
    const enough = from + randomInt(1, 2 * part);
    const patience = Date.now() + randomInt(2000, 30_000);
    while (Date.now() < patience && arrived(await receivers.count()) < enough) {
      await sleep(25);
    }
    // Not because something has just arrived.
    await sleep(randomInt(1000));
    await victims[randomInt(victims.length)].kill();
    if (n === Math.ceil(kills / 3) && redis) {
      await redis.restart();
      say('Redis was restarted, emptied');
    }
    if (n === Math.ceil((2 * kills) / 3)) {
      await postgres.restart();
      say('PostgreSQL was restarted');
    }
    if (n % 5 === 0) say(`${n} kills, ${arrived(await receivers.count())} arrivals`);
  }
}

async function untilSettled({ query, receivers, victims }, say) {
  for (let last = 0; ;) {
    for (const victim of victims) victim.assertRuns();
    const left = await unsettled(query);
    if (left.entries === 0 && left.deliveries === 0) return;
    if (Date.now() - last > 10_000) {
      last = Date.now();
      say(
        `${left.deliveries} deliveries on their way, ${arrived(await receivers.count())} arrivals`,
      );
    }
    await sleep(500);
  }
}

/** What the database says became of everything, and of what arrived more than once. */
async function judge({ query, receivers }, deliveries) {
  const { mail, webhook } = await receivers.count();
  const repeated = await receivers.repeated();
  const twice = [...repeated.mail, ...repeated.webhook];
  const [told] = await query(
    `SELECT count(*)::int AS planned, count(*) FILTER (WHERE status = 'accepted')::int AS accepted,
       count(*) FILTER (WHERE letter = ANY ($1) AND NOT EXISTS (SELECT FROM identity.delivery_attempt a
         WHERE a.delivery_id = d.id AND a.outcome = 'cut'))::int AS unexplained
     FROM identity.delivery d`,
    [twice],
  );
  const counts = {
    deliveries,
    ...told,
    arrived: mail.distinct + webhook.distinct,
    lost: deliveries - mail.distinct - webhook.distinct,
    twice: twice.length,
    unmarked: mail.unmarked + webhook.unmarked,
    invalid: mail.invalid + webhook.invalid,
    share: twice.length / deliveries,
  };
  const good =
    [counts.planned, counts.accepted, counts.arrived].every((n) => n === deliveries) &&
    [counts.unexplained, counts.unmarked, counts.invalid].every((n) => n === 0) &&
    counts.share < RARE;
  return { ...counts, good };
}

/** @returns {Promise<number>} the exit code */
export async function faults(args, say) {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const deliveries = 2 * Math.ceil(Number(values.deliveries) / 2);
  const kills = Number(values.kills);
  const what = { people: deliveries / 2, workers: 2, onRedis: !values.postgres };
  const house = await openHouse(what, say);
  try {
    const began = Date.now();
    await house.tell();
    await house.start();
    await breakEverything(house, { kills, part: Math.ceil(deliveries / (kills + 5)) }, say);
    await untilSettled(house, say);
    const counts = { ...(await judge(house, deliveries)), kills };
    counts.seconds = Math.round((Date.now() - began) / 1000);
    if (values.json) console.log(JSON.stringify(counts));
    else
      for (const [name, value] of Object.entries(counts))
        console.log(`${name.padEnd(12)} ${value}`);
    return counts.good ? 0 : 1;
  } finally {
    await house.stop();
  }
}
