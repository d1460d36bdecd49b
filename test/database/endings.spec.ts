import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { DENIED, queried, refusal, rehearsed } from './direct.js';

/** What has ended stays so, past the code above the database. */
describe('an ending in the database', () => {
  let world: World;
  let head: Client;
  let me: string;
  beforeAll(async () => {
    world = await World.build();
    head = await world.delegation('SVN');
    me = (await head.get('/v1/me').expect(200)).body.accountId as string;
  });
  afterAll(() => world.stop());

  /** What becomes of each statement about a row, one after the other, by the API's role. */
  const tried = (table: string, id: string, changes: readonly string[]) =>
    rehearsed(world.api.database.appUrl, me, async (client) => {
      const refusals = [];
      for (const change of changes) {
        const sql = `UPDATE identity.${table} SET ${change} WHERE id = $1`;
        const denied = await refusal(client, sql, [id]);
        if (denied === null) expect((await client.query(sql, [id])).rowCount).toBe(1);
        refusals.push(denied);
      }
      return refusals;
    });

  it('of a password ends what is being opened with it', async () => {
    const { adminUrl, appUrl } = world.api.database;
    const hash = 'SELECT password_hash AS hash FROM identity.account WHERE id = $1';
    const [before] = await queried<{ hash: string }>(adminUrl, hash, [me]);
    const opened = (proof: string) =>
      queried<{ ends: Date | null }>(
        appUrl,
        `SELECT identity.open_session($1, $2, $3, '12 hours', '7 days') AS ends`,
        [randomUUID(), me, proof],
      );
    expect((await opened(before!.hash))[0]!.ends).toBeInstanceOf(Date);
    const next = 'another pass phrase of the head';
    await head.put('/v1/me/password', { current: PASSWORD, next }).expect(200);
    expect(await opened(before!.hash)).toEqual([{ ends: null }]);
    const held = `SELECT identity.still_proven($1, $2) AS held`;
    expect(await queried(appUrl, held, [me, before!.hash])).toEqual([{ held: false }]);
    const back = { current: next, next: PASSWORD };
    await head.put('/v1/me/password', back).expect(200);
  });

  it('of a calendar feed is not undone', async () => {
    const feed = { password: PASSWORD, name: 'A calendar' };
    const { body } = await head.send('post', '/v1/me/calendar-feeds').send(feed).expect(201);
    const changes = ['revoked_at = now()', 'revoked_at = NULL', `revoked_at = '2099-01-01'`];
    const refusals = await tried('calendar_feed', (body as { id: string }).id, changes);
    expect(refusals).toEqual([null, DENIED, DENIED]);
  });

  it('of a key is not undone', async () => {
    const key = { password: PASSWORD, name: 'A program', scopes: ['me:read'] };
    const { body } = await head.send('post', '/v1/api-keys').send(key).expect(201);
    const changes = [
      'revoked_at = NULL',
      'revoked_at = now()',
      'revoked_at = NULL',
      `revoked_at = '2099-01-01'`,
    ];
    const refusals = await tried('api_key', (body as { id: string }).id, changes);
    expect(refusals).toEqual([null, null, DENIED, DENIED]);
  });

  it('of a membership is not undone, nor said to be another’s', async () => {
    const officer = await world.delegation('SVN', 'officer');
    const { body } = await officer.get('/v1/me').expect(200);
    const [{ membershipId }] = (body as { seats: [{ membershipId: string }] }).seats;
    const changes = [
      `revoked_at = now(), revoked_by = '${me}'`,
      'revoked_at = NULL, revoked_by = NULL',
      'revoked_at = NULL',
      `revoked_by = '${(body as { accountId: string }).accountId}'`,
    ];
    expect(await tried('membership', membershipId, changes)).toEqual([
      null,
      DENIED,
      DENIED,
      DENIED,
    ]);
  });

  it('of an invitation is not undone, whether it was withdrawn or accepted', async () => {
    const invite = async () => {
      const email = `${randomUUID()}@comity.test`;
      const invited = { email, side: 'state:SVN', role: 'drafter' };
      const { body } = await head.post('/v1/invitations', invited).expect(201);
      return (body as { id: string }).id;
    };
    const later = `expires_at = '2099-01-01'`;
    const withdrawn = [later, 'revoked_at = now()', 'revoked_at = NULL', later];
    expect(await tried('invitation', await invite(), withdrawn)).toEqual([
      null,
      null,
      DENIED,
      DENIED,
    ]);
    const accepted = await invite();
    const accept = 'UPDATE identity.invitation SET accepted_at = now() WHERE id = $1';
    await queried(world.api.database.adminUrl, accept, [accepted]);
    expect(await tried('invitation', accepted, [later, 'revoked_at = now()'])).toEqual([
      DENIED,
      DENIED,
    ]);
  });
});
