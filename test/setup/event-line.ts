import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import type { Client, TestApi } from './api.js';

/** Seconds within which something is expected to come to pass. */
const PATIENCE = 30;

interface Asked {
  /** As `Accept` says it; an EventSource's unless said. */
  readonly accept?: string;
  readonly lastEventId?: string;
  readonly language?: string;
}

export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + PATIENCE * 1000; Date.now() < end; await sleep(50)) {
    if (await holds()) return;
  }
  throw new Error(`it did not come to pass in ${PATIENCE} seconds`);
};

/** The address at which an API of the tests listens. */
export async function addressOf({ app }: TestApi): Promise<string> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** What comes over one line of server-sent events, as a public parser reads it. */
export class EventLine {
  readonly events: EventSourceMessage[] = [];
  readonly comments: string[] = [];
  retry: number | undefined;
  /** How the line ended, once it has: in order, or broken off. */
  end: 'ended' | 'cut' | undefined;

  private constructor(
    readonly answer: Response,
    private readonly abort: AbortController,
  ) {
    void this.#read();
  }

  /** Asks for the notices of somebody, by a process of the API. */
  static async open(api: TestApi, { token }: Pick<Client, 'token'>, asked: Asked = {}) {
    const abort = new AbortController();
    const answer = await fetch(`${await addressOf(api)}/v1/notices/stream`, {
      signal: abort.signal,
      headers: {
        authorization: `Bearer ${token}`,
        accept: asked.accept ?? 'text/event-stream',
        ...(asked.lastEventId !== undefined && { 'last-event-id': asked.lastEventId }),
        ...(asked.language !== undefined && { 'accept-language': asked.language }),
      },
    });
    return new EventLine(answer, abort);
  }

  /** The data of the notices that came. */
  get notices(): Record<string, unknown>[] {
    const notices = this.events.filter(({ event }) => event === 'notice');
    return notices.map(({ data }) => JSON.parse(data) as Record<string, unknown>);
  }

  get lastId(): string {
    return this.events.findLast(({ id }) => id !== undefined)!.id!;
  }

  /** Once the stream has begun. */
  started(): Promise<void> {
    return until(() => this.events.length > 0);
  }

  close(): void {
    this.abort.abort();
  }

  async #read(): Promise<void> {
    const parser = new EventSourceParserStream({
      onComment: (comment) => void this.comments.push(comment),
      onRetry: (retry) => void (this.retry = retry),
    });
    try {
      const read = this.answer.body!.pipeThrough(new TextDecoderStream()).pipeThrough(parser);
      for await (const event of read) this.events.push(event);
      this.end = 'ended';
    } catch {
      this.end = 'cut';
    }
  }
}
