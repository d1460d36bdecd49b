// The benchmarks: what each measures is told beside it; the numbers are ratios of one run.
import { parseArgs } from 'node:util';
import { startBare } from './bare.mjs';
import { measureCasework } from './casework.mjs';
import { openHouse } from './house.mjs';
import { measureFanOut } from './fan-out.mjs';
import { measureReading } from './reading.mjs';
import { measureStart, memoryResult, watchMemory } from './resources.mjs';
import { seedCasework } from './seed-casework.mjs';
import { seedRecord } from './seed-record.mjs';

const HELP = `npm run bench [-- --quick] [-- --fan-out] [-- --json]
  --quick    fewer and shorter rounds
  --fan-out  only how letters leave: one event to ten thousand people
  --json     one object on standard output: {"name": {"ratio": n, "goal": n}}`;

function read(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      'fan-out': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function measure(house, bare, say, { quick }) {
  const seeded = await seedRecord(house.sql, say);
  const casework = await seedCasework(house, say);
  const long = quick ? { seconds: 2, rounds: 3 } : { seconds: 5, rounds: 5 };
  const given = { api: house.url, bare, seeded, casework, settled: house.settled, ...long };
  const memory = watchMemory(house.pid);
  const reading = await measureReading(given);
  say(tableOf(reading));
  const work = await measureCasework(given);
  const megabytes = memory.stop();
  say(tableOf(work));
  const start = await measureStart(house, long.rounds);
  return { ...reading, ...work, ...start, ...memoryResult(megabytes) };
}

/** A line for each measurement: both numbers, the ratio, and whether it meets its goal. */
function tableOf(measured) {
  const number = (value) => (value === undefined ? '' : value.toPrecision(3)).padStart(10);
  const rows = Object.entries(measured).map(([name, { ours, bare, ratio, goal, unit }]) =>
    [
      ...[name.padEnd(32), number(ours), number(bare), `  ${unit.padEnd(13)}`, number(ratio)],
      ...[`  ${ratio >= goal ? 'meets' : 'MISSES'} ${goal}`],
    ].join(''),
  );
  const head = ['', 'Comity', 'bare'].map((title, n) => (n ? title.padStart(10) : ''.padEnd(32)));
  return [`${head.join('')}  ${'unit'.padEnd(13)}${'ratio'.padStart(10)}  goal`, ...rows].join(
    '\n',
  );
}

const ratiosOf = (measured) =>
  Object.fromEntries(
    Object.entries(measured).map(([name, { ratio, goal }]) => [
      name,
      { ratio: Number(ratio.toFixed(3)), goal },
    ]),
  );

/** @returns {Promise<number>} the exit code: 0 when everything was measured, whatever came out */
export async function bench(args, say) {
  const options = read(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (options['fan-out']) {
    const measured = await measureFanOut(say);
    console.log(options.json ? JSON.stringify(ratiosOf(measured)) : tableOf(measured));
    return 0;
  }
  const house = await openHouse(say);
  const bare = await startBare(house);
  const measured = {};
  try {
    Object.assign(measured, await measure(house, bare.url, say, options));
  } finally {
    await bare.stop();
    await house.stop();
  }
  // Houses of its own, one after the other.
  Object.assign(measured, await measureFanOut(say));
  console.log(options.json ? JSON.stringify(ratiosOf(measured)) : tableOf(measured));
  return 0;
}
