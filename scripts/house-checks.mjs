// What a house needs to know before it starts: its port, that it is the only one, who administers.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './command.mjs';
import { isAlive } from './guard.mjs';
import { listening, tryPort } from './server-process.mjs';

/** The port to use: free, or a refusal that says what to do about it. */
export async function choosePort(port, host) {
  const number = Number(port);
  if (!(Number.isInteger(number) && number >= 0 && number <= 65_535)) {
    throw new SetupError(`PORT is ${port}: it must be a number from 0 to 65535`);
  }
  return tryPort(number, host).catch(({ code }) => {
    const why = {
      EADDRINUSE: `Port ${port} is taken: stop what uses it, or set another, as in PORT=${number + 1} npm start`,
      EACCES: `Port ${port} needs privileges: set PORT to one above 1023`,
    };
    throw new SetupError(why[code] ?? `HOST ${host} is not an address to listen on here (${code})`);
  });
}

/** Refuses when a house runs on the same folder. Its note may be one that a crash left behind. */
export async function refuseSecond(note) {
  if (!existsSync(note)) return;
  const { pid, url, port, host } = JSON.parse(readFileSync(note, 'utf8'));
  if (isAlive(pid) && (await listening(port, host))) {
    throw new SetupError(`Comity is already running: ${url} (process ${pid})`);
  }
}

/** The first administrator: as the environment says, else made up once and kept (0600). */
export function chooseAdmin(dataDir, env) {
  const { COMITY_ADMIN_EMAIL: email, COMITY_ADMIN_PASSWORD: password } = env;
  if (email && password) return { email, password };
  if (email || password) {
    throw new SetupError('Set both COMITY_ADMIN_EMAIL and COMITY_ADMIN_PASSWORD, or neither');
  }
  const file = path.join(dataDir, 'admin.json');
  if (!existsSync(file)) {
    const made = { email: 'admin@comity.example', password: randomBytes(15).toString('base64url') };
    writeFileSync(file, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
