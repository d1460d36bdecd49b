import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '../factories/post.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

describe('keys, when they are made,', () => {
  let world: World;
  let ledger: Ledger;
  let mail: Post;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    mail = await Post.open(world.api);
  });
  afterAll(async () => {
    await mail.stop();
    await ledger.close();
    await world.stop();
  });

  const post = (by: Client, more: object = {}) =>
    by
      .send('post', '/v1/api-keys')
      .send({ password: PASSWORD, name: 'A program', scopes: ['reviews:read'], ...more });

  it('need the password, which a stolen session has not: guesses are counted', async () => {
    const who = await world.stranger();
    const stolen = { password: 'another password' };
    await expectRefused(ledger, post(who, stolen), 401, 'wrong-credentials');
    const without = post(who, { password: undefined });
    const errors = [{ pointer: '/password' }];
    await expectRefused(ledger, without, 422, 'invalid-content', { errors });
    for (let n = 0; n < 4; n += 1) await post(who, stolen).expect(401);
    // They are those of the change of a password.
    const change = { current: 'another password', next: 'a third password' };
    for (let n = 0; n < 3; n += 1) await who.put('/v1/me/password', change).expect(401);
    const answer = await expectRefused(ledger, post(who), 429, 'too-many-attempts');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    const past = `UPDATE identity.attempt SET since = now() - interval '15 minutes' WHERE bucket = $1`;
    const { body: me } = await who.get('/v1/me').expect(200);
    await ledger.rows(past, [`password of ${me.accountId}`]);
    await post(who).expect(201);
  });

  it('are told to their owner by mail, without the secret, even when they have ended since', async () => {
    await mail.deliver();
    const who = await world.stranger();
    const { email } = (await who.get('/v1/me').expect(200)).body as { email: string };
    const name = 'Filing from our registry';
    const expiresAt = '2027-05-03T14:05:00.000Z';
    const scopes = ['documents:write', 'me:read'];
    const { body } = await post(who, { name, scopes, expiresAt }).expect(201);
    const made = body as { id: string; secret: string; prefix: string };
    await who.send('delete', `/v1/api-keys/${made.id}`).expect(204);
    const [letter, ...more] = await mail.deliver(email);
    expect(more).toEqual([]);
    expect(letter!.subject).toBe('A new key for your account on Comity');
    for (const told of [name, 'documents:write, me:read', 'May 3, 2027 at 14:05 UTC']) {
      expect(letter!.text).toContain(told);
    }
    expect(letter!.text).toMatch(/If it was not you, end it/);
    for (const part of [letter!.text, letter!.html as string]) {
      expect(part).not.toContain(made.secret);
      expect(part).not.toContain(made.prefix);
    }
    // Nobody hears of what was refused, and no other's key is told of.
    await post(who, { scopes: ['dreams:write'] }).expect(422);
    expect(await mail.deliver()).toEqual([]);
  });
});
