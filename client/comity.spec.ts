import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Comity, ComityProblem } from './index.js';

interface Seen {
  readonly call: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
const seen: Seen[] = [];
let answers: ((response: ServerResponse) => void)[] = [];

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
  };
const problem = (code: string, status: number, more: object = {}, headers = {}) =>
  json({ type: `urn:comity:problem:${code}`, title: code, status, code, ...more }, status, headers);

const DIGEST = 'sha-256=:mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE=:'; // of "text"
const path = { id: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10' };

/** Never run: compiles only while the types refuse what the contract refuses. */
async function refusedByTypes(house: Comity): Promise<void> {
  // @ts-expect-error a move needs the version that it changes
  await house.post('/v1/reviews/{id}/moves', { path, body: { move: 'a' } });
  // @ts-expect-error an address with a hole needs what fills it
  await house.get('/v1/reviews/{id}');
  // @ts-expect-error accounts are not made as a dry run
  await house.dryRun('/v1/accounts', { body: { email: 'x', name: 'a', password: 'b' } });
  // @ts-expect-error an unknown parameter
  await house.get('/v1/reviews', { query: { colour: 'red' } });
  // @ts-expect-error not a list
  await house.all('/v1/me');
  // @ts-expect-error not a file
  await house.upload('/v1/me/password', { bytes: new Uint8Array() });
}

describe('the client', () => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ call: `${request.method} ${request.url}`, headers: request.headers, body });
      answers.shift()?.(response);
    });
  });
  let house: Comity;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    house = new Comity({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    seen.length = 0;
  });
  const calls = () => seen.map(({ call }) => call);

  it('signs in, and carries the session from then on', async () => {
    answers = [json({ token: 'secret', expiresAt: '2027-05-03T11:00:00Z' }), json({ seats: [] })];
    const person = await house.signIn({ email: 'a@b.example', password: 'long enough' });
    await person.get('/v1/me');
    expect(calls()).toEqual(['POST /v1/auth/login', 'GET /v1/me']);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer secret']);
    expect(house.token).toBeUndefined();
  });

  it('sends the version that it changes, and a key of its own making or mine', async () => {
    answers = [json({ version: 8 }), json({ version: 9 })];
    const asked = { path, version: 7, body: { move: 'issue-documents' } };
    const review = await house.post('/v1/reviews/{id}/moves', asked);
    await house.post('/v1/reviews/{id}/moves', { ...asked, idempotencyKey: 'a key of mine' });
    expect(review.version).toBe(8);
    expect(calls()[0]).toBe(`POST /v1/reviews/${path.id}/moves`);
    const [first, second] = seen;
    expect(first).toMatchObject({
      headers: {
        'if-match': '"7"',
        'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ move: 'issue-documents' }),
    });
    expect(second).toMatchObject({ headers: { 'idempotency-key': 'a key of mine' } });
  });

  it('asks what would happen', async () => {
    answers = [json({ ok: true, refusals: [], deadlines: [] })];
    const told = await house.dryRun('/v1/reviews', { body: { slotId: path.id } });
    expect([told.ok, calls()]).toEqual([true, ['POST /v1/reviews?dryRun=true']]);
  });

  it('reads a list page by page, only as far as it is read', async () => {
    const page = (items: string[], next: string | null) =>
      json({ items: items.map((iso3) => ({ iso3 })), next });
    answers = [page(['ALB', 'BRA'], 'two'), page(['SVN'], null)];
    const states = await house.all('/v1/states', { query: { limit: 2 } });
    expect(states.map(({ iso3 }) => iso3)).toEqual(['ALB', 'BRA', 'SVN']);
    expect(calls()).toEqual(['GET /v1/states?limit=2', 'GET /v1/states?limit=2&cursor=two']);
    answers = [page(['ALB', 'BRA'], 'two')];
    for await (const { iso3 } of house.list('/v1/states')) if (iso3 === 'ALB') break;
    expect(seen).toHaveLength(3);
  });

  it('uploads bytes with their digest, and checks the digest of what it downloads', async () => {
    const bytes = new TextEncoder().encode('text');
    const text = (response: ServerResponse) =>
      response.writeHead(200, { 'repr-digest': DIGEST, 'content-type': 'text/plain' });
    answers = [
      json({ version: 2 }),
      (response) => void text(response).end('text'),
      (response) => void text(response).end('test'),
    ];
    const content = '/v1/documents/{id}/content';
    await house.upload(content, { path, version: 1, bytes, query: { language: 'sl' } });
    expect(calls()).toEqual([`PUT /v1/documents/${path.id}/content?language=sl`]);
    expect(seen[0]).toMatchObject({
      body: 'text',
      headers: { 'repr-digest': DIGEST, 'content-type': 'text/plain', 'if-match': '"1"' },
    });
    expect(await house.download(content, { path })).toEqual(bytes);
    await expect(house.download(content, { path })).rejects.toThrow('are not those of the digest');
  });

  it('throws a problem with its code, facts and faults, and names what was asked', async () => {
    const errors = [{ pointer: '/text', detail: 'too short' }];
    const facts = { limit: 3 };
    const more = { detail: 'look', errors, facts };
    answers = [problem('invalid-content', 422, more, { 'x-correlation-id': 'c-1' })];
    const refused = house.get('/v1/reviews/{id}', { path });
    await expect(refused).rejects.toThrow(
      `GET /v1/reviews/${path.id}: 422 invalid-content, look; /text too short`,
    );
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-content',
      status: 422,
      facts,
      errors,
      correlationId: 'c-1',
    });
    answers = [(response) => void response.writeHead(502).end('<html>')];
    const broken = house.get('/v1/me');
    await expect(broken).rejects.toBeInstanceOf(ComityProblem);
    await expect(broken).rejects.toThrow('GET /v1/me: 502 no-problem-document');
  });

  it('sends again what the house could not take, the same key and all, when it may', async () => {
    answers = [
      problem('unavailable', 503, {}, { 'retry-after': '0' }),
      problem('too-many-attempts', 429, {}, { 'retry-after': new Date(0).toUTCString() }),
      json({ id: 'made' }),
    ];
    const made = await house.post('/v1/reviews', { body: { slotId: path.id } });
    expect([made.id, seen.length]).toEqual(['made', 3]);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    ['it would have to wait too long', { 'retry-after': '900' }, 1],
    ['it is not told when', {}, 1],
    ['it has tried often enough', { 'retry-after': '0' }, 4],
  ])('gives up when %s', async (_, headers: Record<string, string>, times) => {
    answers = Array.from({ length: 9 }, () => problem('unavailable', 503, {}, headers));
    await expect(house.get('/v1/me')).rejects.toMatchObject({ code: 'unavailable' });
    expect(seen).toHaveLength(times);
  });

  it('has types that refuse what the contract refuses', () => {
    expect(refusedByTypes).toEqual(expect.any(Function)); // the compiler has looked at it
  });
});
