import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makeWebhook } from '../factories/webhooks.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { connected, DENIED, queried, refusal, rehearsed } from './direct.js';

/** What the policies of keys, invitations and the outbox allow, past the code above them. */
describe('keys, invitations and mail in the database', () => {
  let world: World;
  let head: Client;
  let me: string;
  let other: string;
  let side: string;
  beforeAll(async () => {
    world = await World.build();
    head = await world.delegation('SVN');
    const idOf = async (who: Client) => (await who.get('/v1/me')).body.accountId as string;
    me = await idOf(head);
    other = await idOf(await world.delegation('FRA'));
    await head
      .send('post', '/v1/api-keys')
      .send({ password: PASSWORD, name: 'x', scopes: ['me:read'] })
      .expect(201);
    const feed = { password: PASSWORD, name: 'x' };
    await head.send('post', '/v1/me/calendar-feeds').send(feed).expect(201);
    await makeWebhook(head);
    const invited = { email: 'ana@comity.test', side: 'state:SVN', role: 'drafter' };
    await head.post('/v1/invitations', invited).expect(201);
    const rows = await queried<{ id: string }>(
      world.api.database.adminUrl,
      `SELECT id FROM identity.principal WHERE key = 'state:SVN'`,
    );
    side = rows[0]!.id;
  });
  afterAll(() => world.stop());
  const as = <T>(who: string | null, work: Parameters<typeof rehearsed<T>>[2]) =>
    rehearsed(world.api.database.appUrl, who, work);

  it('are seen by their owner and their side alone', async () => {
    const seen = (who: string | null) =>
      as(who, async (client) => {
        const counts = [];
        for (const table of ['api_key', 'calendar_feed', 'webhook', 'invitation', 'mail']) {
          const sql = `SELECT count(id)::int AS n FROM identity.${table}`;
          counts.push((await client.query<{ n: number }>(sql)).rows[0]!.n);
        }
        return counts;
      });
    expect(await seen(me)).toEqual([1, 1, 1, 1, 1]);
    for (const who of [other, null]) expect(await seen(who)).toEqual([0, 0, 0, 0, 0]);
  });

  it('are made in nobody else’s name', async () => {
    const key = (owner: string) => [
      `INSERT INTO identity.api_key VALUES ($1::uuid, $2, 'x', 'ck_', ($1::uuid)::text, '{}', now(), now(), NULL, NULL)`,
      [randomUUID(), owner],
    ];
    const feed = (owner: string) => [
      `INSERT INTO identity.calendar_feed VALUES ($1::uuid, $2, 'x', ($1::uuid)::text, now(), NULL)`,
      [randomUUID(), owner],
    ];
    const webhook = (owner: string) => [
      `INSERT INTO identity.webhook VALUES ($1, $2, 'https://a.example/', 'x', NULL, 'active', NULL, NULL,
         NULL, 0, NULL, NULL, now(), 1)`,
      [randomUUID(), owner],
    ];
    const invitation = (inviter: string) => [
      `INSERT INTO identity.invitation VALUES ($1, 'b@comity.test', $2, 'drafter', NULL, 'en', $3,
         now(), now(), NULL, NULL, NULL)`,
      [randomUUID(), side, inviter],
    ];
    const tried = (who: string, [sql, values]: unknown[]) =>
      as(who, (client) => refusal(client, sql as string, values as unknown[]));
    expect(await tried(me, key(me))).toBeNull();
    expect(await tried(other, key(me))).toBe(DENIED);
    expect(await tried(me, feed(me))).toBeNull();
    expect(await tried(other, feed(me))).toBe(DENIED);
    expect(await tried(me, webhook(me))).toBeNull();
    expect(await tried(other, webhook(me))).toBe(DENIED);
    expect(await tried(me, invitation(me))).toBeNull();
    expect(await tried(me, invitation(other))).toBe(DENIED);
    // Of another side, even as oneself.
    expect(await tried(other, invitation(other))).toBe(DENIED);
  });

  it('an account is shut by an administrator alone, and mail is queued for what one sees', async () => {
    const shut = 'SELECT identity.set_disabled($1, true)';
    expect(await as(me, (client) => refusal(client, shut, [other]))).toBe(DENIED);
    const { adminUrl, appUrl } = world.api.database;
    const [invitation] = await queried<{ id: string }>(
      adminUrl,
      'SELECT id FROM identity.invitation',
    );
    const queued = async (who: string) => {
      await connected(appUrl, async (client) => {
        await client.query('BEGIN');
        await client.query('SELECT identity.enter($1)', [who]);
        await client.query('SELECT identity.queue_invitation(gen_random_uuid(), $1)', [
          invitation!.id,
        ]);
        await client.query('COMMIT');
      });
      const sql = `SELECT FROM identity.mail WHERE kind = 'invitation'`;
      return (await queried(adminUrl, sql)).length;
    };
    expect(await queued(other)).toBe(1);
    expect(await queued(me)).toBe(2);
  });
});
