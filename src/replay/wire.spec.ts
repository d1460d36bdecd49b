import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallTimes, percentile } from './call-times.js';
import { Wire } from './wire.js';

let [atOnce, most] = [0, 0];

/** A little house that takes its time. */
async function answer(response: ServerResponse): Promise<void> {
  most = Math.max(most, (atOnce += 1));
  await sleep(20);
  atOnce -= 1;
  response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
}

describe('the wire to a house', () => {
  const server = createServer((_request, response) => void answer(response));
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('has four requests under way at most', async () => {
    const { anyone, times } = new Wire(url);
    const calls = Array.from({ length: 12 }, () => anyone.get('/health/live'));
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ status: 'ok' })));
    expect(most).toBe(4);
    expect(times.lines(1)[1]).toMatch(/^ +12 GET \/health\/live: p50 \d+ ms/);
  });

  it('ends: what is under way arrives, what waits and what comes fails', async () => {
    const closing = new Wire(url);
    const calls = Array.from({ length: 6 }, () => closing.anyone.get('/health/live'));
    const settled = Promise.allSettled(calls);
    await sleep(10); // until four are under way
    await closing.close(new Error('the end'));
    expect((await settled).map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => 'fulfilled'),
      ...Array.from({ length: 2 }, () => 'rejected'),
    ]);
    await expect(closing.anyone.get('/health/live')).rejects.toThrow('the end');
  });

  it('names a house that isn’t there', async () => {
    const nowhere = new Wire('http://127.0.0.1:9');
    await expect(nowhere.anyone.get('/v1/me')).rejects.toThrow('unreachable: GET /v1/me at');
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
