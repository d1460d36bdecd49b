import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Post } from '../factories/post.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

describe('who comes after', () => {
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

  const account = async () => {
    const email = `${randomUUID()}@comity.test`;
    const body = { email, name: 'Somebody', password: PASSWORD };
    const { id } = (await world.admin.post('/v1/accounts', body).expect(201)).body as {
      id: string;
    };
    return { id, email, client: await world.api.signIn({ email, password: PASSWORD }) };
  };
  const seated = async (by: Client, side: string, role: string) => {
    const who = await account();
    const { body } = await by.post('/v1/memberships', { email: who.email, side, role }).expect(201);
    return { ...who, membership: (body as { id: string }).id };
  };
  const succeed = (by: Client, id: string, email: string) =>
    by.post(`/v1/memberships/${id}/succeed`, { email });
  const ownSeat = async (who: Client) => (await who.get('/v1/me').expect(200)).body.seats[0];

  it('takes the very seat in one act, and the side’s duties with it', async () => {
    const head = await world.delegation('SVN');
    const review = await world.review('SVN');
    await world.reach(review, 'SVN', 'preparation');
    const duties = async (who: Client) => (await who.get('/v1/me/duties').expect(200)).body.items;
    const owed = await duties(head);
    expect(owed.length).toBeGreaterThan(0);
    const seat = await ownSeat(head);
    const successor = await account();
    await mail.deliver();
    // The last manager goes, and the side is not without one for a moment.
    const { body } = await succeed(head, seat.membershipId, successor.email).expect(200);
    const { role, permissions } = seat;
    expect(body).toMatchObject({ accountId: successor.id, side: 'state:SVN', role, permissions });
    expect(await duties(successor.client)).toEqual(owed);
    expect(await duties(head)).toEqual([]);
    await expectProblem(head.get(`/v1/reviews/${review}`), 404, 'not-found');
    await successor.client.get(`/v1/reviews/${review}`).expect(200);
    const row = await ledger.row(
      'SELECT revoked_at IS NOT NULL AS ended, revoked_by FROM identity.membership WHERE id = $1',
      [seat.membershipId],
    );
    const { body: me } = await head.get('/v1/me').expect(200);
    expect(row).toEqual({ ended: true, revoked_by: me.accountId });
    const [told] = await mail.deliver(successor.email);
    expect(told!.subject).toBe('A new member of Slovenia on Comity');
    const again = succeed(successor.client, seat.membershipId, me.email as string);
    await expectRefused(ledger, again, 409, 'membership-ended');
  });

  it('is named by a manager, and is somebody else, who has an account', async () => {
    const { head, side } = await world.organization('Watch');
    const [drafter, officer] = [
      await seated(head, side, 'drafter'),
      await seated(head, side, 'officer'),
    ];
    const { email } = await account();
    const facts = { permission: 'manage', side };
    const other = succeed(officer.client, drafter.membership, email);
    await expectRefused(ledger, other, 409, 'permission-missing', { facts });
    const missing = await succeed(head, NOBODY, email).expect(404);
    const stranger = (await account()).client;
    const hidden = succeed(stranger, drafter.membership, email);
    expect((await expectRefused(ledger, hidden, 404, 'not-found')).text).toBe(missing.text);
    const { body: me } = await head.get('/v1/me');
    const own = succeed(head, drafter.membership, me.email as string);
    await expectRefused(ledger, own, 409, 'not-your-own');
    const same = succeed(head, drafter.membership, drafter.email);
    await expectRefused(ledger, same, 409, 'already-exists');
    const nobody = succeed(head, drafter.membership, 'no@comity.test');
    await expectRefused(ledger, nobody, 422, 'unknown-account');
    const wrong = succeed(head, drafter.membership, 'no');
    await expectRefused(ledger, wrong, 422, 'invalid-content');
    const alone = succeed(drafter.client, drafter.membership, email);
    await expectRefused(ledger, alone, 409, 'permission-missing', { facts });
    await succeed(head, drafter.membership, email).expect(200);
    expect(await ownSeat(drafter.client)).toBeUndefined();
  });

  it('gives up a lesser seat for it, and never a greater one', async () => {
    const { head, side } = await world.organization('Deputies');
    const deputy = await seated(head, side, 'drafter');
    const officer = await seated(head, side, 'officer');
    const down = succeed(head, deputy.membership, officer.email);
    await expectRefused(ledger, down, 409, 'already-exists');
    const equal = await seated(head, side, 'drafter');
    const level = succeed(head, deputy.membership, equal.email);
    await expectRefused(ledger, level, 409, 'already-exists');
    const { membershipId } = await ownSeat(head);
    const { body } = await succeed(head, membershipId, deputy.email).expect(200);
    expect(body.permissions).toContain('manage');
    const seats = (await deputy.client.get('/v1/me')).body.seats as object[];
    expect(seats).toEqual([expect.objectContaining({ membershipId: body.id, role: 'head' })]);
  });

  it('of two named at the same time is one', async () => {
    const { head, side } = await world.organization('Twice');
    const { membership } = await seated(head, side, 'drafter');
    const both = await Promise.all([
      succeed(head, membership, (await account()).email),
      succeed(head, membership, (await account()).email),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  describe('an account that is disabled', () => {
    const act = (by: Client, id: string, what: 'disable' | 'enable') =>
      by.post(`/v1/accounts/${id}/${what}`);

    it('loses sessions, keys and resets at once, and for good', async () => {
      const who = await account();
      const key = { password: PASSWORD, name: 'A program', scopes: ['me:read'] };
      const made = await who.client.send('post', '/v1/api-keys').send(key).expect(201);
      const program = world.api.as((made.body as { secret: string }).secret);
      await program.get('/v1/me').expect(200);
      await mail.deliver();
      await world.api
        .as()
        .send('post', '/v1/auth/password-resets')
        .send({ email: who.email })
        .expect(202);
      const token = await mail.token(who.email);
      const { body } = await act(world.admin, who.id, 'disable').expect(200);
      expect(body).toMatchObject({ id: who.id, disabled: true });
      const refused = () =>
        Promise.all([
          expectProblem(who.client.get('/v1/me'), 401, 'unauthenticated'),
          expectProblem(program.get('/v1/me'), 401, 'unauthenticated'),
        ]);
      await refused();
      const redeem = { token, password: 'quite another password' };
      await world.api.as().send('post', '/v1/auth/password-resets/redeem').send(redeem).expect(422);
      await act(world.admin, who.id, 'disable').expect(200);
      const opened = await act(world.admin, who.id, 'enable').expect(200);
      expect(opened.body.disabled).toBe(false);
      await refused();
      await world.api.signIn({ email: who.email, password: PASSWORD });
    });

    it('is so by an administrator, never their own, and no longer than they are one', async () => {
      const who = await account();
      const by = act(world.secretariat, who.id, 'disable');
      const needs = { facts: { needs: 'administrator' } };
      await expectRefused(ledger, by, 403, 'forbidden', needs);
      await expectRefused(ledger, act(world.admin, NOBODY, 'disable'), 404, 'not-found');
      const { body: me } = await world.admin.get('/v1/me').expect(200);
      const own = act(world.admin, me.accountId as string, 'disable');
      await expectRefused(ledger, own, 409, 'not-your-own');
      // Two administrators shut each other out: one of them comes too late.
      await ledger.rows('UPDATE identity.account SET administrator = true WHERE id = $1', [who.id]);
      const answers = await Promise.all([
        act(world.admin, who.id, 'disable'),
        act(who.client, me.accountId as string, 'disable'),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const rows = await ledger.rows(
        'SELECT FROM identity.account WHERE administrator AND disabled_at IS NULL',
      );
      expect(rows).toHaveLength(1);
    });
  });
});
