import { Comity } from '../../client/index.js';
import { CallTimes } from './call-times.js';
import { ReplayFault } from './replay-fault.js';

/** Requests on their way at once, and how long one may take (milliseconds). */
const AT_ONCE = 4;
const PATIENCE = 60_000;

/** The wire to one house: a few requests at once, none without an end. */
export class Wire {
  readonly times = new CallTimes();
  /** The house, asked by anyone. */
  readonly anyone: Comity;
  readonly #underWay = new Set<Promise<Response>>();
  readonly #waiting: (() => void)[] = [];
  #closed: Error | undefined;

  /** @param url of the house, without a path */
  constructor(readonly url: string) {
    this.anyone = new Comity({ url, fetch: (request) => this.#send(request) });
  }

  /**
   * Every call from now on fails, for this reason; what is under way is waited for. (Cut off, it
   * would leave a connection that has asked for nothing, on which a server that stops would wait.)
   */
  async close(reason: Error): Promise<void> {
    this.#closed ??= reason;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.allSettled(this.#underWay);
  }

  /** @throws ReplayFault `unreachable` where nothing answers */
  async #send(request: Request): Promise<Response> {
    while (!this.#closed && this.#underWay.size >= AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#closed) throw this.#closed;
    const began = performance.now();
    const answer = this.#exchange(request);
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.times.note(`${request.method} ${pathOf(request)}`, performance.now() - began);
      this.#underWay.delete(answer);
      this.#waiting.shift()?.();
    }
  }

  /** Has the whole answer, so that nothing is left on the connection. */
  async #exchange(request: Request): Promise<Response> {
    try {
      const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
      const bytes = await answer.arrayBuffer();
      return new Response(bytes.byteLength > 0 ? bytes : null, answer);
    } catch (error) {
      const what = `${request.method} ${pathOf(request)} at ${this.url}: ${reasonOf(error)}`;
      throw this.#closed ?? new ReplayFault('unreachable', what);
    }
  }
}

const pathOf = ({ url }: Request): string => new URL(url).pathname;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, message } = cause as { code?: string; message?: string };
  return code || message || String(cause);
}
