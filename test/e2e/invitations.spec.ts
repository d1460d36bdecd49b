import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Post } from '../factories/post.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const PASSWORD = 'a password for the tests';
const OTHER = 'quite another password';

describe('invitations', () => {
  let world: World;
  let ledger: Ledger;
  let mail: Post;
  let head: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    mail = await Post.open(world.api);
    head = await world.delegation('SVN');
    await mail.deliver();
  });
  afterAll(async () => {
    await mail.stop();
    await ledger.close();
    await world.stop();
  });

  const fresh = () => `${randomUUID()}@comity.test`;
  const invite = (by: Client, email: string, more: object = {}) =>
    by.post('/v1/invitations', { email, side: 'state:SVN', role: 'drafter', ...more });
  const accept = (token: string, more: object = {}) =>
    world.api
      .as()
      .send('post', '/v1/invitations/accept')
      .send({ token, name: 'Ana Novak', password: PASSWORD, ...more });
  const account = async () => {
    const who = { email: fresh(), password: PASSWORD };
    const { body } = await world.admin.post('/v1/accounts', { ...who, name: 'X' }).expect(201);
    return { ...who, id: (body as { id: string }).id };
  };
  const signedIn = ({ email, password }: { email: string; password: string }) =>
    world.api.signIn({ email, password });
  const freeAttempts = () => ledger.rows('DELETE FROM identity.attempt');

  it('make an account and a membership, granted by whoever invited', async () => {
    const email = fresh();
    const until = '2099-01-01T00:00:00.000Z';
    const { body } = await invite(head, email, { until, language: 'fr' }).expect(201);
    expect(body).toMatchObject({ email, status: 'open', language: 'fr', until });
    expect(body.mail).toEqual({ status: 'queued', attempts: 0, answer: null });
    const token = await mail.token(email);
    const listed = (await head.get('/v1/invitations').expect(200)).body.items.at(-1);
    expect(listed.mail).toMatchObject({ status: 'sent', attempts: 1 });
    const days = (Date.parse(listed.expiresAt as string) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    const { body: accepted } = await accept(token).expect(201);
    expect(accepted).toMatchObject({ email, side: 'state:SVN', role: 'drafter', until });
    const client = await world.api.signIn({ email, password: PASSWORD });
    const { body: me } = await client.get('/v1/me').expect(200);
    expect(me).toMatchObject({ name: 'Ana Novak', administrator: false });
    expect(me.seats).toHaveLength(1);
    const { body: inviter } = await head.get('/v1/me').expect(200);
    const row = await ledger.row(
      'SELECT granted_by, role, until FROM identity.membership WHERE id = $1',
      [accepted.membershipId],
    );
    expect(row).toEqual({
      granted_by: inviter.accountId,
      role: 'drafter',
      until: new Date(until),
    });
    await expectRefused(ledger, accept(token), 422, 'unknown-token');
  });

  it('link an account that there is, after its own password, and set nothing of it', async () => {
    const who = await account();
    await invite(head, who.email).expect(201);
    const token = await mail.token(who.email);
    const wrong = accept(token, { password: OTHER });
    await expectRefused(ledger, wrong, 401, 'wrong-credentials');
    const { body } = await accept(token, { name: 'Somebody else' }).expect(201);
    expect(body.accountId).toBe(who.id);
    await signedIn(who);
    const row = await ledger.row('SELECT name FROM identity.account WHERE id = $1', [who.id]);
    expect(row['name']).toBe('X');
  });

  it('of a disabled account open nothing', async () => {
    const who = await account();
    await invite(head, who.email).expect(201);
    const token = await mail.token(who.email);
    await ledger.rows('UPDATE identity.account SET disabled_at = now() WHERE id = $1', [who.id]);
    await expectRefused(ledger, accept(token), 401, 'wrong-credentials');
  });

  it('tell the inviter alike whether the address has an account', async () => {
    const answers = [];
    for (const email of [fresh(), (await account()).email]) {
      const { body, status } = await invite(head, email);
      await mail.deliver(email);
      const listed = (await head.get('/v1/invitations', { limit: 200 })).body.items.at(-1);
      const told = JSON.stringify([status, body, listed])
        .replaceAll(email, 'address')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant');
      answers.push(told);
    }
    expect(answers[0]).toBe(answers[1]);
  });

  it('are for those who may grant the membership, never for oneself, and not twice', async () => {
    const officer = await world.delegation('SVN', 'officer');
    const email = fresh();
    const facts = { permission: 'manage', side: 'state:SVN' };
    for (const by of [officer, await world.delegation('FRA'), world.admin]) {
      await expectRefused(ledger, invite(by, email), 409, 'permission-missing', { facts });
    }
    const { body: me } = await head.get('/v1/me');
    await expectRefused(ledger, invite(head, me.email as string), 409, 'not-your-own');
    const past = invite(head, email, { until: '2001-01-01T00:00:00Z' });
    await expectRefused(ledger, past, 422, 'dates-in-disorder');
    const nowhere = invite(head, email, { side: 'state:ZZZ' });
    await expectRefused(ledger, nowhere, 422, 'unknown-side');
    const klingon = invite(head, email, { language: 'tlh' });
    await expectRefused(ledger, klingon, 422, 'invalid-content');
    await invite(head, email).expect(201);
    await expectRefused(ledger, invite(head, email), 409, 'already-exists');
  });

  it('seat a first manager from outside, and the side is told', async () => {
    const name = 'Lawyers for Lakes';
    const { body } = await world.secretariat
      .post('/v1/organizations', { name, kind: 'ngo' })
      .expect(201);
    const { side } = body as { side: string };
    const email = fresh();
    await invite(world.secretariat, email, { side, role: 'head' }).expect(201);
    const token = await mail.token(email);
    await accept(token).expect(201);
    const [told] = await mail.deliver(email);
    expect(told!.subject).toBe(`A new member of ${name} on Comity`);
    expect(told!.text).toContain('secretariat has made Ana Novak a member');
    // From inside nobody needs to be told.
    const manager = await world.api.signIn({ email, password: PASSWORD });
    const second = fresh();
    await invite(manager, second, { side }).expect(201);
    await accept(await mail.token(second)).expect(201);
    expect(await mail.deliver()).toEqual([]);
  });

  it('are void when whoever invited may no longer do so', async () => {
    const deputy = await account();
    const seat = { email: deputy.email, side: 'state:SVN', role: 'head' };
    const { body } = await head.post('/v1/memberships', seat).expect(201);
    const email = fresh();
    await invite(await signedIn(deputy), email).expect(201);
    const token = await mail.token(email);
    await head.post(`/v1/memberships/${body.id}/revoke`).expect(200);
    await expectRefused(ledger, accept(token), 409, 'inviter-may-not');
    const disable = `UPDATE identity.account SET disabled_at = now() WHERE id = $1`;
    await ledger.rows(disable, [deputy.id]);
    await expectRefused(ledger, accept(token), 409, 'inviter-may-not');
  });

  it('are withdrawn at once, sent again with another token, and run out', async () => {
    const email = fresh();
    const { body } = await invite(head, email).expect(201);
    const url = `/v1/invitations/${body.id}`;
    const first = await mail.token(email);
    await head.post(`${url}/resend`).expect(200);
    await head.post(`${url}/resend`).expect(200);
    // The mail that waited was not doubled, and ends the one before when it goes out.
    const second = await mail.token(email);
    await expectRefused(ledger, accept(first), 422, 'unknown-token');
    const old = `UPDATE identity.invitation SET expires_at = now() - interval '1 second' WHERE id = $1`;
    await ledger.rows(old, [body.id]);
    await expectRefused(ledger, accept(second), 422, 'unknown-token');
    const [listed] = (await head.get('/v1/invitations', { limit: 200 })).body.items.slice(-1);
    expect(listed.status).toBe('expired');
    await head.post(`${url}/resend`).expect(200);
    const third = await mail.token(email);
    const others = [await world.delegation('FRA'), await world.stranger()];
    for (const other of others) {
      for (const act of ['revoke', 'resend']) {
        const missing = await other.post(`/v1/invitations/${NOBODY}/${act}`).expect(404);
        const hidden = await expectRefused(ledger, other.post(`${url}/${act}`), 404, 'not-found');
        expect(hidden.text).toBe(missing.text);
      }
    }
    const officer = await world.delegation('SVN', 'officer');
    await expectRefused(ledger, officer.post(`${url}/revoke`), 409, 'permission-missing');
    const revoked = await head.post(`${url}/revoke`).expect(200);
    expect(revoked.body.status).toBe('revoked');
    await expectRefused(ledger, accept(third), 422, 'unknown-token');
    await expectRefused(ledger, head.post(`${url}/resend`), 409, 'invitation-closed');
  });

  it('that are accepted twice at once seat one person', async () => {
    const email = fresh();
    await invite(head, email).expect(201);
    const token = await mail.token(email);
    const both = await Promise.all([accept(token), accept(token)]);
    const statuses = both.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses[0]).toBe(201);
    expect([409, 422]).toContain(statuses[1]);
    const rows = await ledger.rows('SELECT FROM identity.account WHERE email = $1', [email]);
    expect(rows).toHaveLength(1);
  });

  it('fill nobody’s mailbox, and tokens are not guessed', async () => {
    await freeAttempts();
    const email = fresh();
    for (let n = 0; n < 5; n += 1) {
      const { body } = await invite(head, email).expect(201);
      await head.post(`/v1/invitations/${body.id}/revoke`).expect(200);
    }
    await expectRefused(ledger, invite(head, email), 429, 'too-many-attempts');
    // What is refused counts for nothing: strangers keep nobody from being invited.
    const another = fresh();
    const stranger = await world.stranger();
    for (let n = 0; n < 6; n += 1) await invite(stranger, another).expect(409);
    await invite(head, another).expect(201);
    for (let n = 0; n < 20; n += 1) await accept(`cm_${n}`).expect(422);
    const answer = await expectProblem(accept('cm_x'), 429, 'too-many-attempts');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await freeAttempts();
  });

  it('are listed to the side and to whoever seats its first manager, in pages', async () => {
    const pages = await everyPage<{ side: string }>(head, '/v1/invitations?limit=3&side=state:SVN');
    const seen = pages.flat();
    expect(seen.length).toBeGreaterThan(8);
    expect(new Set(seen.map(({ side }) => side))).toEqual(new Set(['state:SVN']));
    const outside = await (await world.delegation('FRA')).get('/v1/invitations').expect(200);
    expect(outside.body.items).toEqual([]);
    const seating = await world.secretariat.get('/v1/invitations').expect(200);
    expect(seating.body.items.map(({ role }: { role: string }) => role)).toEqual(['head']);
    const unknown = head.get('/v1/invitations', { side: 'state:ZZZ' });
    await expectProblem(unknown, 400, 'invalid-parameter');
  });
});
