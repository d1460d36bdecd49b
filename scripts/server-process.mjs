// Child processes that live no longer than this one, and what is needed to wait for them.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './command.mjs';
import { guard } from './guard.mjs';

/** Opens a log for writing; the run before's is kept beside it as `name.previous.log`. */
function openLog(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file)) renameSync(file, file.replace(/\.log$/, '.previous.log'));
  return openSync(file, 'w', 0o600);
}

/**
 * Starts a program whose output goes to the file `log`, and which is stopped when this process ends.
 * It stands in a process group of its own, so that Ctrl-C reaches only us and we stop in order.
 * `signal` is what stops it gracefully, `graceMs` how long that may take before SIGKILL.
 * `user` ({uid, gid}) is whom it runs as. `stdout: 'pipe'` leaves standard output to the caller.
 * @returns {{child, exited: Promise<string>, running: () => boolean, tail: (lines?: number) => string,
 *   stop: () => Promise<void>}} `exited` resolves to how it ended, and never rejects.
 */
export function startProcess(
  command,
  args,
  { log, env = process.env, user = {}, cwd = '/', stdout, signal = 'SIGTERM', graceMs = 10_000 },
) {
  const output = openLog(log);
  const stdio = ['ignore', stdout ?? output, output];
  const child = spawn(command, args, { ...user, env, cwd, stdio, detached: true });
  closeSync(output);
  guard(child, signal);
  let ended = null;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve((ended = error.message)));
    child.once('exit', (code, by) => resolve((ended = by ? `signal ${by}` : `exit code ${code}`)));
  });

  return {
    child,
    exited,
    running: () => ended === null,
    tail: (lines = 8) => readFileSync(log, 'utf8').trim().split('\n').slice(-lines).join('\n'),
    async stop() {
      if (ended !== null) return;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * Waits until `ready()` resolves to true while the server runs.
 * @throws {SetupError} the server ended, or was not ready in time; with the end of its log.
 */
export async function waitUntilReady(
  name,
  server,
  ready,
  { everyMs = 25, timeoutMs = 60_000 } = {},
) {
  const until = Date.now() + timeoutMs;
  while (server.running() && Date.now() < until) {
    if (await ready()) return;
    await sleep(everyMs);
  }
  const how = server.running()
    ? `was not ready in ${timeoutMs / 1000} s`
    : `ended (${await server.exited})`;
  await server.stop();
  throw new SetupError(`${name} ${how}:\n${server.tail()}`);
}

/** Listens for a moment: a free port where `port` is 0. Rejects as `net.Server.listen` does. */
export function tryPort(port = 0, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(port, host, () => {
      const { port: got } = server.address();
      server.close(() => resolve(got));
    });
  });
}

/** Whether something accepts connections there. */
export function listening(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = net.connect(port, host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
