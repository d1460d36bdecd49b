// A program that asks neither the service nor its database: installed and built where that is
// needed, run where it was called from, its exit code handed on.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { main, root } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

/** @param {string} program compiled, in `dist/src` */
export const runOffline = (program) =>
  main(async () => {
    await ensureInstalled();
    await ensureBuilt();
    const args = [path.join(root, 'dist', 'src', program), ...process.argv.slice(2)];
    const cwd = process.env.INIT_CWD ?? process.cwd();
    const child = spawn(process.execPath, args, { stdio: 'inherit', cwd });
    return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 2)));
  });
