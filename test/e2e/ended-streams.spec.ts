import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { DatabasePool } from '../../src/platform/database/database-pool.js';
import { EventStreams } from '../../src/platform/http/event-streams.js';
import { startWorker } from '../factories/telling.js';
import { PASSWORD, World } from '../factories/world.js';
import { joinApi, type Client, type TestApi } from '../setup/api.js';
import { EventLine, until } from '../setup/event-line.js';
import { Ledger } from './ledger.js';

/** Streams end with what they were asked for with, and are bounded. */
describe('streams of notices', () => {
  let world: World;
  let ledger: Ledger;
  let worker: INestApplicationContext;
  let small: TestApi | undefined;
  let review: string;
  let slovenia: Client;
  let officer: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    worker = await startWorker(world);
    slovenia = await world.delegation('SVN');
    officer = await world.delegation('SVN', 'officer');
    review = await world.review('SVN');
  }, 120_000);
  afterAll(async () => {
    await worker?.close();
    await small?.stop();
    await ledger?.close();
    await world?.stop();
  });

  const streams = (): EventStreams => world.api.app.get(EventStreams);
  const accountOf = async (who: Client): Promise<string> =>
    (await who.get('/v1/me').expect(200)).body.accountId;
  const ended = async (line: EventLine): Promise<void> => {
    await streams().beat();
    await until(() => line.end !== undefined);
    expect(line.end).toBe('ended');
    expect(line.events.at(-1)).toMatchObject({
      event: 'end',
      data: '{"code":"unauthenticated"}',
    });
  };

  it('bring nothing more from the second of a recusal', async () => {
    const line = await EventLine.open(world.api, officer);
    const other = await EventLine.open(world.api, slovenia);
    await world.reach(review, 'SVN', 'preparation');
    await until(() => line.notices.length > 0 && other.notices.length > 0);
    // Told, and recused before it could be sent.
    const [last] = await ledger.rows<{ id: string }>(
      'SELECT id FROM identity.notice WHERE account_id = $1 ORDER BY told_at DESC LIMIT 1',
      [await accountOf(officer)],
    );
    await ledger.rows(
      `INSERT INTO casework.exclusion VALUES ('${await accountOf(officer)}', '${review}', now(), 'a conflict')`,
    );
    const [had, heard] = [line.notices.length, other.notices.length];
    await ledger.rows(
      `UPDATE identity.notice SET told_at = date_trunc('milliseconds', now() + interval '1 hour')
       WHERE id = $1`,
      [last!.id],
    );
    await streams().beat();
    await world.reach(review, 'SVN', 'documented');
    await until(() => other.notices.length > heard);
    await streams().beat();
    await until(() => line.comments.length > 1);
    expect(line.notices).toHaveLength(had);
    const again = await EventLine.open(world.api, officer, { accept: '*/*' });
    await until(() => again.end !== undefined);
    expect(again.events.map(({ event }) => event)).toEqual(['start']);
    line.close();
    other.close();
  }, 120_000);

  it('end with the session, the key or the account', async () => {
    const stranger = await world.stranger();
    const [one, two] = [await EventLine.open(world.api, stranger), await world.stranger()];
    await stranger.send('post', '/v1/auth/logout').expect(204);
    await ended(one);
    const disabled = await EventLine.open(world.api, two);
    await world.admin.post(`/v1/accounts/${await accountOf(two)}/disable`).expect(200);
    await ended(disabled);
    const made = { password: PASSWORD, name: 'A program', scopes: ['notices:read'] };
    const { body } = await slovenia.send('post', '/v1/api-keys').send(made).expect(201);
    const key = await EventLine.open(world.api, { token: body.secret as string });
    await key.started();
    await slovenia.send('delete', `/v1/api-keys/${body.id as string}`).expect(204);
    await ended(key);
    const wrong = { ...made, name: 'Another', scopes: ['reviews:read'] };
    const other = await slovenia.send('post', '/v1/api-keys').send(wrong).expect(201);
    const refused = await EventLine.open(world.api, { token: other.body.secret as string });
    expect(refused.answer.status).toBe(403);
  }, 60_000);

  it('are no use of a session, which ends when it is idle', async () => {
    const idle = await world.stranger();
    const line = await EventLine.open(world.api, idle);
    await line.started();
    const account = await accountOf(idle);
    const seen = (ago: string): Promise<{ at: Date }[]> =>
      ledger.rows(
        `UPDATE identity.session SET seen_at = date_trunc('milliseconds', now()) - $2::interval
         WHERE account_id = $1 RETURNING seen_at AS at`,
        [account, ago],
      );
    const [before] = await seen('11 hours');
    await streams().beat();
    await until(() => line.comments.length > 0);
    const [after] = await ledger.rows<{ at: Date }>(
      'SELECT seen_at AS at FROM identity.session WHERE account_id = $1',
      [account],
    );
    expect(after!.at).toEqual(before!.at);
    await seen('12 hours 1 second');
    await ended(line);
  }, 60_000);

  it('are five an account, and so many a process', async () => {
    const many = await Promise.all(
      Array.from({ length: 5 }, () => EventLine.open(world.api, slovenia)),
    );
    expect(many.map(({ answer }) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    const refused = await slovenia.get('/v1/notices/stream').expect(429);
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.body).toMatchObject({ code: 'too-many-streams', facts: { most: 5 } });
    // They hold no connection to the database meanwhile.
    await until(() => world.api.app.get(DatabasePool).use().busy === 0);
    many.pop()!.close();
    await until(async () => (await slovenia.get('/v1/notices/stream')).status === 200);
    for (const line of many) line.close();
    // Passport knows the latest process only: it stays until the end.
    small = await joinApi(world.api.database, { COMITY_STREAMS: '1' });
    const one = await EventLine.open(small, slovenia);
    const full = await small.as(officer.token).get('/v1/notices/stream').expect(503);
    expect(full.headers['retry-after']).toBe('5');
    one.close();
  }, 60_000);

  it('end where the client does not read', async () => {
    const request = { headers: { authorization: `Bearer ${slovenia.token}` } };
    const account = await accountOf(slovenia);
    const stream = streams().open(request as never, account);
    stream.send([{ event: 'notice', data: 'x'.repeat(100_000) }]);
    expect([stream.full, stream.destroyed]).toEqual([true, false]);
    await streams().beat();
    const held = stream.readableLength;
    await streams().beat();
    expect([stream.destroyed, stream.readableLength <= held]).toEqual([true, true]);
    await stream.room(); // nobody waits for it
  });

  it('end in order when the process stops, and do not hold it up', async () => {
    const stopping = await joinApi(world.api.database);
    const line = await EventLine.open(stopping, slovenia);
    await line.started();
    await stopping.stop();
    await until(() => line.end !== undefined);
    expect([line.end, line.events.map(({ event }) => event)]).toEqual(['ended', ['start']]);
  }, 60_000);
});
