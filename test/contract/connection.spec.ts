import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { Line, type Answer } from '../fuzz/line.js';
import { startApi, type TestApi } from '../setup/api.js';

/** What the server itself refuses, before any operation: in the same manner as all else. */
describe('a request that is none', () => {
  let api: TestApi;
  let port: number;
  beforeAll(async () => {
    api = await startApi();
    await api.app.listen(0, '127.0.0.1');
    ({ port } = api.app.getHttpServer().address() as AddressInfo);
  });
  afterAll(() => api?.stop());

  const send = async (...lines: string[]): Promise<Answer> => {
    const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
    const line = new Line(port);
    const outcome = await line.exchange(bytes);
    line.close();
    if (typeof outcome === 'string') throw new Error(outcome);
    return outcome;
  };

  it.each(['GET / HTTP/9.9', 'GET / HTTP/1.1\r\nbad name: x'])(
    'is refused as a problem (%j), and the line is closed',
    async (line) => {
      const { status, headers, text } = await send(line);
      expect(JSON.parse(text)).toMatchObject({ status: 400, code: 'malformed-request' });
      expect([status, headers['connection']]).toEqual([400, 'close']);
    },
  );

  it('is served when only its expectation is unknown', async () => {
    const { status } = await send('GET /v1/states/SVN HTTP/1.1', 'host: x', 'expect: 200-ok');
    expect(status).toBe(200);
  });

  it.each(['klingon', '/', 'a/b/c', 'text'])(
    'has a content type (%s) that is none, and is looked at in the usual order',
    async (type) => {
      const more = ['host: x', `content-type: ${type}`, 'content-length: 0'];
      expect((await send('POST /v1/auth/logout HTTP/1.1', ...more)).status).toBe(401);
      const { status, text } = await send('POST /v1/auth/login HTTP/1.1', ...more);
      expect(JSON.parse(text)).toMatchObject({ code: 'unsupported-media-type' });
      expect(status).toBe(415);
    },
  );
});
