import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { World } from '../factories/world.js';

/** What a server says on a socket, to its end. */
interface Said {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: { code?: string; status?: number };
}

function read(text: string): Said {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: body === '' ? {} : (JSON.parse(body) as Said['body']),
  };
}

/** Whoever is slow or says too much is told so and put out; nobody else notices. */
describe('a request that is slow or too large', () => {
  let world: World;
  let port: number;
  let upload: { url: string; version: number; token: string };
  const open = new Set<Socket>();
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z', {
      COMITY_HEADERS_TIMEOUT: '2',
      COMITY_STALL_TIMEOUT: '2',
      COMITY_BODY_TIMEOUT: '6',
    });
    await world.api.app.listen(0, '127.0.0.1');
    ({ port } = world.api.app.getHttpServer().address() as AddressInfo);
    const review = await world.review('SVN');
    const slovenia = await world.delegation('SVN');
    const { body } = await slovenia
      .post(`/v1/reviews/${review}/documents`, { kind: 'national-report', title: 'Ours' })
      .expect(201);
    upload = {
      url: `/v1/documents/${body.id}/content`,
      version: body.version,
      token: slovenia.token!,
    };
  });
  afterAll(async () => {
    for (const socket of open) socket.destroy();
    await world?.stop();
  });

  /** Opens a connection and says something; answers what came back until the other side closed. */
  async function say(text: string, more?: (socket: Socket) => Promise<void>): Promise<Said> {
    const socket = net.connect(port, '127.0.0.1');
    open.add(socket);
    socket.setEncoding('utf8');
    let heard = '';
    socket.on('data', (part: string) => (heard += part));
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.write(text);
    await more?.(socket);
    await closed;
    return read(heard);
  }

  const expectProblem = ({ status, headers, body }: Said, expected: number, code: string): void => {
    expect([status, body.status, body.code]).toEqual([expected, expected, code]);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['connection']).toBe('close');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  };

  const uploading = (length: string): string =>
    [
      `PUT ${upload.url} HTTP/1.1`,
      'Host: x',
      `Authorization: Bearer ${upload.token}`,
      'Content-Type: text/plain',
      `If-Match: "${upload.version}"`,
      `Content-Length: ${length}`,
      '',
      '',
    ].join('\r\n');

  /** Sends a byte now and then, until it is put out. */
  const trickle =
    (every: number, text = 'a') =>
    async (socket: Socket) => {
      while (!socket.destroyed && socket.writable) {
        socket.write(text);
        await sleep(every);
      }
    };

  it('with headers that do not end', async () => {
    const began = Date.now();
    const said = await say('GET /v1/states HTTP/1.1\r\nHost: x\r\n', trickle(300, 'X-A: b\r\n'));
    expectProblem(said, 408, 'request-timeout');
    expect(Date.now() - began).toBeLessThan(30_000);
  });

  it('with a hundred such at once: others are answered at once', async () => {
    const slow = Array.from({ length: 100 }, () => say('GET /v1/states HTTP/1.1\r\nHost:'));
    const worst: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      const began = Date.now();
      expect((await fetch(`http://127.0.0.1:${port}/v1/states/SVN`)).status).toBe(200);
      worst.push(Date.now() - began);
    }
    expect(Math.max(...worst)).toBeLessThan(1000);
    const statuses = (await Promise.all(slow)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([408]));
  });

  it('with headers that are too large', async () => {
    const said = await say(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expectProblem(said, 431, 'headers-too-large');
  });

  it('with an address that is too long, or too many parameters', async () => {
    const ask = async (url: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${url}`);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await ask(`/v1/states?limit=${'1'.repeat(9000)}`)).toEqual([414, 'address-too-long']);
    const many = Array.from({ length: 41 }, (_, n) => `a${n}=1`).join('&');
    expect(await ask(`/v1/states?${many}`)).toEqual([400, 'too-many-parameters']);
    expect(await ask('/v1/states?a=1')).toEqual([400, 'unknown-parameter']);
  });

  it('with something that is no HTTP', async () => {
    expectProblem(await say('HELO mail.example\r\n\r\n'), 400, 'malformed-request');
    expectProblem(
      await say('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n'),
      400,
      'malformed-request',
    );
  });

  it('with a file that stalls: nothing of it is kept', async () => {
    const began = Date.now();
    const said = await say(`${uploading('100000')}${'word '.repeat(100)}`);
    expectProblem(said, 408, 'request-timeout');
    expect(Date.now() - began).toBeLessThan(30_000);
    const stranger = await world.delegation('SVN');
    const { body } = await stranger.get(upload.url.replace('/content', '')).expect(200);
    expect(body.version).toBe(upload.version);
  });

  it('with a body of JSON that stalls', async () => {
    const said = await say(
      'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
        'Content-Length: 100\r\n\r\n{"email":',
    );
    expectProblem(said, 408, 'request-timeout');
  });

  it('with a file that never stalls and never ends', async () => {
    const began = Date.now();
    const said = await say(uploading('100000'), trickle(500));
    expect(Date.now() - began).toBeLessThan(45_000);
    // Its answer may find nobody who listens; what counts is that the connection is gone.
    expect([408, Number.NaN]).toContain(said.status);
  });

  it('is not what breaks off: the next on the same house is served', async () => {
    const socket = net.connect(port, '127.0.0.1');
    socket.write(`${uploading('100000')}word`);
    await sleep(200);
    socket.destroy();
    await sleep(200);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect(world.api.logged()).not.toContain('"msg":"request failed"');
  });

  it('was refused before it was read: the connection goes on', async () => {
    const socket = net.connect(port, '127.0.0.1').setEncoding('utf8');
    open.add(socket);
    let heard = '';
    socket.on('data', (part: string) => (heard += part));
    const refused = uploading('60000').replace(upload.token, 'cs_nobody');
    socket.write(`${refused}${'a'.repeat(60_000)}GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`);
    for (let tries = 0; tries < 50 && !heard.includes('{"status":"ok"}'); tries += 1)
      await sleep(50);
    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(heard).toContain('{"status":"ok"}');
    socket.destroy();
  });
});
