// npm run replay: plays a real review through the API, in a private house unless one is given.
// What it takes is told by `npm run replay -- --help`.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { main, root, SetupError } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

const started = Date.now();
const say = (text) =>
  console.error(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!abort.signal.aborted) say('Stopping …');
    abort.abort();
  });
}

const data = (file) => JSON.parse(readFileSync(path.join(root, 'data', file), 'utf8'));

async function run() {
  await ensureInstalled(say);
  await ensureBuilt(say);
  const { startHouse } = await import('./house.mjs');
  const built = path.join(root, 'dist', 'src', 'replay', 'replay.js');
  const { replay } = await import(pathToFileURL(built).href);
  const { npm_lifecycle_event, INIT_CWD, COMITY_ADMIN_EMAIL, COMITY_ADMIN_PASSWORD } = process.env;
  return replay(process.argv.slice(2), {
    // npm goes to the checkout's folder; the paths on its command line start from where it was.
    cwd: (npm_lifecycle_event === 'replay' && INIT_CWD) || process.cwd(),
    admin: { email: COMITY_ADMIN_EMAIL, password: COMITY_ADMIN_PASSWORD },
    states: data('states.json'),
    seats: data('council-seats.json'),
    signal: abort.signal,
    startHouse: (clockStart) =>
      startHouse({
        port: 0,
        env: { COMITY_TEST_MODE: 'on', COMITY_CLOCK_START: clockStart },
        say,
        signal: abort.signal,
      }),
    print: (text) => console.log(text),
    say,
    complain: (fault) => console.error(fault),
  });
}

await main(async () => {
  try {
    return await run();
  } catch (error) {
    if (abort.signal.aborted) {
      say('Stopped');
      return 130;
    }
    console.error(error instanceof SetupError ? error.message : error);
    return 2; // 1 says that something differs
  }
});
