// The benchmarks: what each measures is told beside it; the numbers are ratios of one run.
import { parseArgs } from 'node:util';
import { startBare } from './bare.mjs';
import { openHouse } from './house.mjs';
import { measureReading } from './reading.mjs';
import { seedRecord } from './seed-record.mjs';

const HELP = `npm run bench [-- --quick] [-- --json]
  --quick  fewer and shorter rounds
  --json   one object on standard output: {"name": {"ratio": n, "goal": n}}`;

function read(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function measure(house, bare, say, { quick }) {
  const seeded = await seedRecord(house.sql, say);
  const given = { api: house.url, bare, seeded, seconds: quick ? 2 : 5, rounds: quick ? 2 : 5 };
  return { ...(await measureReading(given)) };
}

/** @returns {Promise<number>} the exit code: 0 when everything was measured, whatever came out */
export async function bench(args, say) {
  const options = read(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const house = await openHouse(say);
  const bare = await startBare(house.databaseUrl);
  try {
    const measured = await measure(house, bare.url, say, options);
    console.log(measured);
  } finally {
    await bare.stop();
    await house.stop();
  }
  return 0;
}
