import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { Refused } from '../refused.js';
import { Scanner } from './scanner.js';

const REPLY = /^stream: (?:(OK)|(.{1,200}) FOUND)$/;
const MAX_REPLY = 4_096;

/**
 * ClamAV's daemon, by its own protocol: `INSTREAM`, then chunks with their lengths before them,
 * a length of 0, and one line back. It is written out here, for it is shorter than what a
 * library would need to be told, and every way in which it can fail must end in a refusal.
 */
export class ClamavScanner extends Scanner {
  constructor(
    private readonly address: string,
    private readonly log: Logger,
    private readonly timeoutMs = 30_000,
  ) {
    super();
  }

  async scan(source: Readable): Promise<void> {
    const late = AbortSignal.timeout(this.timeoutMs);
    const socket = this.dial();
    const stop = () => socket.destroy(new Error(`no answer within ${this.timeoutMs} ms`));
    late.addEventListener('abort', stop);
    let name: string | undefined;
    try {
      const reply = replyOf(socket);
      // It is awaited when all has been sent; until then its failure is nobody's.
      reply.catch(() => undefined);
      await Promise.race([send(source, socket), reply]);
      const [, clean, found] = REPLY.exec(await reply) ?? [];
      if (!clean && !found) throw new Error(`it answers: ${(await reply).slice(0, 200)}`);
      name = found;
    } catch (error) {
      this.log.error({ err: error }, 'the malware scanner could not look at an upload');
      throw new Refused('unavailable');
    } finally {
      late.removeEventListener('abort', stop);
      source.destroy();
      socket.destroy();
    }
    if (name === undefined) return;
    this.log.warn({ signature: name }, 'malware found in an upload');
    throw new Refused('malware-found', { signature: name });
  }

  private dial(): Socket {
    if (this.address.startsWith('unix:')) return connect(this.address.slice('unix:'.length));
    const { hostname, port } = new URL(this.address);
    return connect(Number(port), hostname.replaceAll(/[[\]]/g, ''));
  }
}

async function send(source: Readable, socket: Socket): Promise<void> {
  const write = async (bytes: Buffer) => {
    if (!socket.write(bytes)) await once(socket, 'drain');
  };
  await write(Buffer.from('zINSTREAM\0'));
  for await (const chunk of source) {
    const bytes = chunk as Buffer;
    if (bytes.length > 0) await write(Buffer.concat([lengthOf(bytes.length), bytes]));
  }
  await write(lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** The line that comes back, up to its closing zero. */
function replyOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk.toString('utf8');
      if (said.includes('\0')) resolve(said.slice(0, said.indexOf('\0')).trim());
      else if (said.length > MAX_REPLY) reject(new Error('its answer has no end'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('it hung up')));
  });
}
