// What an operator pays: how soon an API process answers, and how much memory it holds in use.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../scripts/command.mjs';
import { guard } from '../scripts/guard.mjs';
import { tryPort } from '../scripts/server-process.mjs';
import { median } from './load.mjs';

const GOALS = { seconds: 3, megabytes: 250 };

/** Resident memory of a process, in megabytes. */
export function memoryNow(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}

/** The most resident memory of a process, looked at until `stop`: it answers megabytes. */
export function watchMemory(pid) {
  let most = 0;
  const look = () => {
    most = Math.max(most, memoryNow(pid));
  };
  const timer = setInterval(look, 500);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

/** Seconds from the start of a process to its first answer of a State, which reads the database. */
async function startOnce({ env }) {
  const port = await tryPort();
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'dist', 'src', 'main.js')], {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  guard(child, 'SIGKILL');
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/v1/states/SVN`)
      .then((answer) => answer.ok)
      .catch(() => false);
  while (!(await ask())) {
    if (child.exitCode !== null) throw new Error('the API ended while it started');
    await sleep(10);
  }
  const seconds = (performance.now() - started) / 1000;
  child.kill('SIGTERM');
  await gone;
  return seconds;
}

/** Reported as the goal over what was measured: 1 is just enough, more is better. */
export async function measureStart(processes, rounds) {
  const measured = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await startOnce(processes));
  const ours = median(measured);
  return {
    'first answer after start': { ours, ratio: GOALS.seconds / ours, goal: 1, unit: 's (of 3)' },
  };
}

export const memoryResult = (megabytes) => ({
  'resident memory in use': {
    ...{ ours: megabytes, ratio: GOALS.megabytes / megabytes, goal: 1, unit: 'MB (of 250)' },
  },
});
