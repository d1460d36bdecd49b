import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe } from '@jest/globals';

const root = path.join(import.meta.dirname, '..', '..');

interface Scripts {
  readonly onPath: (name: string) => string | undefined;
  readonly unpack: (name: string, place: { tree: string; program: string }) => Promise<void>;
  readonly environmentOf: (tree: string) => NodeJS.ProcessEnv;
  readonly makeScratch: (purpose: string) => string;
  readonly startProcess: (command: string, args: string[], options: object) => Server;
  readonly waitUntilReady: (
    name: string,
    server: Server,
    ready: () => Promise<boolean>,
    limits: object,
  ) => Promise<void>;
}
interface Server {
  stop(): Promise<void>;
}

export interface Clamd {
  readonly socket: string;
  /** Its process's own, to be stopped and continued. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** In two parts, so that no scanner stumbles over these sources. */
export const EICAR = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD',
  '-ANTIVIRUS-TEST-FILE!$H+H*',
].join('');
export const OWN_PATTERN = 'comity tests: this is not to be taken';

const scripts = async (): Promise<Scripts> => {
  const files = ['debian', 'scratch', 'server-process'].map(
    (name) => pathToFileURL(path.join(root, 'scripts', `${name}.mjs`)).href,
  );
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Scripts>));
  return Object.assign({}, ...modules) as Scripts;
};

const tree = path.join(root, '.data', 'clamav');

/** The daemon's program, from the PATH or from Debian's packages. Rejects where there is none. */
async function program(): Promise<{ command: string; env: NodeJS.ProcessEnv }> {
  const { onPath, unpack, environmentOf } = await scripts();
  const found = onPath('clamd');
  if (found) return { command: found, env: process.env };
  const file = path.join('usr', 'sbin', 'clamd');
  await unpack('clamav-daemon', { tree, program: file });
  return { command: path.join(tree, file), env: environmentOf(tree) };
}

/** ClamAV's daemon on a socket of its own, which knows two signatures of ours. */
export async function startClamd(answers: (socket: string) => Promise<boolean>): Promise<Clamd> {
  const { makeScratch, startProcess, waitUntilReady } = await scripts();
  const { command, env } = await program();
  const dir = makeScratch('clamav');
  const [database, socket, config] = ['db', 'clamd.ctl', 'clamd.conf'].map((name) =>
    path.join(dir, name),
  );
  mkdirSync(database!);
  const md5 = createHash('md5').update(EICAR).digest('hex');
  writeFileSync(path.join(database!, 'own.hdb'), `${md5}:${EICAR.length}:Eicar-Test-Signature\n`);
  const pattern = Buffer.from(OWN_PATTERN).toString('hex');
  writeFileSync(path.join(database!, 'own.ndb'), `Comity.Test:0:*:${pattern}\n`);
  writeFileSync(
    config!,
    `Foreground yes\nLocalSocket ${socket}\nDatabaseDirectory ${database}\nTemporaryDirectory ${dir}\nStreamMaxLength 2M\n`,
  );
  const server = startProcess(command, ['--config-file', config!], {
    log: path.join(dir, 'clamd.log'),
    env,
    cwd: dir,
  }) as Server & { child: { pid: number } };
  await waitUntilReady('ClamAV', server, () => answers(socket!), { timeoutMs: 60_000 });
  return { socket: socket!, pid: server.child.pid, stop: () => server.stop() };
}

/** A `describe` for tests on a real ClamAV; where none can be had, it is skipped by name. */
export async function describeOnClamav(name: string, body: () => void): Promise<void> {
  const missing = await program().then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  const how = missing ? describe.skip : describe;
  how(missing ? `${name} (skipped: ${missing})` : name, body);
}
