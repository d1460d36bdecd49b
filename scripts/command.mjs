// What every command of the checkout needs before its packages are there. Built-in modules only.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { guard, isAlive } from './guard.mjs';

/** The checkout's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** A fault that the person at the terminal can mend: its message is shown, without a stack. */
export class SetupError extends Error {}

const ofTheSystem = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'];

/** Runs a command's body; a fault ends the process with code 1 and says what is wrong. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const mendable = error instanceof SetupError || ofTheSystem.includes(error.code);
    console.error(mendable ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs a program in the checkout; resolves to its exit code and the first lines that it wrote. */
export async function run(command, args, { everyTenSeconds } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  guard(child, 'SIGKILL'); // npm answers a gentler one by undoing what it did, which takes long
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(0, 20_000)));
  }
  let seconds = 0;
  const ticks = setInterval(() => everyTenSeconds?.((seconds += 10)), 10_000);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    return { code, said: output.trim().split('\n').slice(0, 15).join('\n') };
  } finally {
    clearInterval(ticks);
  }
}

/** Creates the lock; else the process that holds it (0 where that can't be told, for a moment). */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return process.pid;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0; // it has just been given back
  }
}

/** Does what no two processes may do to the checkout at once; the second one waits. */
export async function alone(say, work) {
  const lock = path.join(root, '.data', 'preparing.pid');
  mkdirSync(path.dirname(lock), { recursive: true });
  let told = false;
  for (let holder; (holder = take(lock)) !== process.pid; await sleep(200)) {
    if (holder && !isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) say(`Waiting for process ${holder}, which installs or compiles (${lock})`);
    told = true;
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}
