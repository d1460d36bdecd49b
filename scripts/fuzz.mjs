// npm run fuzz: bad requests by the thousand, made from the contract. Jest runs test/fuzz, which
// has the servers and the TypeScript; here are the arguments and the summary.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main, root } from './command.mjs';
import { ensureInstalled } from './first-run.mjs';
import { guard } from './guard.mjs';
import { makeScratch } from './scratch.mjs';

const HELP = `npm run fuzz [-- --requests N] [-- --seed N] [-- --only ID,…] [-- --json]
  --requests  about how many are sent, spread over the operations (20000)
  --seed      the same seed sends the same requests (by chance, and told)
  --only      operations by their ids
  --json      the report as one object on standard output
Exit code 0: no finding.`;

const options = {
  requests: { type: 'string', default: '20000' },
  seed: { type: 'string' },
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** A table: operations down, statuses across. */
function tableOf({ operations }) {
  const rows = Object.entries(operations);
  const results = [...new Set(rows.flatMap(([, counts]) => Object.keys(counts)))].toSorted();
  const width = Math.max(...rows.map(([id]) => id.length));
  const line = (id, cells) =>
    [id.padEnd(width), ...cells.map((cell) => String(cell).padStart(7))].join('');
  const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
  return [
    line('operation', ['sent', ...results]),
    ...rows.map(([id, counts]) =>
      line(id, [sum(counts), ...results.map((result) => counts[result] ?? '')]),
    ),
  ].join('\n');
}

function tell(report) {
  const { seed, sent, seconds, findings, memory } = report;
  console.log(tableOf(report));
  for (const { operation, faults, request } of findings)
    console.log(`\n${operation}: ${faults.join('; ')}\n  ${request}`);
  console.log(
    `\n${sent} requests in ${Math.round(seconds)} s, seed ${seed}; ` +
      `the API's memory ${memory.warm} MB when warm, ${memory.end} MB at the end; ` +
      `${findings.length} findings`,
  );
}

/** Runs Jest; its own report is of use only when there is no other. */
async function runJest(env, folder) {
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', jest];
  const child = spawn(process.execPath, [...args, '--silent', 'test/fuzz/fuzz.spec.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  guard(child, 'SIGTERM');
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
    // The progress: a line for each operation.
    for (const line of String(chunk).split('\n')) if (/^\d+ s {2}/.test(line)) console.error(line);
  });
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const file = path.join(folder, 'fuzz.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : said;
}

await main(async () => {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  await ensureInstalled(console.error);
  const folder = makeScratch('fuzz');
  const seed = values.seed ?? String(Date.now() % 2 ** 31);
  console.error('Seed', seed);
  const report = await runJest(
    {
      ...process.env,
      FUZZ_REQUESTS: values.requests,
      FUZZ_SEED: seed,
      FUZZ_REPORT: path.join(folder, 'fuzz.json'),
      ...(values.only && { FUZZ_ONLY: values.only }),
    },
    folder,
  );
  rmSync(folder, { recursive: true, force: true });
  if (typeof report === 'string') {
    console.error(report);
    return 2; // 1 says that something was found
  }
  if (values.json) console.log(JSON.stringify(report));
  else tell(report);
  return report.findings.length > 0 ? 1 : 0;
});
