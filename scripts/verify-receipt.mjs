// npm run verify-receipt -- RECEIPT.json --keys KEYS.json [--file FILE --salt SALT]: checks a receipt
// of a filing, offline. Exits 0 when it holds, 1 when not, 2 when there is nothing to check.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { main, root } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const command = path.join(root, 'dist', 'src', 'verify-receipt.js');
  const args = [command, ...process.argv.slice(2)];
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const child = spawn(process.execPath, args, { stdio: 'inherit', cwd });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 2)));
});
