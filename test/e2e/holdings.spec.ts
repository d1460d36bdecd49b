import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { lostPassword } from '../factories/lost-password.js';
import { Post, tokenOf } from '../factories/post.js';
import { PASSWORD, World } from '../factories/world.js';
import { ADMIN, type Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

describe('what somebody holds by a seat', () => {
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
    await world.admin.post('/v1/accounts', { ...who, name: 'Somebody' }).expect(201);
    return { ...who, client: await world.api.signIn(who) };
  };
  const emailOf = async (who: Client) =>
    ((await who.get('/v1/me').expect(200)).body as { email: string }).email;
  const seatOf = async (who: Client) =>
    ((await who.get('/v1/me').expect(200)).body as { seats: [{ membershipId: string }] }).seats[0]
      .membershipId;
  const holdings = (by: Client, seat: string) => by.get(`/v1/memberships/${seat}/holdings`);

  it('is told before it is handed over; what may pass does, and the rest ends', async () => {
    const side = 'state:SVN';
    const head = await world.delegation('SVN');
    const drafter = await world.delegation('SVN', 'drafter');
    const seat = await seatOf(head);
    const none = { passes: { invitations: 0 }, ends: { signatures: 0, recoveries: 0, keys: 0 } };
    await holdings(head, seat).expect(200, none);
    const guest = `${randomUUID()}@comity.test`;
    const invited = { email: guest, side, role: 'drafter' };
    await head.post('/v1/invitations', invited).expect(201);
    const token = tokenOf((await mail.deliver(guest))[0]!);
    const successor = await account();
    const moot = { ...invited, email: successor.email };
    await head.post('/v1/invitations', moot).expect(201);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const lending = { side, email: await emailOf(drafter), until };
    await head.post('/v1/signatures', lending).expect(201);
    await lostPassword(world.api, drafter);
    const { body } = await head.get('/v1/recoveries').expect(200);
    const [{ id }] = (body as { items: [{ id: string }] }).items;
    const proof = { password: PASSWORD };
    // The half was shown: it takes two.
    const { password } = ADMIN;
    await world.admin.send('post', `/v1/recoveries/${id}/approve`).send({ password }).expect(200);
    await head.send('post', `/v1/recoveries/${id}/approve`).send(proof).expect(200);
    const key = { ...proof, name: 'A program', scopes: ['me:read'] };
    const made = await head.send('post', '/v1/api-keys').send(key).expect(201);
    const program = world.api.as((made.body as { secret: string }).secret);

    const ends = { signatures: 1, recoveries: 1, keys: 1 };
    await holdings(head, seat).expect(200, { passes: { invitations: 2 }, ends });
    const facts = { permission: 'manage', side };
    await expectRefused(ledger, holdings(drafter, seat), 409, 'permission-missing', { facts });
    await expectProblem(holdings(await world.delegation('FRA'), seat), 404, 'not-found');
    const url = `/v1/memberships/${seat}/succeed`;
    const passed = await head.post(url, { email: successor.email }).expect(200);
    // Nobody comes to have invited themselves.
    expect(passed.body).toMatchObject({ side, holdings: { passes: { invitations: 1 }, ends } });

    await expectProblem(program.get('/v1/me'), 401, 'unauthenticated');
    const { body: me } = await drafter.get('/v1/me').expect(200);
    expect(me).toMatchObject({ seats: [{ permissions: ['prepare'], signsFor: [] }] });
    const recoveries = await successor.client.get('/v1/recoveries').expect(200);
    expect(recoveries.body).toMatchObject({ items: [{ id, status: 'void' }] });
    // The invitation stands in the successor's name, and is accepted as if nothing had happened.
    const acceptance = { token, name: 'A guest', ...proof };
    await world.api.as().send('post', '/v1/invitations/accept').send(acceptance).expect(201);
    const seats = await successor.client.get('/v1/memberships', { side }).expect(200);
    const { items } = seats.body as { items: { email: string; grantedBy: string }[] };
    expect(items.find(({ email }) => email === guest)).toMatchObject({ grantedBy: 'Somebody' });
  });

  it('keeps the keys of whoever sits elsewhere too', async () => {
    const [one, other] = [await world.organization('One'), await world.organization('Other')];
    const who = await account();
    for (const { head, side } of [one, other]) {
      await head.post('/v1/memberships', { email: who.email, side, role: 'drafter' }).expect(201);
    }
    const key = { password: PASSWORD, name: 'A program', scopes: ['me:read'] };
    const made = await who.client.send('post', '/v1/api-keys').send(key).expect(201);
    const seat = await seatOf(who.client);
    const { body } = await who.client.get(`/v1/memberships/${seat}/holdings`).expect(200);
    expect(body).toMatchObject({ ends: { keys: 0 } });
    const { side } = ((await who.client.get('/v1/me')).body as { seats: [{ side: string }] })
      .seats[0];
    const by = side === one.side ? one.head : other.head;
    const next = await account();
    await by.post(`/v1/memberships/${seat}/succeed`, { email: next.email }).expect(200);
    await world.api
      .as((made.body as { secret: string }).secret)
      .get('/v1/me')
      .expect(200);
  });
});
