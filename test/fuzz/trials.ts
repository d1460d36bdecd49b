import { bytesOf, CURRENT_VERSION, type Attempt } from './draft.js';
import type { House, Viewer } from './house.js';
import { faultsOf } from './judge.js';
import { Line, type Outcome } from './line.js';

interface Tried {
  /** The status of the answer, or how the connection ended. */
  readonly result: string;
  readonly faults: readonly string[];
}

/** Sends requests, one after another, and looks at what each does. */
export class Trials {
  readonly #line: Line;

  constructor(private readonly house: House) {
    this.#line = new Line(house.target.port);
  }

  async run(attempt: Attempt): Promise<Tried> {
    const { watch, canaries, target } = this.house;
    const outcome = await this.send(attempt);
    const changes = await watch.changes();
    const faults = faultsOf({ attempt, outcome, changes, canaries });
    if (typeof outcome === 'string' && !target.alive) faults.push('the process ended');
    // After what may have upset the connection, a good request is served.
    if (attempt.framing) faults.push(...(await this.aliveFaults()));
    return { result: typeof outcome === 'string' ? outcome : String(outcome.status), faults };
  }

  async aliveFaults(): Promise<string[]> {
    const asked = Buffer.from('GET /v1/states/SVN HTTP/1.1\r\nhost: fuzz\r\n\r\n');
    const outcome = await this.#line.exchange(asked);
    const good = typeof outcome === 'object' && outcome.status === 200;
    return good ? [] : [`a good request afterwards: ${JSON.stringify(outcome).slice(0, 300)}`];
  }

  close(): void {
    this.#line.close();
  }

  private async send(attempt: Attempt): Promise<Outcome> {
    const own = attempt.headers.map(([name]) => name.toLowerCase());
    const token = this.house.tokens[attempt.viewer as Viewer];
    const more: [string, string][] = own.includes('host') ? [] : [['host', 'fuzz']];
    if (token !== undefined && !own.includes('authorization'))
      more.push(['authorization', `Bearer ${token}`]);
    const version = await this.versionFor(attempt, token);
    const headers = attempt.headers.map(
      ([name, value]) => [name, value.replace(CURRENT_VERSION, version)] as const,
    );
    const head = attempt.method === 'HEAD';
    const last = attempt.framing !== undefined;
    return this.#line.exchange(bytesOf({ ...attempt, headers }, more), { head, last });
  }

  /** The ETag of the thing that the request changes, as its viewer reads it. */
  private async versionFor(attempt: Attempt, token: string | undefined): Promise<string> {
    const unread = '"1"';
    if (!attempt.headers.some(([, value]) => value.includes(CURRENT_VERSION))) return unread;
    const thing = /^\/v1\/[a-z-]+\/[0-9a-f-]{36}(?:\/position(?=$|\?))?/.exec(attempt.target)?.[0];
    if (thing === undefined) return unread;
    const asked = `GET ${thing} HTTP/1.1\r\nhost: fuzz\r\nauthorization: Bearer ${token}\r\n\r\n`;
    const outcome = await this.#line.exchange(Buffer.from(asked));
    return (typeof outcome === 'object' && outcome.headers['etag']) || unread;
  }
}
