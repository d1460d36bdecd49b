import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard } from '../../scripts/guard.mjs';
import { setting, type TestDatabase } from '../setup/database.js';

const program = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const START = 30_000;

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}

/** The API as it runs in production: a process of its own, whose end shows. */
export class Target {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly log: string,
  ) {}

  static async start(database: TestDatabase, folder: string): Promise<Target> {
    const port = await freePort();
    const log = path.join(folder, 'api.log');
    const output = await open(log, 'w');
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      stdio: ['ignore', output.fd, output.fd],
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        APP_DATABASE_URL: database.appUrl,
        PUBLIC_DATABASE_URL: database.publicUrl,
        COMITY_FILES: folder,
        COMITY_SIGNING_KEYS: setting('TEST_SIGNING_KEYS'),
        COMITY_TEST_MODE: 'on',
        COMITY_POOL: '5',
        COMITY_RATE_LIMITS: 'off',
        LOG_LEVEL: 'debug',
      },
    });
    await output.close();
    const target = new Target(port, child, log);
    guard(child, 'SIGTERM');
    await target.ready();
    return target;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  logged(): string {
    return readFileSync(this.log, 'utf8');
  }

  /** Resident memory in MB. */
  async memory(): Promise<number> {
    const ps = spawn('ps', ['-o', 'rss=', '-p', String(this.child.pid)]);
    let told = '';
    ps.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await once(ps, 'close');
    return Number(told) / 1024;
  }

  async stop(): Promise<void> {
    if (!this.alive) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exit;
  }

  private async ready(): Promise<void> {
    for (const until = Date.now() + START; Date.now() < until && this.alive;) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    await this.stop();
    throw new Error(`the API did not start:\n${this.logged().slice(-2_000)}`);
  }
}
