import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/config/project-root.js';

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A process of the house, compiled, as in use; told what it needs by its environment alone. */
export class HouseProcess {
  #said = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly watch: string,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    }
  }

  /** Starts it, and waits until it says that it can do its work. */
  static async start(script: 'main' | 'worker', env: Record<string, string>) {
    const [port, metrics] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, [path.join(projectRoot, 'dist', 'src', `${script}.js`)], {
      env: { PATH: process.env.PATH, PORT: `${port}`, COMITY_METRICS_PORT: `${metrics}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new HouseProcess(
      child,
      `http://127.0.0.1:${port}`,
      `http://127.0.0.1:${metrics}`,
    );
    for (let tries = 0; tries < 600 && started.runs; tries += 1) {
      if (await started.isReady()) return started;
      await sleep(100);
    }
    await started.kill();
    throw new Error(`${script} did not start:\n${started.#said}`);
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  isReady(): Promise<boolean> {
    return fetch(`${this.watch}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** The value of a metric whose line begins so; undefined while there is none. */
  async metric(line: string): Promise<number | undefined> {
    const text = await (await fetch(`${this.watch}/metrics`)).text();
    const found = text.split('\n').find((each) => each.startsWith(`${line} `));
    return found === undefined ? undefined : Number(found.slice(line.length));
  }

  said(): string {
    return this.#said;
  }

  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void> {
    return this.kill('SIGTERM');
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!this.runs) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

/** Spreads requests over the processes that say that they are ready, as a balancer does. */
export class Balancer {
  #ready: HouseProcess[] = [];
  #turn = 0;
  readonly #looking: Promise<void>;
  #open = true;

  constructor(private readonly all: readonly HouseProcess[]) {
    this.#ready = [...all];
    this.#looking = this.look();
  }

  ask(method: string, url: string, { token, body, headers = {} }: Asked = {}): Promise<Response> {
    const { url: base } = this.#ready[(this.#turn += 1) % this.#ready.length]!;
    return fetch(base + url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#looking;
  }

  private async look(): Promise<void> {
    while (this.#open) {
      const states = await Promise.all(this.all.map((each) => each.isReady()));
      this.#ready = this.all.filter((_, at) => states[at]);
      await sleep(100);
    }
  }
}

interface Asked {
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}
