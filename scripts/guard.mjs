// Child processes that end with this one, and whether a process is there. Built-in modules only.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let watchdog;

/** Writes a line to the watchdog, which is started with the first one. */
function tellWatchdog(line) {
  if (!watchdog) {
    const script = fileURLToPath(new URL('watchdog.mjs', import.meta.url));
    // Detached: a Ctrl-C in the terminal must not reach it.
    const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] };
    watchdog = spawn(process.execPath, [script], options);
    watchdog.stdin.on('error', () => {});
    watchdog.stdin.unref();
    watchdog.unref();
  }
  watchdog.stdin.write(`${line}\n`);
}

/** Has a child stopped with this signal when this process ends, however it ends. */
export function guard(child, signal) {
  if (!child.pid) return; // it could not be started
  tellWatchdog(`+ ${child.pid} ${signal}`);
  child.once('exit', () => tellWatchdog(`- ${child.pid}`));
}

/** Whether there is a process of that number, whosever it is. */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
