import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}
/** What comes of a request: an answer, or the end of the connection, or neither in time. */
export type Outcome = Answer | 'closed' | 'silent';

/** A refusal that is not read in this time counts as none. */
const PATIENCE = 15_000;

/** A connection that is kept while the server keeps it, and sends any bytes at all. */
export class Line {
  #socket: net.Socket | undefined;

  constructor(private readonly port: number) {}

  /** @param last the connection breaks off after the bytes, and is not used again */
  async exchange(bytes: Buffer, { head = false, last = false } = {}): Promise<Outcome> {
    const socket = last ? this.open() : (this.#socket ??= this.open());
    const outcome = await Promise.race([
      reading(socket, bytes, { head, last }),
      sleep(PATIENCE, 'silent' as const, { ref: false }),
    ]);
    const ended = typeof outcome === 'string' || outcome.headers['connection'] === 'close';
    if (last || ended || socket.destroyed) {
      socket.destroy();
      if (!last) this.#socket = undefined;
    }
    return outcome;
  }

  close(): void {
    this.#socket?.destroy();
  }

  private open(): net.Socket {
    const socket = net.connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    // Told by `close`, which follows.
    socket.on('error', () => undefined);
    return socket;
  }
}

function reading(
  socket: net.Socket,
  bytes: Buffer,
  { head, last }: { head: boolean; last: boolean },
): Promise<Answer | 'closed'> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const finish = (answer: Answer | 'closed'): void => {
      socket.off('data', onData).off('close', onClose);
      resolve(answer);
    };
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const answer = readAnswer(received, head, false);
      if (answer) finish(answer);
    };
    const onClose = (): void => finish(readAnswer(received, head, true) ?? 'closed');
    socket.on('data', onData).on('close', onClose);
    if (last) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** The answer that the bytes hold, once it is whole; whatever came last when the line is closed. */
function readAnswer(bytes: Buffer, head: boolean, closed: boolean): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  const rest = bytes.subarray(end + 4);
  if (status < 200) return readAnswer(rest, head, closed);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = head || status === 204 || status === 304 ? '' : bodyOf(headers, rest, closed);
  return body === undefined ? undefined : { status, headers, text: body };
}

function bodyOf(
  headers: Record<string, string>,
  rest: Buffer,
  closed: boolean,
): string | undefined {
  const { 'content-length': length, 'transfer-encoding': coding } = headers;
  if (coding === 'chunked') return unchunked(rest);
  if (length === undefined) return closed ? rest.toString() : undefined;
  return rest.length >= Number(length) ? rest.subarray(0, Number(length)).toString() : undefined;
}

function unchunked(bytes: Buffer): string | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (size === 0) return Buffer.concat(parts).toString();
    if (bytes.length < end + 4 + size) return undefined;
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
}
