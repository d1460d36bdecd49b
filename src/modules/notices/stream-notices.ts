import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Bell } from '../../platform/database/bell.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { follows } from '../../platform/http/answers.js';
import type { EventStream } from '../../platform/http/event-stream.js';
import { EventStreams } from '../../platform/http/event-streams.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readCursor, writeCursor } from '../../platform/http/paging.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import type { Language } from '../../platform/labels/languages.js';
import { LOG } from '../../platform/log/log.js';
import { requestContext } from '../../platform/request-context.js';
import { RenderNotices } from './render-notices.js';
import { lastNotice, noticesBehind, type NoticeRow, type Place } from './notices.repository.js';
import { streamNotices } from './notices.schemas.js';

/** Notices that are read, and sent, at once. */
const PART = 20;
/** Before anything that anybody was told. */
const BEGINNING: Place = ['1970-01-01T00:00:00.000Z', '00000000-0000-0000-0000-000000000000'];

/** Somebody who is sent what they are told. */
interface Reader {
  readonly stream: EventStream;
  readonly viewer: Viewer;
  readonly language: Language;
  /** What was sent last. */
  place: Place;
  /** When they were told something last, as far as is known, and until when that was looked at. */
  toldAt: number;
  lookedAt: number;
  busy: boolean;
}

const placeOf = ({ toldAt, id }: NoticeRow): Place => [toldAt.toISOString(), id];

/**
 * Sends people what they are told, as it happens: each part is read as its reader, with a token that
 * is good at that moment, and sent at once, so that nobody gets what they may no longer read.
 */
@Injectable()
export class StreamNotices {
  readonly #readers = new Set<Reader>();
  #silence: (() => void) | undefined;
  #looking = false;
  #again = false;

  constructor(
    private readonly work: UnitOfWork,
    private readonly notices: RenderNotices,
    private readonly streams: EventStreams,
    private readonly bell: Bell,
    @Inject(LOG) private readonly log: Logger,
  ) {
    streams.follow(() => this.#look());
  }

  /**
   * A stream behind what the reader had last, or from now on.
   *
   * @throws Refused `malformed-cursor`, `too-many-streams`, `unavailable`
   */
  async open({ viewer, headers, language, request }: Input<typeof streamNotices>) {
    const had = readCursor(headers['Last-Event-ID'], [instant, z.uuid()]) as Place | undefined;
    const place = had ?? (await this.#now(viewer));
    const stream = this.streams.open(request, viewer.accountId);
    const never = -Infinity;
    const seen = { place, toldAt: never, lookedAt: never, busy: false };
    const reader: Reader = { stream, viewer, language, ...seen };
    stream.send([{ id: writeCursor(place), event: 'start', data: '{}' }]);
    if (follows(request) && !this.streams.closing) this.#enter(reader);
    else void this.#catchUp(reader);
    return stream;
  }

  /** The place of the last that the viewer was told and may read: of others nothing shows. */
  async #now(viewer: Viewer): Promise<Place> {
    const last = await this.work.read(viewer, lastNotice);
    return last ? placeOf(last) : BEGINNING;
  }

  #enter(reader: Reader): void {
    this.#readers.add(reader);
    this.#silence ??= this.bell.listen(() => this.#look());
    reader.stream.once('close', () => {
      this.#readers.delete(reader);
      if (this.#readers.size > 0) return;
      this.#silence?.();
      this.#silence = undefined;
    });
    this.#look();
  }

  /** Finds out who was told something; called while it does, it looks once more. */
  #look(): void {
    this.#again = true;
    if (!this.#looking) void this.#lookAround();
  }

  async #lookAround(): Promise<void> {
    this.#looking = true;
    while (this.#again && this.#readers.size > 0) {
      this.#again = false;
      const accounts = new Set([...this.#readers].map(({ viewer }) => viewer.accountId));
      try {
        const row = await this.work.identity<{ answer: Record<string, string> }>(
          'identity.last_told',
          [[...accounts]],
        );
        for (const reader of this.#readers) {
          const told = Date.parse(row!.answer[reader.viewer.accountId] ?? '');
          if (told > reader.lookedAt) void this.#advance(reader, told);
        }
      } catch (error) {
        this.log.warn({ err: error }, 'who was told something is asked again later');
      }
    }
    this.#looking = false;
  }

  /** Sends what a reader was told until then. Where it fails, the next look tries again. */
  async #advance(reader: Reader, told: number): Promise<void> {
    reader.toldAt = Math.max(told, reader.toldAt);
    if (reader.busy) return;
    reader.busy = true;
    try {
      while (reader.lookedAt < reader.toldAt) {
        const until = reader.toldAt;
        while (await this.#sendPart(reader));
        reader.lookedAt = until;
      }
    } catch (error) {
      this.log.warn({ err: error }, 'notices are sent later');
    } finally {
      reader.busy = false;
    }
  }

  /** Sends all that there is to a reader who does not stay; where that fails, the line breaks off. */
  async #catchUp(reader: Reader): Promise<void> {
    try {
      while (await this.#sendPart(reader));
      await reader.stream.room();
      reader.stream.finish();
    } catch (error) {
      this.log.warn({ err: error }, 'notices were not sent');
      reader.stream.destroy();
    }
  }

  /** Sends the next notices; answers whether there may be more. */
  async #sendPart(reader: Reader): Promise<boolean> {
    const { stream, viewer, language } = reader;
    await stream.room();
    if (stream.over || !(await this.streams.expectGood(stream))) return false;
    const scope = {
      operation: streamNotices.id,
      arrival: Date.now(),
      dryRun: false,
      replayed: false,
    };
    return requestContext.run(scope, async () => {
      const rows = await this.work.read(viewer, (tx) =>
        noticesBehind(tx.lists, reader.place, PART),
      );
      const events = rows.map((row) => ({
        id: writeCursor(placeOf(row)),
        event: 'notice',
        data: JSON.stringify(this.notices.render(row, { language })),
      }));
      stream.send(events);
      const last = rows.at(-1);
      if (last) reader.place = placeOf(last);
      return rows.length === PART;
    });
  }
}
