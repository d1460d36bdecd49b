import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Post } from '../factories/post.js';
import { ADMIN, joinApi, startApi, type Client, type TestApi } from '../setup/api.js';
import { statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const PASSWORD = 'a password to begin with';
const NEXT = 'quite another password';

describe('a forgotten password', () => {
  let api: TestApi;
  let second: TestApi;
  let ledger: Ledger;
  let mail: Post;
  let admin: Client;
  beforeAll(async () => {
    api = await startApi();
    second = await joinApi(api.database);
    ledger = await Ledger.open(api);
    mail = await Post.open(api);
    admin = await api.signIn(ADMIN);
  });
  afterAll(async () => {
    await mail.stop();
    await ledger.close();
    await second.stop();
    await api.stop();
  });

  const account = async () => {
    const who = { email: `${randomUUID()}@comity.test`, password: PASSWORD };
    const { body } = await admin.post('/v1/accounts', { ...who, name: 'Somebody' }).expect(201);
    return { ...who, id: (body as { id: string }).id };
  };
  const askFor = (email: string, more: object = {}, house = api) =>
    house
      .as()
      .send('post', '/v1/auth/password-resets')
      .send({ email, ...more });
  const redeem = (token: string, password = NEXT) =>
    api.as().send('post', '/v1/auth/password-resets/redeem').send({ token, password });
  const enter = (who: { email: string; password: string }) =>
    api.as().post('/v1/auth/login', { email: who.email, password: who.password });
  const signedIn = ({ email, password }: { email: string; password: string }) =>
    api.signIn({ email, password });
  const again = () => ledger.rows('DELETE FROM identity.attempt');
  /** Time passes, for all that the outbox knows of this address. */
  const later = (email: string, span: string) =>
    ledger.rows(
      `UPDATE identity.mail SET queued_at = queued_at - $2::interval,
         due_at = due_at - $2::interval, settled_at = settled_at - $2::interval
       WHERE address = $1`,
      [email, span],
    );
  const waiting = (email: string) =>
    ledger.rows<{ minutes: number }>(
      `SELECT round(extract(epoch FROM due_at - now()) / 60)::int AS minutes FROM identity.mail
       WHERE address = $1 AND kind = 'password-reset' AND status = 'queued'`,
      [email],
    );

  it('is set anew with a token from a mail, which ends sessions and keys and is told', async () => {
    const who = await account();
    const session = await signedIn(who);
    const key = { password: PASSWORD, name: 'A program', scopes: ['me:read'] };
    const { body } = await session.send('post', '/v1/api-keys').send(key).expect(201);
    const program = api.as((body as { secret: string }).secret);
    await program.get('/v1/me').expect(200);
    await mail.deliver();
    await askFor(who.email.toUpperCase(), { language: 'es' }).expect(202, { status: 'accepted' });
    const token = await mail.token(who.email);
    expect(mail.server.to(who.email)[1]!.subject).toBe('Nueva contraseña en Comity');
    await session.get('/v1/me').expect(200);
    await redeem(token).expect(204);
    await expectProblem(session.get('/v1/me'), 401, 'unauthenticated');
    await expectProblem(program.get('/v1/me'), 401, 'unauthenticated');
    await expectProblem(enter(who), 401, 'wrong-credentials');
    await enter({ ...who, password: NEXT }).expect(200);
    const [told] = await mail.deliver(who.email);
    expect(told!.subject).toBe('Your password on Comity was changed');
    await expectRefused(ledger, redeem(token), 422, 'unknown-token');
  });

  it('is asked for with one answer and one effect, whoever has an account or none', async () => {
    await again();
    const [who, shut] = [await account(), await account()];
    await ledger.rows('UPDATE identity.account SET disabled_at = now() WHERE id = $1', [shut.id]);
    const unknown = `${randomUUID()}@comity.test`;
    const sql = 'SELECT kind, status, attempts FROM identity.mail WHERE address = $1';
    for (const email of [who.email, shut.email, unknown]) {
      await askFor(email).expect(202, { status: 'accepted' });
      const rows = await ledger.rows(sql, [email]);
      expect(rows).toEqual([{ kind: 'password-reset', status: 'queued', attempts: 0 }]);
    }
    await mail.deliver();
    expect(mail.server.to(who.email)).toHaveLength(1);
    for (const email of [shut.email, unknown]) {
      expect(mail.server.to(email)).toEqual([]);
      expect((await ledger.row(sql, [email]))['status']).toBe('dropped');
    }
  });

  it('takes as long for an unknown address as for a known one', async () => {
    const { email } = await account();
    const spent: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let n = 0; n < 30; n += 1) {
      await again();
      for (const [which, address] of [
        ['known', email],
        ['unknown', `${randomUUID()}@comity.test`],
      ] as const) {
        const before = performance.now();
        await askFor(address).expect(202);
        spent[which].push(performance.now() - before);
      }
    }
    const median = (all: number[]) => all.toSorted((a, b) => a - b)[15]!;
    const [known, unknown] = [median(spent.known), median(spent.unknown)];
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) / 2);
  });

  it('needs a token within its hour', async () => {
    await again();
    const who = await account();
    await askFor(who.email).expect(202);
    const last = await mail.token(who.email);
    await expectRefused(ledger, redeem(last, 'too short'), 422, 'invalid-content');
    const late = `UPDATE identity.password_reset SET expires_at = now() - interval '1 second'
      WHERE account_id = $1`;
    await ledger.rows(late, [who.id]);
    await expectRefused(ledger, redeem(last), 422, 'unknown-token');
    await enter(who).expect(200);
  });

  it('may be set with any of the last links: nobody ends the owner’s by asking again', async () => {
    await again();
    const who = await account();
    await askFor(who.email).expect(202);
    const own = await mail.token(who.email);
    const links = [own];
    for (let n = 0; n < 2; n += 1) {
      await later(who.email, '5 minutes');
      await askFor(who.email).expect(202);
      links.push(await mail.token(who.email));
    }
    expect(new Set(links).size).toBe(3);
    // A fourth waits until the hour of the first is over.
    await again();
    await askFor(who.email).expect(202);
    expect(await mail.deliver(who.email)).toEqual([]);
    expect(await waiting(who.email)).toEqual([{ minutes: 50 }]);
    await redeem(own).expect(204);
    for (const token of links) {
      await expectRefused(ledger, redeem(token), 422, 'unknown-token');
    }
    // What waited would have been another link: it is gone too.
    await later(who.email, '1 hour');
    const told = await mail.deliver(who.email);
    expect(told.map(({ subject }) => subject)).toEqual(['Your password on Comity was changed']);
  });

  it('is used once, though two links are sent in at the same time', async () => {
    await again();
    const who = await account();
    await askFor(who.email).expect(202);
    const first = await mail.token(who.email);
    await later(who.email, '5 minutes');
    await askFor(who.email).expect(202);
    const other = await mail.token(who.email);
    const statuses = await statusesOf([first, other, first, other].map((each) => redeem(each)));
    expect(statuses).toEqual([204, 422, 422, 422]);
  });

  it('fills nobody’s mailbox: one mail waits at most, for five minutes, whoever asks', async () => {
    await again();
    const [who, unknown] = [await account(), { email: `${randomUUID()}@comity.test` }];
    for (const { email } of [who, unknown]) {
      const both = [askFor(email), askFor(email, {}, second)];
      expect(await statusesOf(both)).toEqual([202, 202]);
      expect(await waiting(email)).toEqual([{ minutes: 0 }]);
    }
    const link = await mail.token(who.email);
    for (const { email } of [who, unknown]) {
      await again();
      for (let n = 0; n < 3; n += 1) await askFor(email).expect(202, { status: 'accepted' });
      expect(await waiting(email)).toEqual([{ minutes: 5 }]);
    }
    expect(await mail.deliver(who.email)).toEqual([]);
    await later(who.email, '5 minutes');
    expect(await mail.token(who.email)).not.toBe(link);
    await redeem(link).expect(204);
  });

  it('is void once its owner changed the password, who is told of that too', async () => {
    await again();
    const who = await account();
    const session = await signedIn(who);
    await askFor(who.email).expect(202);
    const token = await mail.token(who.email);
    await session.put('/v1/me/password', { current: PASSWORD, next: NEXT }).expect(200);
    const [told] = await mail.deliver(who.email);
    expect(told!.subject).toBe('Your password on Comity was changed');
    await expectRefused(ledger, redeem(token, 'a password of somebody else'), 422, 'unknown-token');
  });

  it('is throttled for a mailbox and for whoever asks, in all processes together', async () => {
    await again();
    const { email } = await account();
    for (const house of [api, second, api]) await askFor(email, {}, house).expect(202);
    for (const house of [api, second]) {
      const answer = await expectRefused(
        ledger,
        askFor(email, {}, house),
        429,
        'too-many-attempts',
      );
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3000);
    }
    const nobody = `${randomUUID()}@comity.test`;
    for (let n = 0; n < 3; n += 1) await askFor(nobody).expect(202);
    await expectProblem(askFor(nobody), 429, 'too-many-attempts');
    for (let n = 0; n < 20; n += 1) await redeem(`cm_${n}`).expect(422);
    await expectProblem(redeem('cm_x'), 429, 'too-many-attempts');
  });
});
