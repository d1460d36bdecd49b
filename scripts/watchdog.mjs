// A server must not outlive the process that started it, not even one that was killed with SIGKILL.
// This little process holds the reading end of a pipe whose other end only the starter has. Lines
// tell it whom to watch (`+ pid signal`, `- pid`). When the pipe ends, the starter is gone, however
// it went: whoever is still watched is stopped. See server-process.mjs.
import { createInterface } from 'node:readline';

const graceMs = 10_000;
const watched = new Map();

/** Sends a signal (0 only asks); tells whether the process is there. */
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

process.chdir('/');
// A Ctrl-C or hang-up meant for the starter is not meant for the one who tidies up after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const [act, pid, signal] = line.split(' ');
  if (act === '+') watched.set(Number(pid), signal);
  else watched.delete(Number(pid));
}

for (const [pid, signal] of watched) send(pid, signal);
const until = Date.now() + graceMs;
while (Date.now() < until && [...watched.keys()].some((pid) => send(pid, 0))) {
  await new Promise((resolve) => setTimeout(resolve, 50));
}
for (const pid of watched.keys()) send(pid, 'SIGKILL');
