// npm start: installs, compiles and runs the house until it is told to stop.
import path from 'node:path';
import { main, root } from './command.mjs';
import { ensureInstalled } from './first-run.mjs';

const started = Date.now();
const say = (text) =>
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);

/** The address, who may sign in, and a first request to try. */
function greeting({ url, metrics, admin, accounts, logs, mail }, whereItsPasswordIs) {
  const width = Math.max(...accounts.map(({ email }) => email.length));
  const passwordWidth = Math.max(...accounts.map(({ password }) => password.length));
  const [first = { email: admin.email, password: '…' }] = accounts;
  const credentials = JSON.stringify({ email: first.email, password: first.password });
  return [
    '',
    `Comity runs at ${url} (its contract: ${url}/openapi.yaml)`,
    '',
    `  Administrator: ${admin.email}, whose password is ${whereItsPasswordIs}`,
    ...accounts.map(
      ({ email, password, what }) =>
        `  ${email.padEnd(width)}  ${password.padEnd(passwordWidth)}  ${what}`,
    ),
    '',
    '  Try:',
    `  TOKEN=$(curl -s ${url}/v1/auth/login -H 'content-type: application/json' \\`,
    `    -d '${credentials}' | node -pe 'JSON.parse(fs.readFileSync(0)).token')`,
    `  curl -s ${url}/v1/me -H "authorization: Bearer $TOKEN"`,
    '',
    `  Mail ${mail}.`,
    `  Logs: ${path.join(logs, 'api.log')} and worker.log. Ctrl-C stops everything.`,
    `  Metrics: http://127.0.0.1:${metrics[0]}/metrics (API), http://127.0.0.1:${metrics[1]}/metrics (worker)`,
    '',
  ].join('\n');
}

await main(async () => {
  await ensureInstalled(say);
  const { startHouse } = await import('./house.mjs');

  const abort = new AbortController();
  const told = new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
  const stop = () => {
    if (!abort.signal.aborted) say('Stopping …');
    abort.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  // An npm that was killed can't pass the signal on.
  const npm = process.ppid;
  const orphaned = () => process.env.npm_lifecycle_event && process.ppid !== npm && stop();
  setInterval(orphaned, 500).unref();

  const { PORT, HOST, COMITY_DEMO, COMITY_ADMIN_PASSWORD } = process.env;
  const dataDir = path.join(root, '.data');
  let house;
  try {
    house = await startHouse({
      port: PORT || 3000,
      host: HOST || '127.0.0.1',
      dataDir,
      demo: COMITY_DEMO !== 'off',
      say,
      signal: abort.signal,
    });
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    return say('Stopped');
  }
  const adminFile = path.join(dataDir, 'admin.json');
  console.log(greeting(house, COMITY_ADMIN_PASSWORD ? 'as you set it' : `in ${adminFile}`));

  const death = await Promise.race([told, house.died]);
  const code = abort.signal.aborted ? 0 : 1;
  if (code !== 0) console.error(death);
  await house.stop();
  say('Stopped');
  return code;
});
