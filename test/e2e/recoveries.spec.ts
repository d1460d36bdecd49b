import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Post } from '../factories/post.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { ADMIN } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const NEXT = 'quite another password';

interface Asked {
  readonly mark: string;
  readonly half: string | null;
}
interface Seen {
  readonly id: string;
  readonly mark: string;
  readonly status: string;
  readonly account: { readonly email: string };
}

describe('a way back into an account', () => {
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
    const who = { email: `${randomUUID()}@comity.test`, password: PASSWORD };
    const { body } = await world.admin
      .post('/v1/accounts', { ...who, name: 'Ana Novak' })
      .expect(201);
    return { ...who, id: (body as { id: string }).id, client: await world.api.signIn(who) };
  };
  const seat = async (by: Client, email: string, side: string, role = 'drafter') =>
    by.post('/v1/memberships', { email, side, role }).expect(201);
  /** Somebody who drafts for an organization that another manages. */
  const drafter = async () => {
    const { head, side } = await world.organization(`Watch ${randomUUID()}`);
    const who = await account();
    await seat(head, who.email, side);
    return { head, side, who };
  };
  const ask = async (email: string, mailbox = false): Promise<Asked> => {
    await ledger.rows('DELETE FROM identity.attempt');
    const call = world.api.as().send('post', '/v1/auth/recoveries').send({ email, mailbox });
    return (await call.expect(202)).body as Asked;
  };
  const seen = async (by: Client): Promise<Seen[]> =>
    ((await by.get('/v1/recoveries').expect(200)).body as { items: Seen[] }).items;
  const decide = (by: Client, id: string, what: 'approve' | 'refuse', password = PASSWORD) =>
    by.send('post', `/v1/recoveries/${id}/${what}`).send({ password });
  /** By an administrator first, for the half was shown: it takes two. */
  const approved = async (by: Client, id: string) => {
    const first = await decide(world.admin, id, 'approve', ADMIN.password).expect(200);
    expect(first.body).toMatchObject({ status: 'waiting', code: null });
    return ((await decide(by, id, 'approve').expect(200)).body as { code: string }).code;
  };
  const redeem = (half: string, code: string) =>
    world.api.as().send('post', '/v1/auth/recoveries/redeem').send({ half, code, password: NEXT });
  /** A day goes by, for this account's recoveries. */
  const later = (id: string, span = '24 hours') =>
    ledger.rows(
      `UPDATE identity.recovery SET good_from = good_from - $2::interval,
         expires_at = expires_at - $2::interval WHERE account_id = $1`,
      [id, span],
    );
  const statusOf = async (id: string) =>
    (await ledger.row('SELECT status FROM identity.recovery WHERE account_id = $1', [id]))[
      'status'
    ];

  it('needs both halves, a day after the approval, and ends sessions and keys', async () => {
    const { head, side, who } = await drafter();
    const key = { password: PASSWORD, name: 'A program', scopes: ['me:read'] };
    const made = await who.client.send('post', '/v1/api-keys').send(key).expect(201);
    const program = world.api.as((made.body as { secret: string }).secret);
    await mail.deliver();
    const { mark, half } = await ask(who.email.toUpperCase());
    expect(half).toMatch(/^cr_[\w-]{43}$/);
    const [told] = await mail.deliver(who.email);
    expect(told!.subject).toBe('Somebody asks for your account on Comity');
    expect(told!.text).not.toContain(half);
    const [request] = await seen(head);
    expect(request).toMatchObject({
      mark,
      sides: [side],
      status: 'waiting',
      half: 'shown',
      network: '127.0.0.0/24',
      goodFrom: null,
      decidedBy: null,
      account: { id: who.id, email: who.email, name: 'Ana Novak' },
    });
    const code = await approved(head, request!.id);
    expect((await mail.deliver(who.email))[0]!.text).toContain(mark);
    await expectRefused(ledger, redeem(half!, code), 409, 'too-early');
    await later(who.id);
    await expectProblem(redeem(half!, 'AAAA-AAAA-AAAA'), 422, 'unknown-token');
    await expectRefused(ledger, redeem('cr_nothing', code), 422, 'unknown-token');
    await who.client.get('/v1/me').expect(200);
    await redeem(half!, code.toLowerCase().replaceAll('-', ' ')).expect(204);
    await expectProblem(who.client.get('/v1/me'), 401, 'unauthenticated');
    await expectProblem(program.get('/v1/me'), 401, 'unauthenticated');
    await world.api.signIn({ email: who.email, password: NEXT });
    const [done] = await mail.deliver(who.email);
    expect(done!.subject).toBe('Your password on Comity was changed');
    await expectRefused(ledger, redeem(half!, code), 422, 'unknown-token');
    expect((await seen(head))[0]).toMatchObject({ status: 'used' });
  });

  it('is good at once where the owner’s half came by mail, which the approver never sees', async () => {
    const { head, who } = await drafter();
    await mail.deliver();
    const { half, mark } = await ask(who.email, true);
    expect(half).toBeNull();
    const token = await mail.token(who.email);
    const [request] = await seen(head);
    expect(request).toMatchObject({ mark, half: 'mailed' });
    const { text } = await decide(head, request!.id, 'approve').expect(200);
    expect(text).not.toContain(token);
    const { code } = JSON.parse(text) as { code: string };
    await redeem(token, code).expect(204);
    await world.api.signIn({ email: who.email, password: NEXT });
  });

  it('takes two where the owner’s half was shown: whoever asked may be the one who approves', async () => {
    const { head, who } = await drafter();
    const { half } = await ask(who.email);
    const [request] = await seen(head);
    const first = await decide(head, request!.id, 'approve').expect(200);
    expect(first.body).toMatchObject({ status: 'waiting', code: null, goodFrom: null });
    await expectRefused(ledger, decide(head, request!.id, 'approve'), 409, 'already-given');
    await expectRefused(ledger, redeem(half!, 'AAAA-AAAA-AAAA'), 422, 'unknown-token');
    const { firstBy } = first.body as { firstBy: string };
    const byAdmin = (await seen(world.admin)).find(({ id }) => id === request!.id);
    expect(byAdmin).toMatchObject({ firstBy, account: { email: who.email } });
    const second = await decide(world.admin, request!.id, 'approve', ADMIN.password).expect(200);
    const { code } = second.body as { code: string };
    await later(who.id);
    await redeem(half!, code).expect(204);
  });

  it('is asked for with one answer, whoever has an account, and stands open once', async () => {
    const { head, who } = await drafter();
    const unknown = `${randomUUID()}@comity.test`;
    const forms = [await ask(who.email), await ask(unknown), await ask(who.email)].map((answer) =>
      JSON.stringify(answer).replaceAll(/cr_[\w-]{43}|\d{3}-\d{3}|"20\d\d-\d\d-[^"]+"/g, '_'),
    );
    expect(new Set(forms).size).toBe(1);
    expect(await seen(head)).toHaveLength(1);
    await mail.deliver();
    expect(mail.server.to(unknown)).toEqual([]);
    const again = () => world.api.as().send('post', '/v1/auth/recoveries').send({ email: unknown });
    for (let n = 0; n < 3; n += 1) await again().expect(202);
    await expectRefused(ledger, again(), 429, 'too-many-attempts');
  });

  it('is for who manages all sides of the owner, else for an administrator, never oneself', async () => {
    const { head, side, who } = await drafter();
    const other = await account();
    await seat(head, other.email, side, 'officer');
    await ask(who.email, true);
    const [request] = await seen(head);
    const missing = await decide(head, NOBODY, 'approve').expect(404);
    for (const by of [who.client, other.client, world.admin, world.secretariat]) {
      // Of others an administrator sees those that take two.
      const told = (await seen(by)).filter(({ id }) => by !== world.admin || id === request!.id);
      expect(told).toEqual([]);
      const hidden = await decide(by, request!.id, 'approve').expect(404);
      expect(hidden.text).toBe(missing.text);
    }
    const guess = decide(head, request!.id, 'approve', 'a wrong one');
    await expectRefused(ledger, guess, 401, 'wrong-credentials');
    // On a side that the head does not manage as well, they might gain by it: not theirs any more.
    const second = await world.organization(`Second ${randomUUID()}`);
    await seat(second.head, who.email, second.side);
    expect(await seen(head)).toEqual([]);
    const byAdmin = (await seen(world.admin)).filter((each) => each.account.email === who.email);
    expect(byAdmin.map(({ id }) => id)).toEqual([request!.id]);
    await decide(world.admin, request!.id, 'refuse', ADMIN.password).expect(200);
    const again = decide(world.admin, request!.id, 'approve', ADMIN.password);
    await expectRefused(ledger, again, 409, 'recovery-closed');
  });

  it('is void once the approver manages the side no more, or the password was changed', async () => {
    const { head, side, who } = await drafter();
    const { half } = await ask(who.email);
    const code = await approved(head, (await seen(head))[0]!.id);
    await later(who.id);
    const successor = await account();
    const { seats } = (await head.get('/v1/me')).body as { seats: { membershipId: string }[] };
    const url = `/v1/memberships/${seats[0]!.membershipId}/succeed`;
    await head.post(url, { email: successor.email }).expect(200);
    await expectProblem(redeem(half!, code), 422, 'unknown-token');
    expect(await statusOf(who.id)).toBe('void');
    const owner = await account();
    await seat(successor.client, owner.email, side);
    const asked = await ask(owner.email);
    const open = (await seen(successor.client)).find(({ status }) => status === 'waiting');
    const given = await approved(successor.client, open!.id);
    await owner.client.put('/v1/me/password', { current: PASSWORD, next: NEXT }).expect(200);
    await later(owner.id);
    await expectRefused(ledger, redeem(asked.half!, given), 422, 'unknown-token');
    expect(await statusOf(owner.id)).toBe('void');
  });

  it('ends with the fifth wrong code, its time, or a refusal after the approval', async () => {
    const { head, who } = await drafter();
    const guessed = await ask(who.email);
    const code = await approved(head, (await seen(head))[0]!.id);
    await later(who.id);
    for (let n = 0; n < 5; n += 1) await redeem(guessed.half!, `WRONG${n}`).expect(422);
    await expectRefused(ledger, redeem(guessed.half!, code), 422, 'unknown-token');
    const second = await ask(who.email);
    const [, request] = await seen(head);
    const other = await approved(head, request!.id);
    await decide(head, request!.id, 'refuse').expect(200);
    await later(who.id);
    await expectRefused(ledger, redeem(second.half!, other), 422, 'unknown-token');
    await ask(who.email);
    const last = (await seen(head))[2]!;
    await later(who.id, '4 days');
    await expectRefused(ledger, decide(head, last.id, 'approve'), 409, 'recovery-closed');
    expect((await seen(head))[2]).toMatchObject({ status: 'expired' });
  });

  it('is approved once, and used once, by those who come together', async () => {
    const { head, who } = await drafter();
    const { half } = await ask(who.email);
    const [request] = await seen(head);
    await decide(world.admin, request!.id, 'approve', ADMIN.password).expect(200);
    const both = ['approve', 'approve'].map(() => decide(head, request!.id, 'approve'));
    const answers = await Promise.all(both);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
    const { code } = answers.find(({ status }) => status === 200)!.body as { code: string };
    await later(who.id);
    expect(await statusesOf([redeem(half!, code), redeem(half!, code)])).toEqual([204, 422]);
  });
});
