import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { askedOf } from '../../src/platform/http/scope.js';
import { CASE_KEY_SCOPES } from '../../src/platform/identity/case-key-scopes.js';
import { queried } from '../database/direct.js';
import { bearer, frontOf, takePart } from '../factories/fronts.js';
import { plantNotice } from '../factories/planted-notice.js';
import { PASSWORD, World } from '../factories/world.js';
import { startApi, type Client } from '../setup/api.js';
import { ALL, ask } from './asking.js';
import { expectProblem, expectRefused, expectSame, Ledger } from './ledger.js';

interface Made {
  key: string;
  madeAt: string;
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

describe('case keys', () => {
  let world: World;
  let ledger: Ledger;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const make = () => world.api.as().send('post', '/v1/case-keys');
  const renew = (by: Client) => by.send('post', '/v1/case-keys/renewals');

  it('are had without an account, shown once, and kept as a hash', async () => {
    const answer = await make().expect(201);
    const { key, madeAt } = answer.body as Made;
    expect(key).toMatch(/^comity_case_[\w-]{43}$/);
    expect(Math.abs(Date.now() - Date.parse(madeAt))).toBeLessThan(60_000);
    expect(answer.headers['cache-control']).toBe('no-store');
    const row = await ledger.row('SELECT * FROM identity.case_key WHERE secret_hash = $1', [
      hashOf(key),
    ]);
    expect(row).toMatchObject({ used_at: null, next_hash: null });
    expect(JSON.stringify(row)).not.toContain(key);
    const account = await ledger.row('SELECT * FROM identity.account WHERE id = $1', [
      row['account_id'],
    ]);
    const nobody = { email: null, name: null, password_hash: null, language: null };
    expect(account).toMatchObject({ ...nobody, administrator: false });
    expect(((await make().expect(201)).body as Made).key).not.toBe(key);
    await expectProblem(make().send({ email: 'a@b.example' }), 400, 'unexpected-body');
    expect(world.api.logged()).not.toContain(key);
    const kept = 'SELECT FROM casework.idempotency WHERE answer LIKE $1';
    expect(await ledger.rows(kept, [`%${key}%`])).toEqual([]);
  });

  it('let their bearer know who they are, what they were told, and where they take part', async () => {
    const who = await bearer(world);
    const { body: me } = await who.get('/v1/me').expect(200);
    expect(me).toMatchObject({ email: null, name: null, administrator: false, seats: [] });
    expect((await who.get('/v1/notices').expect(200)).body.items).toEqual([]);
    const review = await world.review('SVN');
    await who.get(`/v1/reviews/${review}`).expect(404);
    const front = await frontOf(world, who);
    await takePart(world, review, front);
    await who.get(`/v1/reviews/${review}`).expect(200);
    await who.get(`/v1/reviews/${review}/deadlines`).expect(200);
    const notice = await plantNotice(world, who, review);
    const told = await who.get(`/v1/notices/${notice}`).expect(200);
    expect(told.body).toMatchObject({ readAt: null });
    await who.put(`/v1/notices/${notice}`, { read: true, archived: false }).expect(200);
    const { items } = (await who.get('/v1/reviews').expect(200)).body as { items: object[] };
    expect(items).toHaveLength(1);
  });

  it('do what a case asks for, and nothing else', async () => {
    const who = await bearer(world);
    await who.get('/v1/me').expect(200);
    const closed = ALL.filter(({ open }) => !open);
    const refused: Record<string, number> = {};
    const before = await ledger.dump();
    for (const operation of closed) {
      const asked = askedOf(operation);
      if (asked === 'case-key') continue;
      const may = typeof asked === 'object' && CASE_KEY_SCOPES.includes(asked.scope);
      if (may && !operation.mailed) continue;
      const code = asked === 'session' || operation.mailed ? 'session-needed' : 'scope-missing';
      refused[code] = (refused[code] ?? 0) + 1;
      await expectProblem(ask(who, operation), 403, code);
    }
    await expectSame(ledger, before);
    expect(refused['session-needed']).toBeGreaterThan(30);
    expect(refused['scope-missing']).toBeGreaterThan(60);
    expect(closed.filter(({ mailed }) => mailed).map(({ id }) => id)).toEqual([
      'getNoticePreferences',
      'putNoticePreferences',
    ]);
  });

  it('are renewed by themselves alone: the old one ends, what it took part in stays', async () => {
    const { key: old } = (await make().expect(201)).body as Made;
    const before = world.api.as(old);
    const front = await frontOf(world, before);
    const { key: fresh } = (await renew(before).expect(201)).body as Made;
    expect(fresh).toMatch(/^comity_case_[\w-]{43}$/);
    // Until the new one is used the old one is good: an answer that was lost locks nobody out.
    await before.get('/v1/me').expect(200);
    const { body } = await world.api.as(fresh).get('/v1/me').expect(200);
    expect(body.seats).toMatchObject([{ side: front.side }]);
    await expectProblem(before.get('/v1/me'), 401, 'unauthenticated');
    await expectProblem(renew(before), 401, 'unauthenticated');
    const work = world.api.app.get(UnitOfWork);
    const good = await work.identity<{ answer: string[] }>('identity.still_good', [
      [old, fresh].map(hashOf),
      '1 hour',
    ]);
    expect(good!.answer).toEqual([hashOf(fresh)]);
    // Of two that are asked for, the last one takes its place.
    const again = world.api.as(fresh);
    const keys = [];
    for (const _ of [1, 2]) keys.push(((await renew(again).expect(201)).body as Made).key);
    await expectProblem(world.api.as(keys[0]).get('/v1/me'), 401, 'unauthenticated');
    await world.api.as(keys[1]).get('/v1/me').expect(200);
    await expectProblem(again.get('/v1/me'), 401, 'unauthenticated');
    const facts = { facts: { needs: 'case-key' } };
    await expectRefused(ledger, renew(world.secretariat), 403, 'forbidden', facts);
    const made = { password: PASSWORD, name: 'A program', scopes: ['me:read'] };
    const program = await world.secretariat.send('post', '/v1/api-keys').send(made).expect(201);
    const { secret } = program.body as { secret: string };
    await expectProblem(renew(world.api.as(secret)), 403, 'forbidden', facts);
    for (const text of [old, fresh]) expect(world.api.logged()).not.toContain(text);
  });

  it('stand for nobody whom an administrator, or anybody, could list, count or change', async () => {
    const listed = async (by: Client) =>
      (await by.get('/v1/accounts', { limit: 200, count: 'true' }).expect(200)).text;
    const before = [await listed(world.admin), await listed(world.secretariat)];
    const who = await bearer(world);
    const { accountId } = (await who.get('/v1/me').expect(200)).body as { accountId: string };
    await frontOf(world, who);
    expect([await listed(world.admin), await listed(world.secretariat)]).toEqual(before);
    const missing = world.admin.post(`/v1/accounts/${accountId}/disable`);
    await expectRefused(ledger, missing, 404, 'not-found');
    for (const by of [world.admin, world.secretariat]) {
      const { text } = await by.get('/v1/memberships', { limit: 200 }).expect(200);
      expect(text).not.toContain(accountId);
      expect(text).not.toContain('communicant:');
    }
  });

  it('are forgotten after thirty days by which nobody took part in anything', async () => {
    const [unused, used, recent] = [await bearer(world), await bearer(world), await bearer(world)];
    await frontOf(world, used);
    const hashes = [unused, used].map(({ token }) => hashOf(token!));
    await ledger.rows(
      `UPDATE identity.case_key SET made_at = now() - interval '31 days'
       WHERE secret_hash = ANY ($1)`,
      [hashes],
    );
    const { accountId } = (await unused.get('/v1/me').expect(200)).body as { accountId: string };
    const forget = () =>
      queried<{ gone: number }>(
        world.api.database.workerUrl,
        'SELECT identity.forget_case_keys() AS gone',
      );
    expect(await forget()).toEqual([{ gone: 1 }]);
    expect(await forget()).toEqual([{ gone: 0 }]);
    await expectProblem(unused.get('/v1/me'), 401, 'unauthenticated');
    expect(await ledger.rows('SELECT FROM identity.account WHERE id = $1', [accountId])).toEqual(
      [],
    );
    for (const who of [used, recent]) await who.get('/v1/me').expect(200);
  });

  it('that something still names stay, and hold up nothing', async () => {
    const who = await bearer(world);
    const { accountId } = (await who.get('/v1/me').expect(200)).body as { accountId: string };
    await ledger.rows(
      `UPDATE identity.case_key SET made_at = now() - interval '31 days' WHERE account_id = $1`,
      [accountId],
    );
    await ledger.rows('INSERT INTO identity.unsubscription VALUES ($1, $2, now())', [
      'planted',
      accountId,
    ]);
    await ledger.rows('SELECT identity.forget_case_keys()');
    await who.get('/v1/me').expect(200);
  });
});

describe('case keys, where somebody tries many,', () => {
  it('are given to few from one address, and guessed by nobody', async () => {
    const api = await startApi({ COMITY_RATE_LIMITS: 'sign-in=3/60,refused=3/60' });
    try {
      const asked = () => api.as().send('post', '/v1/case-keys');
      for (let n = 0; n < 3; n += 1) await asked().expect(201);
      await expectProblem(asked(), 429, 'rate-limited');
      const guess = () => api.as('comity_case_guess').get('/v1/me');
      for (let n = 0; n < 3; n += 1) await expectProblem(guess(), 401, 'unauthenticated');
      await expectProblem(guess(), 429, 'rate-limited');
    } finally {
      await api.stop();
    }
  });
});
