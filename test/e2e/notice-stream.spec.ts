import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { EventSource } from 'eventsource';
import { EventStreams } from '../../src/platform/http/event-streams.js';
import { startWorker } from '../factories/telling.js';
import { World } from '../factories/world.js';
import { joinApi, type Client, type TestApi } from '../setup/api.js';
import { addressOf, EventLine, until } from '../setup/event-line.js';
import { Ledger } from './ledger.js';

const LISTENING = "SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN comity_told'";

/** What people are told comes to them as it happens, over whichever process they are connected to. */
describe('a stream of notices', () => {
  let world: World;
  let second: TestApi;
  let ledger: Ledger;
  let worker: INestApplicationContext;
  let review: string;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    second = await joinApi(world.api.database);
    // Without signs of life, so that nothing comes but by what rings.
    for (const { app } of [world.api, second]) app.get(EventStreams).beat = () => Promise.resolve();
    ledger = await Ledger.open(world.api);
    worker = await startWorker(world);
    slovenia = await world.delegation('SVN');
    review = await world.review('SVN');
    await until(async () => (await inbox()).length > 0);
  }, 120_000);
  afterAll(async () => {
    await worker?.close();
    await ledger?.close();
    await second?.stop();
    await world?.stop();
  });

  const inbox = async (): Promise<string[]> => {
    const { body } = await slovenia.get('/v1/notices', { limit: 200 }).expect(200);
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  const listeners = async () =>
    (await ledger.rows<{ pid: number }>(LISTENING)).map(({ pid }) => pid);
  const dealtWith = (): Promise<void> =>
    until(async () => {
      const [row] = await ledger.rows<{ left: number }>(
        'SELECT count(*)::int AS left FROM journal.pending',
      );
      return row!.left === 0;
    });

  it('begins now, and brings what happens as one would read it, in one’s language', async () => {
    const here = await EventLine.open(world.api, slovenia);
    const french = await EventLine.open(second, slovenia, { language: 'fr' });
    expect(Object.fromEntries(here.answer.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(french.answer.headers.get('content-language')).toBe('fr');
    await Promise.all([here.started(), french.started()]);
    expect([here.retry, here.events.map(({ event }) => event)]).toEqual([5000, ['start']]);
    await world.reach(review, 'SVN', 'preparation');
    await dealtWith();
    await until(() => here.notices.length > 0);
    await until(() => here.notices.length === french.notices.length);
    for (const [line, language] of [
      [here, 'en'],
      [french, 'fr'],
    ] as const) {
      for (const notice of line.notices) {
        const url = `/v1/notices/${String(notice['id'])}`;
        const read = await slovenia.get(url).set('accept-language', language).expect(200);
        expect(notice).toEqual(read.body);
      }
    }
    here.close();
    french.close();
  }, 90_000);

  it('takes up behind what one had: nothing is lost, and nothing repeated', async () => {
    const asked: (string | null)[] = [];
    const had: { id: string; cursor: string }[] = [];
    let starts = 0;
    const source = new EventSource(`${await addressOf(world.api)}/v1/notices/stream`, {
      fetch: (url, init) => {
        const headers = new Headers(init.headers);
        asked.push(headers.get('last-event-id'));
        headers.set('authorization', `Bearer ${slovenia.token}`);
        return fetch(url, { ...init, headers });
      },
    });
    source.addEventListener('start', () => (starts += 1));
    source.addEventListener('notice', ({ data, lastEventId }) => {
      had.push({ id: (JSON.parse(data as string) as { id: string }).id, cursor: lastEventId });
    });
    await until(() => starts === 1);
    const known = await inbox();
    world.api.app.getHttpServer().closeAllConnections();
    await world.reach(review, 'SVN', 'documented');
    await until(() => starts === 2);
    await world.reach(review, 'SVN', 'ready');
    await dealtWith();
    const all = (await inbox()).filter((id) => !known.includes(id)).toReversed();
    await until(() => had.length >= all.length);
    source.close();
    expect(all.length).toBeGreaterThan(1);
    expect(had.map(({ id }) => id)).toEqual(all);
    expect([asked[0], typeof asked[1]]).toEqual([null, 'string']);
    // The same from the middle, by the other process, for whoever does not stay.
    const rest = await EventLine.open(second, slovenia, {
      accept: '*/*',
      lastEventId: had[0]!.cursor,
    });
    await until(() => rest.end !== undefined);
    expect(rest.end).toBe('ended');
    expect(rest.notices.map(({ id }) => id)).toEqual(all.slice(1));
    const none = await EventLine.open(world.api, slovenia, { accept: 'application/json' });
    await until(() => none.end !== undefined);
    expect(none.events.map(({ event }) => event)).toEqual(['start']);
    for (const lastEventId of ['WyJsaXN0Tm90aWNlcyJd', 'nothing']) {
      const refused = await EventLine.open(world.api, slovenia, { lastEventId });
      expect(refused.answer.status).toBe(400);
    }
  }, 120_000);

  it('holds one connection that listens, which comes back, and none where nobody stays', async () => {
    await until(async () => (await listeners()).length === 0);
    const lines = [
      await EventLine.open(world.api, slovenia),
      await EventLine.open(world.api, slovenia),
    ];
    await until(async () => (await listeners()).length === 1);
    const [first] = await listeners();
    await ledger.rows('SELECT pg_terminate_backend($1)', [first]);
    // What is told meanwhile rings for nobody.
    await retell('1 hour');
    for (const line of lines) await until(() => line.notices.length === 1);
    await until(async () => (await listeners()).some((pid) => pid !== first));
    expect(await listeners()).toHaveLength(1);
    for (const line of lines) line.close();
    await until(async () => (await listeners()).length === 0);
  }, 90_000);

  it('looks again at each sign of life, in case that nothing rang', async () => {
    const line = await EventLine.open(world.api, slovenia);
    await until(async () => (await listeners()).length === 1);
    await line.started();
    await retell('2 hours');
    await EventStreams.prototype.beat.call(world.api.app.get(EventStreams));
    await until(() => line.notices.length === 1);
    expect(line.comments).not.toEqual([]);
    line.close();
  }, 60_000);

  it('keeps the order of telling also where a clock was set back', async () => {
    // The last one was told, as it seems, two hours from now.
    const { toldAt: ahead } = (await slovenia.get('/v1/notices').expect(200)).body.items[0];
    const line = await EventLine.open(world.api, slovenia);
    await line.started();
    await world.reach(review, 'SVN', 'reviewed');
    await dealtWith();
    await until(() => line.notices.length > 0);
    const times = line.notices.map(({ toldAt }) => String(toldAt));
    expect(times.toSorted()).toEqual(times);
    expect(times.every((time) => time > ahead)).toBe(true);
    line.close();
  }, 90_000);

  /** As if the first that Slovenia was told had been told only then, without a sound. */
  async function retell(ahead: string): Promise<void> {
    const first = (await inbox()).at(-1);
    await ledger.rows(
      `UPDATE identity.notice SET told_at = date_trunc('milliseconds', now() + $2::interval)
       WHERE id = $1`,
      [first, ahead],
    );
  }
});
