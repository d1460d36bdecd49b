import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Api, Session } from './api-client.js';
import { CallTimes, percentile } from './call-times.js';

const Item = z.looseObject({ n: z.int() });
let [atOnce, most] = [0, 0];
let seen: IncomingMessage['headers'] = {};

/** A little house: a list of two pages, a slow room, and a door that refuses. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  seen = request.headers;
  const url = request.url ?? '';
  if (url === '/list') response.setHeader('link', '</list?cursor=x>; rel="next"');
  if (url === '/refused') {
    response.statusCode = 422;
    const errors = [{ pointer: '/text', detail: 'too short' }];
    response.end(JSON.stringify({ code: 'invalid-content', detail: 'look', errors }));
  } else if (url === '/slow') {
    most = Math.max(most, (atOnce += 1));
    await sleep(20);
    atOnce -= 1;
    response.end('{"n":1}');
  } else if (url === '/broken') {
    response.statusCode = 502;
    response.end('<html>');
  } else {
    response.end(JSON.stringify({ items: [{ n: url === '/list' ? 1 : 2 }] }));
  }
}

describe('a client of the API', () => {
  const server = createServer((request, response) => void answer(request, response));
  let api: Api;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    api = new Api(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => void server.close());

  it('reads every page of a list', async () => {
    expect(await new Session(api).list('/list', Item)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('shows a problem with its code, its details and the request', async () => {
    const session = new Session(api);
    await expect(session.post('/refused', {}, Item)).rejects.toThrow(
      'POST /refused: 422 invalid-content, look; /text too short',
    );
    await expect(session.get('/broken', Item)).rejects.toThrow('502 no-problem-document');
    await expect(session.get('/list', Item)).rejects.toThrow('unexpected-answer');
  });

  it('sends a session, a key, a version and a digest', async () => {
    await new Session(api, 'token').post('/slow', { a: 1 }, Item, 7);
    expect(seen).toMatchObject({
      authorization: 'Bearer token',
      'if-match': '"7"',
      'content-type': 'application/json',
    });
    expect(seen['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    await new Session(api).put('/slow', Buffer.from('text'), Item, 1);
    expect(seen).toMatchObject({
      'content-type': 'text/plain',
      'repr-digest': 'sha-256=:mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE=:',
    });
  });

  it('has four requests under way at most', async () => {
    const session = new Session(api);
    await Promise.all(Array.from({ length: 12 }, () => session.get('/slow', Item)));
    expect(most).toBe(4);
  });

  it('ends: what is under way arrives, what waits and what comes fails', async () => {
    const closing = new Api(api.url);
    const session = new Session(closing);
    const calls = Array.from({ length: 6 }, () => session.get('/slow', Item));
    const settled = Promise.allSettled(calls);
    await closing.close(new Error('the end'));
    expect((await settled).map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => 'fulfilled'),
      ...Array.from({ length: 2 }, () => 'rejected'),
    ]);
    await expect(session.get('/slow', Item)).rejects.toThrow('the end');
  });

  it('names a house that isn’t there', async () => {
    const nowhere = new Session(new Api('http://127.0.0.1:9'));
    await expect(nowhere.get('/v1/me', Item)).rejects.toThrow('unreachable: GET /v1/me');
  });
});

describe('the times of calls', () => {
  it('are told for all, then for the operations that took most', () => {
    const times = new CallTimes();
    const id = '3f2b9c1a-0000-4000-8000-000000000000';
    for (const ms of [1, 2, 3]) times.note(`GET /v1/reviews/${id}?a=b`, ms);
    times.note('POST /v1/reviews', 100);
    expect(times.lines(1)).toEqual([
      '    4 calls: p50 2 ms, p95 100 ms',
      '    1 POST /v1/reviews: p50 100 ms, p95 100 ms',
    ]);
    expect(times.lines(2)[2]).toBe('    3 GET /v1/reviews/{id}: p50 2 ms, p95 3 ms');
    expect(percentile([], 0.5)).toBe(0);
  });
});
