import createClient from 'openapi-fetch';
import type {
  Answer,
  Asked,
  DryRun,
  DryRunPath,
  ItemOf,
  ListPath,
  Method,
  PathOf,
  Rest,
  UploadPath,
} from './operations.js';
import { patient, type Fetch, type Patience } from './patience.js';
import { ComityProblem } from './problem.js';
import type { paths } from './schema.js';

export interface Settings extends Patience {
  /** Of the house, without a path: `https://comity.example`. */
  readonly url: string;
  /** Of a session; without one, the public asks. */
  readonly token?: string | undefined;
  /** Instead of the global one. */
  readonly fetch?: Fetch;
}

interface Call {
  readonly path?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly version?: number;
  readonly idempotencyKey?: string;
}
interface Raw {
  readonly headers?: Record<string, string>;
  readonly parseAs?: 'arrayBuffer';
}
interface Exchange {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
type Send = (method: Method, path: string, init: object) => Promise<Exchange>;

/** The bytes to upload, and what they are. */
interface File {
  readonly bytes: Uint8Array;
  /** Plain text unless said. */
  readonly mediaType?: string;
}

/** A house of Comity, asked by one person, or by anyone. Every call rejects with a ComityProblem. */
export class Comity {
  readonly #settings: Settings;
  readonly #send: Send;

  constructor(settings: Settings) {
    const { url, fetch = (request) => globalThis.fetch(request) } = settings;
    this.#settings = settings;
    const wire = createClient<paths>({ baseUrl: url, fetch: patient(fetch, settings) });
    this.#send = (wire as unknown as { request: Send }).request.bind(wire);
  }

  get url(): string {
    return this.#settings.url;
  }
  get token(): string | undefined {
    return this.#settings.token;
  }

  /** The same house, asked by somebody else; by anyone, without a token. */
  as(token?: string): Comity {
    return new Comity({ ...this.#settings, token });
  }

  /** The same house, asked by who signs in. */
  async signIn(credentials: { email: string; password: string }): Promise<Comity> {
    const { token } = await this.as().post('/v1/auth/login', { body: credentials });
    return this.as(token);
  }

  get<P extends PathOf<'get'>>(path: P, ...[asked]: Rest<Asked<P, 'get'>>) {
    return this.#json<Answer<P, 'get'>>('get', path, asked);
  }
  post<P extends PathOf<'post'>>(path: P, ...[asked]: Rest<Asked<P, 'post'>>) {
    return this.#json<Answer<P, 'post'>>('post', path, asked);
  }
  put<P extends Exclude<PathOf<'put'>, UploadPath>>(path: P, ...[asked]: Rest<Asked<P, 'put'>>) {
    return this.#json<Answer<P, 'put'>>('put', path, asked);
  }
  patch<P extends PathOf<'patch'>>(path: P, ...[asked]: Rest<Asked<P, 'patch'>>) {
    return this.#json<Answer<P, 'patch'>>('patch', path, asked);
  }
  delete<P extends PathOf<'delete'>>(path: P, ...[asked]: Rest<Asked<P, 'delete'>>) {
    return this.#json<Answer<P, 'delete'>>('delete', path, asked);
  }

  /** Runs everything, changes nothing, and says what would happen. */
  dryRun<P extends DryRunPath>(path: P, ...[asked]: Rest<Asked<P, 'post'>>): Promise<DryRun> {
    const call = asked as Call | undefined;
    return this.#json('post', path, { ...call, query: { ...call?.query, dryRun: 'true' } });
  }

  /** Every item of a list, page after page as they are needed. */
  async *list<P extends ListPath>(
    path: P,
    ...[asked]: Rest<Asked<P, 'get'>>
  ): AsyncGenerator<ItemOf<P>, void, undefined> {
    const call = asked as Call | undefined;
    let cursor: string | null | undefined;
    do {
      const query = { ...call?.query, ...(cursor && { cursor }) };
      const page = await this.#json<{ items: ItemOf<P>[]; next: string | null }>('get', path, {
        ...call,
        query,
      });
      yield* page.items;
      cursor = page.next;
    } while (cursor !== null);
  }

  /** Every item of a list at once. */
  async all<P extends ListPath>(path: P, ...rest: Rest<Asked<P, 'get'>>): Promise<ItemOf<P>[]> {
    const items: ItemOf<P>[] = [];
    for await (const item of this.list(path, ...rest)) items.push(item);
    return items;
  }

  /** Sends a file as it is, with its digest (RFC 9530) for the server to check. */
  async upload<P extends UploadPath>(
    path: P,
    { bytes, mediaType = 'text/plain', ...asked }: Asked<P, 'put'> & File,
  ): Promise<Answer<P, 'put'>> {
    const headers = { 'content-type': mediaType, 'repr-digest': await digestOf(bytes) };
    const { data } = await this.#ask('put', path, { ...asked, body: bytes }, { headers });
    return data as Answer<P, 'put'>;
  }

  /** The bytes of a file, held against the digest that came with them. */
  async download<P extends PathOf<'get'>>(
    path: P,
    ...[asked]: Rest<Asked<P, 'get'>>
  ): Promise<Uint8Array> {
    const { data, response } = await this.#ask('get', path, asked, { parseAs: 'arrayBuffer' });
    const bytes = new Uint8Array(data as ArrayBuffer);
    const digest = response.headers.get('repr-digest');
    if (digest === null || digest === (await digestOf(bytes))) return bytes;
    throw new Error(`GET ${path}: the bytes are not those of the digest that came with them`);
  }

  async #json<T>(method: Method, path: string, asked?: object): Promise<T> {
    return (await this.#ask(method, path, asked)).data as T;
  }

  async #ask(method: Method, path: string, asked: Call = {}, raw: Raw = {}): Promise<Exchange> {
    const { body, version, idempotencyKey = crypto.randomUUID() } = asked;
    const { token } = this.#settings;
    const exchange = await this.#send(method, path, {
      params: { path: asked.path, query: asked.query },
      ...(body !== undefined && { body }),
      ...(body instanceof Uint8Array && { bodySerializer: (bytes: Uint8Array) => bytes }),
      ...(raw.parseAs && { parseAs: raw.parseAs }),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(method === 'post' && { 'idempotency-key': idempotencyKey }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...raw.headers,
      },
    });
    if (exchange.response.ok) return exchange;
    const request = `${method.toUpperCase()} ${filled(path, asked.path)}`;
    throw new ComityProblem(request, exchange.response, exchange.error);
  }
}

const filled = (path: string, values: object = {}): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String((values as never)[name]));

async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(hash)))}:`;
}
