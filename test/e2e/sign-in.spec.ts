import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { ADMIN, joinApi, startApi, type Client, type TestApi } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const PASSWORD = 'a password to begin with';
const WRONG = 'not the password at all';

describe('signing in', () => {
  let api: TestApi;
  let second: TestApi;
  let ledger: Ledger;
  let admin: Client;
  beforeAll(async () => {
    api = await startApi();
    second = await joinApi(api.database);
    ledger = await Ledger.open(api);
    admin = await api.signIn(ADMIN);
  });
  afterAll(async () => {
    await ledger.close();
    await second.stop();
    await api.stop();
  });

  const account = async () => {
    const who = { email: `${randomUUID()}@comity.test`, password: PASSWORD };
    const { body } = await admin.post('/v1/accounts', { ...who, name: 'Somebody' }).expect(201);
    return { ...who, id: (body as { id: string }).id };
  };
  const enter = (who: { email: string; password: string }, house = api) =>
    house.as().post('/v1/auth/login', { email: who.email, password: who.password });

  const session = async (who: { email: string; password: string }) =>
    api.as(((await enter(who).expect(200)).body as { token: string }).token);

  it('gives a token that is kept as a hash alone', async () => {
    const who = await account();
    const { body, headers } = await enter({ ...who, email: who.email.toUpperCase() }).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    const hours = (Date.parse(body.expiresAt as string) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(12, 1);
    const me = await api.as(body.token).get('/v1/me').expect(200);
    expect(me.body).toEqual({
      accountId: who.id,
      email: who.email,
      name: 'Somebody',
      administrator: false,
      seats: [],
    });
    const row = await ledger.row('SELECT * FROM identity.session WHERE account_id = $1', [who.id]);
    const hash = createHash('sha256')
      .update(body.token as string)
      .digest('base64url');
    expect(row['token_hash']).toBe(hash);
    expect(JSON.stringify(row)).not.toContain(body.token);
    const kept = await ledger.row('SELECT password_hash FROM identity.account WHERE id = $1', [
      who.id,
    ]);
    expect(kept['password_hash']).toMatch(/^\$argon2id\$/);
    for (const secret of [body.token as string, PASSWORD])
      expect(api.logged()).not.toContain(secret);
  });

  it('tells a wrong password, an unknown account and a disabled one alike', async () => {
    const [who, gone] = [await account(), await account()];
    await ledger.rows('UPDATE identity.account SET disabled_at = now() WHERE id = $1', [gone.id]);
    const answers = [
      await expectRefused(ledger, enter({ ...who, password: WRONG }), 401, 'wrong-credentials'),
      await expectRefused(
        ledger,
        enter({ email: 'nobody@comity.test', password: WRONG }),
        401,
        'wrong-credentials',
      ),
      await expectRefused(ledger, enter(gone), 401, 'wrong-credentials'),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('takes the token from the header alone', async () => {
    const { body } = await enter(await account()).expect(200);
    const bare = (scheme: string) => api.as().get('/v1/me').set('authorization', scheme);
    await bare(`Bearer ${body.token}`).expect(200);
    for (const scheme of [
      `Basic ${body.token}`,
      `${body.token}`,
      'Bearer',
      `Bearer ${body.token}x`,
    ]) {
      await expectProblem(bare(scheme), 401, 'unauthenticated');
    }
    const inQuery = api.as().get('/v1/me', { access_token: body.token });
    await expectProblem(inQuery, 400, 'unknown-parameter');
    const inBody = api.as().post('/v1/cycles', { access_token: body.token });
    await expectProblem(inBody, 400, 'unknown-field');
  });

  it('ends with the session, at once, and the others go on', async () => {
    const who = await account();
    const [one, other] = [await session(who), await session(who)];
    await one.post('/v1/auth/logout').expect(204);
    await expectProblem(one.get('/v1/me'), 401, 'unauthenticated');
    await other.get('/v1/me').expect(200);
    const rows = await ledger.rows('SELECT FROM identity.session WHERE account_id = $1', [who.id]);
    expect(rows).toHaveLength(1);
  });

  it('ends after twelve hours without use, and after seven days in any case', async () => {
    const who = await account();
    const set = (change: string) =>
      ledger.rows(`UPDATE identity.session SET ${change} WHERE account_id = $1`, [who.id]);
    const idle = await session(who);
    await set(`seen_at = now() - interval '11 hours 59 minutes'`);
    await idle.get('/v1/me').expect(200);
    const seen = await ledger.row<{ fresh: boolean }>(
      `SELECT seen_at > now() - interval '1 minute' AS fresh FROM identity.session
       WHERE account_id = $1`,
      [who.id],
    );
    expect(seen.fresh).toBe(true);
    await set(`seen_at = now() - interval '12 hours 1 minute'`);
    await expectProblem(idle.get('/v1/me'), 401, 'unauthenticated');
    await set(`seen_at = now(), expires_at = now() - interval '1 second'`);
    await expectProblem(idle.get('/v1/me'), 401, 'unauthenticated');
  });

  it('ends for an account that is disabled, in the middle of its session', async () => {
    const who = await account();
    const client = await session(who);
    await ledger.rows('UPDATE identity.account SET disabled_at = now() WHERE id = $1', [who.id]);
    await expectProblem(client.get('/v1/me'), 401, 'unauthenticated');
    await expectProblem(client.get('/v1/reviews'), 401, 'unauthenticated');
  });

  describe('with another password', () => {
    const next = 'quite another password';

    it('ends the other sessions, and the old password', async () => {
      const who = await account();
      const [here, elsewhere] = [await session(who), await session(who)];
      const { body } = await here.put('/v1/me/password', { current: PASSWORD, next }).expect(200);
      expect(body).toEqual({ sessionsEnded: 1, keysEnded: 0 });
      await here.get('/v1/me').expect(200);
      await expectProblem(elsewhere.get('/v1/me'), 401, 'unauthenticated');
      await expectProblem(enter(who), 401, 'wrong-credentials');
      await enter({ ...who, password: next }).expect(200);
    });

    it('ends the keys too, unless they are to stay, and says how many ended', async () => {
      const who = await account();
      const client = await session(who);
      const key = async (password: string) => {
        const body = { password, name: 'A program', scopes: ['me:read'] };
        const answer = await client.send('post', '/v1/api-keys').send(body).expect(201);
        return api.as((answer.body as { secret: string }).secret);
      };
      const [one, other] = [await key(PASSWORD), await key(PASSWORD)];
      await client.send('delete', `/v1/api-keys/${(await keysOf(client))[0]!.id}`).expect(204);
      await other.get('/v1/me').expect(200);
      const staying = { current: PASSWORD, next, endKeys: false };
      const kept = await client.put('/v1/me/password', staying).expect(200);
      expect(kept.body).toEqual({ sessionsEnded: 0, keysEnded: 0 });
      await other.get('/v1/me').expect(200);
      const change = { current: next, next: PASSWORD };
      const { body } = await client.put('/v1/me/password', change).expect(200);
      // The one that had been revoked is not counted, and keeps its time.
      expect(body).toEqual({ sessionsEnded: 0, keysEnded: 1 });
      for (const program of [one, other]) {
        await expectProblem(program.get('/v1/me'), 401, 'unauthenticated');
      }
      const ends = (await keysOf(client)).map(({ revokedAt }) => revokedAt);
      expect(new Set(ends).size).toBe(2);
    });
    const keysOf = async (client: Client) =>
      (await client.get('/v1/api-keys').expect(200)).body.items as {
        id: string;
        revokedAt: string | null;
      }[];

    it('is refused without the old one, and when it is short', async () => {
      const who = await account();
      const client = await session(who);
      const put = (body: object) => client.put('/v1/me/password', body);
      await expectRefused(ledger, put({ current: WRONG, next }), 401, 'wrong-credentials');
      const errors = [{ pointer: '/next' }];
      const short = put({ current: PASSWORD, next: 'eleven char' });
      await expectRefused(ledger, short, 422, 'invalid-content', { errors });
      await enter(who).expect(200);
    });

    it('cannot be guessed for by whoever holds the session', async () => {
      const client = await session(await account());
      const guess = (current: string) => client.put('/v1/me/password', { current, next });
      for (let n = 0; n < 8; n += 1) await guess(WRONG).expect(401);
      const answer = await expectRefused(ledger, guess(PASSWORD), 429, 'too-many-attempts');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    });
  });

  describe('by guessing', () => {
    it('is throttled for an account, in all processes together, and then no password helps', async () => {
      const who = await account();
      for (let n = 0; n < 8; n += 1) {
        await enter({ ...who, password: WRONG }, n % 2 ? api : second).expect(401);
      }
      for (const house of [api, second]) {
        const answer = await expectRefused(ledger, enter(who, house), 429, 'too-many-attempts');
        const wait = Number(answer.headers['retry-after']);
        expect([wait > 0, wait <= 900]).toEqual([true, true]);
        expect(answer.body.facts).toEqual({ retryAfterSeconds: wait });
      }
      await enter(await account()).expect(200);
      const past = await ledger.rows(
        `UPDATE identity.attempt SET since = now() - interval '15 minutes'
         WHERE bucket LIKE '%' || $1 || '%' AND count >= 8 RETURNING bucket`,
        [who.email],
      );
      expect(past.length).toBeGreaterThan(0);
      await enter(who).expect(200);
    });

    it('counts anew after the right password', async () => {
      const who = await account();
      for (let round = 0; round < 2; round += 1) {
        for (let n = 0; n < 7; n += 1) await enter({ ...who, password: WRONG }).expect(401);
        await enter(who).expect(200);
      }
    });
  });
});

describe('signing in from one address', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());
  const guess = (n: number) =>
    api.as().post('/v1/auth/login', { email: `nobody${n}@comity.test`, password: WRONG });

  it('is open to a whole delegation, and throttled for who tries account after account', async () => {
    for (let n = 0; n < 45; n += 1) await api.signIn(ADMIN);
    for (let n = 0; n < 40; n += 1) await guess(n).expect(401);
    const answer = await expectProblem(guess(40), 429, 'too-many-attempts');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const right = api.as().post('/v1/auth/login', ADMIN);
    await expectProblem(right, 429, 'too-many-attempts');
  });
});
