import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { lookupOf, resolverFor, TargetRefused, type Resolve } from './resolve-target.js';
import { faultOfUrl, type Targets } from './targets.rules.js';

/** Milliseconds for all of it, for the connection alone, and for what an answer says. */
const PATIENCE = { whole: 15_000, connection: 5000, words: 2000 };
/** Bytes of an answer that are read, and characters that are kept. */
const READ = 4096;
const KEPT = 200;
/** Connections that stay open for what comes next, and are closed when idle; how many, is known elsewhere. */
const POOL = { keepAlive: true, timeout: 30_000 };

/** Says of a letter that it may have come before. */
export const REPEATED = { 'comity-again': 'true' };

/** What is posted: the headers beside those of HTTP itself, and the body. */
export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the other side said. */
export interface Answer {
  readonly status: number;
  /** The beginning of the body, on one line. */
  readonly words: string;
  readonly retryAfter: string | undefined;
}

/** Nothing was heard from the other side; the message says why, and no address. */
export class Unreached extends Error {}

/**
 * Posts to addresses of people's choosing: to public ones alone, each looked at where the connection
 * is made; redirects lead nowhere, for nobody follows them.
 */
export class PostLetter {
  readonly #agents: { 'http:': http.Agent; 'https:': https.Agent };
  readonly #whole: number;

  constructor(
    private readonly targets: Targets,
    {
      resolve = resolverFor(targets),
      whole = PATIENCE.whole,
    }: { resolve?: Resolve; whole?: number } = {},
  ) {
    const pool = { ...POOL, lookup: lookupOf(resolve, targets) };
    this.#agents = { 'http:': new http.Agent(pool), 'https:': new https.Agent(pool) };
    this.#whole = whole;
  }

  /** @throws Unreached where nobody answered, or the address is none to post to */
  async post(url: string, posted: Posted): Promise<Answer> {
    const fault = faultOfUrl(url, this.targets);
    if (fault) throw new Unreached(`the address ${fault}`);
    const signal = AbortSignal.timeout(this.#whole);
    try {
      return await this.once(new URL(url), posted, signal);
    } catch (error) {
      // A connection that was kept open had been closed by the other side meanwhile, most likely before
      // the letter: nobody knows.
      if (!(error instanceof Stale)) throw error;
      const headers = { ...posted.headers, ...REPEATED };
      return await this.once(new URL(url), { ...posted, headers }, signal);
    }
  }

  /** Closes what is kept open. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  private async once(url: URL, { headers, body }: Posted, signal: AbortSignal): Promise<Answer> {
    const protocol = url.protocol as 'http:' | 'https:';
    const { request } = protocol === 'https:' ? https : http;
    const agent = this.#agents[protocol];
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const call = request(url, { method: 'POST', agent, headers, signal });
      call.once('socket', limitConnecting);
      call.once('response', resolve);
      call.on('error', (error: NodeJS.ErrnoException) => {
        const stale = call.reusedSocket && error.code === 'ECONNRESET';
        reject(stale ? new Stale() : new Unreached(reasonOf(error, signal)));
      });
      call.end(body);
    });
    return readAnswer(answer);
  }
}

class Stale extends Unreached {
  constructor() {
    super('the connection was closed before an answer came');
  }
}

function limitConnecting(socket: Socket): void {
  if (!socket.connecting) return;
  const wait = setTimeout(
    () => socket.destroy(new TargetRefused('no connection came about in time')),
    PATIENCE.connection,
  );
  const made = 'encrypted' in socket ? 'secureConnect' : 'connect';
  for (const event of [made, 'close']) socket.once(event, () => clearTimeout(wait));
}

function reasonOf(error: NodeJS.ErrnoException, signal: AbortSignal): string {
  if (error instanceof TargetRefused) return error.message;
  if (signal.aborted) return 'no answer came in time';
  return `no answer came: ${error.code ?? 'the connection failed'}`;
}

/** The status is what counts: what is said beside it is read as far as it comes soon and is short. */
async function readAnswer(answer: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = answer;
  const chunks: Buffer[] = [];
  let size = 0;
  const wait = setTimeout(() => answer.destroy(), PATIENCE.words);
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= READ) break;
    }
  } catch {
    // Cut off: what came stands.
  } finally {
    clearTimeout(wait);
  }
  const text = Buffer.concat(chunks).subarray(0, READ).toString();
  const words = [...text.replaceAll(/[\p{C}\s]+/gu, ' ').trim()].slice(0, KEPT).join('');
  return { status, words, retryAfter: headers['retry-after'] };
}
