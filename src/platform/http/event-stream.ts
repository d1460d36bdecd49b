import { Readable } from 'node:stream';

/** Bytes that wait for a client before it counts as slow. */
const ROOM = 65_536;

/** A server-sent event: its data are one line. */
interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** What a client sends as `Last-Event-ID` when it comes back. */
  readonly id?: string;
}

/** An event as WHATWG HTML frames it. */
const framed = ({ id, event, data }: ServerEvent): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;

/** Server-sent events on their way to one client, as fast as it reads. */
export class EventStream extends Readable {
  #full = false;
  #waiting: (() => void)[] = [];

  /**
   * @param bearer hash of the token that it was asked for with
   * @param accountId whose it is
   */
  constructor(
    readonly bearer: string,
    readonly accountId: string,
  ) {
    super({ highWaterMark: ROOM });
  }

  /** Whether the client has yet to read what was sent. */
  get full(): boolean {
    return this.#full;
  }

  /** Whether nothing can be sent any more. */
  get over(): boolean {
    return this.destroyed || this.readableEnded || this.#ended;
  }

  /** Waits until the client has read, or the stream is over. */
  async room(): Promise<void> {
    if (this.#full && !this.over) await new Promise<void>((go) => this.#waiting.push(go));
  }

  /** How long a client waits before it comes back, in milliseconds. */
  retry(milliseconds: number): void {
    this.#write(`retry: ${milliseconds}\n\n`);
  }

  send(events: readonly ServerEvent[]): void {
    if (events.length > 0) this.#write(events.map(framed).join(''));
  }

  /** Says that the line is alive; a client does nothing about it. */
  beat(): void {
    this.#write(': here\n\n');
  }

  /** Ends it: at once where the client does not read, else when it has read what was sent. */
  finish(last: readonly ServerEvent[] = []): void {
    if (this.over) return;
    if (this.#full) {
      this.destroy();
      return;
    }
    this.send(last);
    this.#ended = true;
    this.push(null);
    this.#release();
  }

  override _read(): void {
    this.#full = false;
    this.#release();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#release();
    done(error);
  }

  #ended = false;

  #write(text: string): void {
    if (!this.over) this.#full = !this.push(text);
  }

  #release(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
