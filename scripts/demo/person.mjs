// A client of the API for one person, made of fetch alone.
import { createHash } from 'node:crypto';
import { SetupError } from '../command.mjs';

/** What the API answered instead of doing what was asked. */
class Refusal extends SetupError {
  constructor(asked, { status, code, detail }) {
    const why = [code, detail].filter(Boolean).join(', ') || 'no problem document';
    super(
      `The demonstration data could not be loaded: ${asked} answered ${status} (${why}). ` +
        'COMITY_DEMO=off starts without them',
    );
  }
}

/** Without an address and a password, the public; others sign in when they first act. */
export class Person {
  #url;
  #account;
  #authorization;

  constructor(url, account = {}) {
    this.#url = url;
    this.#account = account;
  }

  /** Alpha-3 code of the State in whose delegation this person sits, if in any. */
  get state() {
    return this.#account.side?.match(/^state:(.+)$/)?.[1];
  }

  get(path) {
    return this.#ask('GET', path);
  }

  /**
   * The idempotency key follows from what is asked, so that asking again after an interruption
   * does nothing twice. `step` tells apart requests that look the same.
   */
  post(path, body, { version, step = '' } = {}) {
    const asked = JSON.stringify([path, body ?? null, step]);
    const key = createHash('sha256').update(asked).digest('base64url');
    const headers = { 'idempotency-key': `demo-${key}`, ...ifMatch(version) };
    return this.#ask('POST', path, { headers, body });
  }

  put(path, body, { version }) {
    return this.#ask('PUT', path, { headers: ifMatch(version), body });
  }

  /** Sends a plain text as the raw body. */
  upload(path, text, { version }) {
    const headers = { 'content-type': 'text/plain', ...ifMatch(version) };
    return this.#ask('PUT', path, { headers, body: text });
  }

  async #ask(method, path, { headers, body } = {}) {
    return send(this.#url, method, path, {
      headers: { ...(await this.#signIn()), ...headers },
      body,
    });
  }

  /** The header of a session, opened with the first request. */
  async #signIn() {
    const { email, password } = this.#account;
    if (email === undefined) return {};
    this.#authorization ??= await send(this.#url, 'POST', '/v1/auth/login', {
      body: { email, password },
    }).then(({ token }) => ({ authorization: `Bearer ${token}` }));
    return this.#authorization;
  }
}

const ifMatch = (version) => (version === undefined ? {} : { 'if-match': `"${version}"` });

/** @throws {Refusal} for every answer but a 2xx */
async function send(url, method, path, { headers, body }) {
  const isJson = typeof body === 'object';
  const request = {
    method,
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
    body: isJson ? JSON.stringify(body) : body,
  };
  const answer = await fetch(`${url}${path}`, request);
  const text = await answer.text();
  if (answer.ok) return text === '' ? undefined : JSON.parse(text);
  const problem = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
  throw new Refusal(`${method} ${path}`, { ...problem, status: answer.status });
}
