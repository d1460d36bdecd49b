import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { Bearers } from '../identity/bearers.js';
import { LOG } from '../log/log.js';
import { Metrics } from '../metrics/metrics.js';
import { Refused } from '../refused.js';
import { EventStream } from './event-stream.js';

/** Milliseconds between two signs of life: sooner than a line counts as dead (`connectionTimeout`). */
const RHYTHM = 20_000;
/** Milliseconds after which a client comes back whose stream was cut. */
const RETRY = 5000;
/** Streams of an account in one process. */
const MOST = 5;

/** Told to a client whose session or key is no longer good: coming back is of no use. */
const END = { event: 'end', data: JSON.stringify({ code: 'unauthenticated' }) };

/**
 * The streams of server-sent events that this process serves. Each lasts while its client reads and
 * the token is good that it was asked for with; none keeps a connection to the database.
 */
@Injectable()
export class EventStreams {
  readonly #open = new Set<EventStream>();
  /** Those that had not been read at the last beat. */
  #slow = new Set<EventStream>();
  readonly #followers: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(
    private readonly bearers: Bearers,
    private readonly environment: Environment,
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    metrics.watch('comity_event_streams', 'Streams of events that are open', [], () => [
      [{}, this.#open.size],
    ]);
  }

  /** Whether the process stops: streams catch up then, and clients come back to another. */
  get closing(): boolean {
    return this.#closing;
  }

  /**
   * @throws Refused `too-many-streams` where the account has as many as it may, `unavailable` where
   *   the process has
   */
  open(request: FastifyRequest, accountId: string): EventStream {
    const own = [...this.#open].filter((each) => each.accountId === accountId);
    if (own.length >= MOST) {
      throw new Refused('too-many-streams', { most: MOST, retryAfterSeconds: RETRY / 1000 });
    }
    if (this.#open.size >= this.environment.streams) throw new Refused('unavailable');
    const stream = new EventStream(Bearers.hashOf(request), accountId);
    this.#open.add(stream);
    stream.once('close', () => this.#forget(stream));
    stream.retry(RETRY);
    this.#timer ??= setInterval(() => void this.beat(), RHYTHM).unref();
    return stream;
  }

  /** Calls whoever fills streams at each beat, in case that they have missed something. */
  follow(follower: () => void): void {
    this.#followers.push(follower);
  }

  /** Whether the stream's token is good at this moment; if not, the stream is ended. */
  async expectGood(stream: EventStream): Promise<boolean> {
    const good = await this.bearers.stillGood([stream.bearer]);
    if (good.has(stream.bearer)) return true;
    stream.finish([END]);
    return false;
  }

  /**
   * A sign of life on every line; those whose token is no longer good are ended, and those whose
   * client has read nothing since the last. While the database is away nobody can be told anything,
   * so streams stay.
   */
  async beat(): Promise<void> {
    const { bearers } = this;
    const all = [...this.#open];
    for (const stream of all) if (stream.full && this.#slow.has(stream)) stream.destroy();
    this.#slow = new Set(all.filter((stream) => stream.full));
    try {
      const good = await bearers.stillGood(all.map(({ bearer }) => bearer));
      for (const stream of all) if (!good.has(stream.bearer)) stream.finish([END]);
    } catch (error) {
      this.log.warn({ err: error }, 'tokens of streams were not looked at');
    }
    for (const stream of all) if (!stream.full) stream.beat();
    for (const follower of this.#followers) follower();
  }

  /** Ends all, so that a stop waits for none. */
  close(): void {
    this.#closing = true;
    for (const stream of this.#open) stream.finish();
  }

  #forget(stream: EventStream): void {
    this.#open.delete(stream);
    this.#slow.delete(stream);
    if (this.#open.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
