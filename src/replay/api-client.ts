import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CallTimes } from './call-times.js';
import { ReplayFault } from './replay-fault.js';

/** Requests on their way at once, and how long one may take (milliseconds). */
const AT_ONCE = 4;
const PATIENCE = 60_000;

const Problem = z.looseObject({
  code: z.string(),
  detail: z.string().optional(),
  errors: z
    .array(z.looseObject({ pointer: z.string().optional(), detail: z.string() }))
    .default([]),
});

/** A problem document (RFC 9457) that came back, with the request that it answers. */
export class ApiProblem extends Error {
  constructor(
    readonly request: string,
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super([`${request}: ${status} ${code}`, detail].filter(Boolean).join(', '));
    this.name = 'ApiProblem';
  }
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token?: string | undefined;
  /** An object goes as JSON, bytes as plain text. */
  readonly body?: object | undefined;
  readonly version?: number | undefined;
}

interface Answer {
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** The wire to one house: a few requests at once, none without an end. */
export class Api {
  readonly times = new CallTimes();
  readonly #underWay = new Set<Promise<Answer>>();
  readonly #waiting: (() => void)[] = [];
  #closed: Error | undefined;

  /** @param url of the house, without a path */
  constructor(readonly url: string) {}

  /**
   * Every call from now on fails, for this reason; what is under way is waited for. (Cut off, it
   * would leave a connection that has asked for nothing, on which a server that stops would wait.)
   */
  async close(reason: Error): Promise<void> {
    this.#closed ??= reason;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.allSettled(this.#underWay);
  }

  /** @throws ApiProblem for an answer that is an error; ReplayFault `unreachable` for none */
  async call(call: Call): Promise<Answer> {
    while (!this.#closed && this.#underWay.size >= AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#closed) throw this.#closed;
    const began = performance.now();
    const answer = this.#exchange(call);
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.times.note(`${call.method} ${call.path}`, performance.now() - began);
      this.#underWay.delete(answer);
      this.#waiting.shift()?.();
    }
  }

  async #exchange({ method, path, token, body, version }: Call): Promise<Answer> {
    const request = `${method} ${path}`;
    const file = body instanceof Uint8Array;
    const headers = new Headers({
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
      ...(body && { 'content-type': file ? 'text/plain' : 'application/json' }),
      ...(file && { 'repr-digest': `sha-256=:${sha256(body, 'base64')}:` }),
    });
    const signal = AbortSignal.timeout(PATIENCE);
    const content = body && (file ? body : JSON.stringify(body));
    let response: Response;
    let bytes: Buffer;
    try {
      response = await fetch(this.url + path, { method, headers, body: content, signal });
      bytes = Buffer.from(await response.arrayBuffer());
    } catch (error) {
      const why = `${request} at ${this.url}: ${reasonOf(error)}`;
      throw this.#closed ?? new ReplayFault('unreachable', why);
    }
    if (response.ok) return { headers: response.headers, bytes };
    throw problemOf(request, response.status, bytes.toString());
  }
}

/** Requests with somebody's session, or with nobody's; every answer is checked for its shape. */
export class Session {
  constructor(
    readonly api: Api,
    private readonly token?: string,
  ) {}

  get<S extends z.ZodType>(path: string, shape: S): Promise<z.infer<S>> {
    return this.#send({ method: 'GET', path }, shape);
  }

  /** @param version of what it changes, where the operation asks for If-Match */
  post<S extends z.ZodType>(
    path: string,
    body: object | undefined,
    shape: S,
    version?: number,
  ): Promise<z.infer<S>> {
    return this.#send({ method: 'POST', path, body, version }, shape);
  }

  /** @param body an object, or the bytes of a text */
  put<S extends z.ZodType>(
    path: string,
    body: object,
    shape: S,
    version: number,
  ): Promise<z.infer<S>> {
    return this.#send({ method: 'PUT', path, body, version }, shape);
  }

  async bytes(path: string): Promise<Buffer> {
    return (await this.api.call({ method: 'GET', path, token: this.token })).bytes;
  }

  /** Every item of a list, page by page along `Link: rel="next"`. */
  async list<S extends z.ZodType>(path: string, item: S): Promise<z.infer<S>[]> {
    const shape = z.looseObject({ items: z.array(item) });
    const found: z.infer<S>[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const call: Call = { method: 'GET', path: next, token: this.token };
      const { headers, bytes } = await this.api.call(call);
      found.push(...parse(call, bytes, shape).items);
      next = /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    return found;
  }

  async #send<S extends z.ZodType>(call: Call, shape: S): Promise<z.infer<S>> {
    const { bytes } = await this.api.call({ ...call, token: this.token });
    return parse(call, bytes, shape);
  }
}

export const sha256 = (bytes: Uint8Array, encoding: 'hex' | 'base64' = 'hex'): string =>
  createHash('sha256').update(bytes).digest(encoding);

/** @throws ApiProblem `unexpected-answer` when the answer hasn't the shape that it should have */
function parse<S extends z.ZodType>(call: Call, bytes: Buffer, shape: S): z.infer<S> {
  const parsed = shape.safeParse(readJson(bytes.toString()));
  if (parsed.success) return parsed.data;
  const request = `${call.method} ${call.path}`;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ApiProblem(request, 200, 'unexpected-answer', faults.join('; '));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(request: string, status: number, text: string): ApiProblem {
  const { success, data } = Problem.safeParse(readJson(text));
  if (!success) return new ApiProblem(request, status, 'no-problem-document', '');
  const faults = data.errors.map(({ pointer = '', detail }) => `${pointer} ${detail}`.trim());
  const detail = [data.detail, ...faults].filter(Boolean).join('; ');
  return new ApiProblem(request, status, data.code, detail);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, message } = cause as { code?: string; message?: string };
  return code || message || String(cause);
}
