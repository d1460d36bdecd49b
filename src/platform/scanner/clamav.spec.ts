import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import {
  describeOnClamav,
  EICAR,
  OWN_PATTERN,
  startClamd,
  type Clamd,
} from '../../../test/setup/clamav.js';
import { ClamavScanner } from './clamav.js';

const lines: string[] = [];
const log = pino({ base: {} }, { write: (line: string) => lines.push(line) });
const scanner = (address: string, timeoutMs?: number) => new ClamavScanner(address, log, timeoutMs);
const parts = (...texts: (string | Buffer)[]) =>
  Readable.from(texts.map((text) => Buffer.from(text as string)));
const UNAVAILABLE = { code: 'unavailable', facts: {} };

await describeOnClamav('the real ClamAV', () => {
  let clamd: Clamd;
  const unix = () => `unix:${clamd.socket}`;
  beforeAll(async () => {
    clamd = await startClamd(async (socket) => {
      if (!existsSync(socket)) return false;
      return scanner(`unix:${socket}`)
        .scan(parts('ready?'))
        .then(
          () => true,
          () => false,
        );
    });
    lines.length = 0;
  });
  afterAll(() => clamd?.stop());

  it('lets a clean file pass, an empty one and a large one too', async () => {
    await scanner(unix()).scan(parts('Words.', ' And more words.'));
    await scanner(unix()).scan(parts(''));
    await scanner(unix()).scan(
      parts(...Array.from({ length: 15 }, () => Buffer.alloc(100_000, 7))),
    );
    expect(lines).toEqual([]);
  });

  it.each([
    ['EICAR', [EICAR], 'Eicar-Test-Signature'],
    [
      'a pattern over two chunks',
      ['before ', OWN_PATTERN.slice(0, 9), OWN_PATTERN.slice(9)],
      'Comity.Test',
    ],
  ])('refuses %s by name', async (_, texts, name) => {
    await expect(scanner(unix()).scan(parts(...texts))).rejects.toMatchObject({
      code: 'malware-found',
      facts: { signature: expect.stringContaining(name) },
    });
    expect(lines.pop()).toContain(name);
  });

  it('takes nothing that is too large to be looked at', async () => {
    const large = parts(...Array.from({ length: 50 }, () => Buffer.alloc(100_000, 7)));
    await expect(scanner(unix()).scan(large)).rejects.toMatchObject(UNAVAILABLE);
    expect(large.destroyed).toBe(true);
  });

  it('takes nothing while the daemon hangs, and says so in bounded time', async () => {
    process.kill(clamd.pid, 'SIGSTOP');
    try {
      const started = performance.now();
      await expect(scanner(unix(), 500).scan(parts('Words.'))).rejects.toMatchObject(UNAVAILABLE);
      expect(performance.now() - started).toBeLessThan(30_000);
    } finally {
      process.kill(clamd.pid, 'SIGCONT');
    }
    await scanner(unix()).scan(parts('Words.'));
  });

  it('takes nothing when the daemon is gone', async () => {
    await clamd.stop();
    await expect(scanner(unix()).scan(parts('Words.'))).rejects.toMatchObject(UNAVAILABLE);
    expect(lines.pop()).toContain('could not look at an upload');
  });
});

/** What a daemon may do that the real one can't be made to. */
describe('over TCP', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  async function peer(answer: string | null): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () =>
        answer === null ? socket.destroy() : answer && socket.write(answer),
      );
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('reads one answer, up to its end', async () => {
    const source = parts('Words.');
    await scanner(await peer('stream: OK\0')).scan(source);
    expect(source.destroyed).toBe(true);
  });

  it.each([
    ['hangs up', null],
    ['never answers', ''],
    ['answers something else', 'stream: something ERROR\0'],
    ['says OK of something else', 'other: OK\0'],
    ['talks without end', 'x'.repeat(10_000)],
  ])('takes nothing when the other side %s', async (_, answer) => {
    const address = await peer(answer);
    await expect(scanner(address, 500).scan(parts('Words.'))).rejects.toMatchObject(UNAVAILABLE);
  });

  it('takes nothing when the source breaks off', async () => {
    const source = new Readable({ read: () => source.destroy(new Error('gone')) });
    const address = await peer('');
    await expect(scanner(address, 500).scan(source)).rejects.toMatchObject(UNAVAILABLE);
  });
});
