import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { World } from '../factories/world.js';
import { ADMIN, startApi, type Client } from '../setup/api.js';
import { ALL, ask, everyPage, NOBODY } from './asking.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

const PASSWORD = 'a password for the tests';
type Side = { email: string; side: string; role?: string };

describe('accounts and memberships', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const account = async (admin = world.admin) => {
    const email = `${randomUUID()}@comity.test`;
    const body = { email, name: 'Somebody', password: PASSWORD };
    return (await admin.post('/v1/accounts', body).expect(201)).body as {
      id: string;
      email: string;
    };
  };
  const grant = (by: Client, { role = 'drafter', ...rest }: Side, more = {}) =>
    by.post('/v1/memberships', { role, ...rest, ...more });
  const revoke = (by: Client, id: string) => by.post(`/v1/memberships/${id}/revoke`);
  const enter = ({ email }: { email: string }) => world.api.signIn({ email, password: PASSWORD });
  /** Somebody new, seated by whoever may. */
  const seated = async (by: Client, side: string, role: string) => {
    const who = await account();
    const { body } = await grant(by, { email: who.email, side, role }).expect(201);
    return { ...who, client: await enter(who), membership: body.id as string };
  };

  describe('an account', () => {
    it('is created by an administrator, and is nobody’s yet', async () => {
      const email = `${randomUUID()}@COMITY.test`;
      const { body } = await world.admin
        .post('/v1/accounts', { email, name: ' Ana Novak ', password: PASSWORD })
        .expect(201);
      expect(body).toMatchObject({
        email: email.toLowerCase(),
        name: 'Ana Novak',
        disabled: false,
      });
      const sql = 'SELECT name, administrator, disabled_at FROM identity.account WHERE id = $1';
      const row = await ledger.row(sql, [body.id]);
      expect(row).toEqual({ name: 'Ana Novak', administrator: false, disabled_at: null });
    });

    it('is refused to others, twice under one address, and without its parts', async () => {
      const { email } = await account();
      const create = (by: Client, more = {}) =>
        by.post('/v1/accounts', { email, name: 'X', password: PASSWORD, ...more });
      const needs = { facts: { needs: 'administrator' } };
      await expectRefused(ledger, create(world.secretariat), 403, 'forbidden', needs);
      await expectRefused(ledger, create(world.admin), 409, 'already-exists');
      const upper = { email: email.toUpperCase() };
      await expectRefused(ledger, create(world.admin, upper), 409, 'already-exists');
      for (const wrong of [{ email: 'nobody' }, { name: ' ' }, { password: 'short' }]) {
        const errors = [{ pointer: `/${Object.keys(wrong)[0]}` }];
        await expectRefused(ledger, create(world.admin, wrong), 422, 'invalid-content', { errors });
      }
    });

    it('is seen by administrators, itself, and those who share a side with it', async () => {
      const head = await world.delegation('SVN');
      const { client, email } = await seated(head, 'state:SVN', 'drafter');
      const stranger = await world.stranger();
      const seen = async (by: Client) =>
        ((await by.get('/v1/accounts', { email }).expect(200)).body.items as object[]).length;
      expect(await seen(world.admin)).toBe(1);
      expect(await seen(client)).toBe(1);
      expect(await seen(head)).toBe(1);
      expect(await seen(stranger)).toBe(0);
      expect(await seen(world.secretariat)).toBe(0);
      const own = await stranger.get('/v1/accounts').expect(200);
      expect(own.body.items).toHaveLength(1);
    });
  });

  describe('a membership', () => {
    it('is granted by those who manage the side, and tells who did', async () => {
      const head = await world.delegation('SVN');
      const { id, email } = await account();
      const until = '2099-01-01T00:00:00.000Z';
      const { body } = await grant(head, { email, side: 'state:SVN' }, { until }).expect(201);
      expect(body).toMatchObject({ accountId: id, side: 'state:SVN', role: 'drafter', until });
      expect(body).toMatchObject({ permissions: ['prepare'], grantedBy: 'head of state:SVN' });
      const sql = 'SELECT granted_by, revoked_at FROM identity.membership WHERE id = $1';
      const me = (await head.get('/v1/me').expect(200)).body.accountId;
      expect(await ledger.row(sql, [body.id])).toEqual({ granted_by: me, revoked_at: null });
    });

    it('is refused to oneself, to who does not manage, twice, and to nobody', async () => {
      const head = await world.delegation('SVN');
      const { email } = (await head.get('/v1/me')).body;
      const side = 'state:SVN';
      await expectRefused(ledger, grant(head, { email, side, role: 'head' }), 409, 'not-your-own');
      const some = await account();
      const officer = await seated(head, side, 'officer');
      const outsiders = [officer.client, await world.delegation('FRA'), await world.stranger()];
      const facts = { permission: 'manage', side };
      for (const by of [...outsiders, world.admin]) {
        const call = grant(by, { email: some.email, side });
        await expectRefused(ledger, call, 409, 'permission-missing', { facts });
        const unknown = grant(by, { email: 'no@comity.test', side });
        await expectRefused(ledger, unknown, 409, 'permission-missing', { facts });
      }
      const again = grant(head, { email: officer.email, side });
      await expectRefused(ledger, again, 409, 'already-exists');
      const nobody = grant(head, { email: 'no@comity.test', side });
      await expectRefused(ledger, nobody, 422, 'unknown-account');
      const nowhere = grant(head, { email: some.email, side: 'state:ZZZ' });
      await expectRefused(ledger, nowhere, 422, 'unknown-side', { facts: { side: 'state:ZZZ' } });
      const past = grant(head, { email: some.email, side }, { until: '2001-01-01T00:00:00Z' });
      await expectRefused(ledger, past, 422, 'dates-in-disorder');
    });

    it('ends at once: the next request sees nothing any more', async () => {
      const head = await world.delegation('SVN');
      const { client, membership } = await seated(head, 'state:SVN', 'officer');
      await client.get(`/v1/reviews/${review}`).expect(200);
      const { body } = await revoke(head, membership).expect(200);
      expect(Date.parse(body.revokedAt as string)).toBeGreaterThan(Date.now() - 60_000);
      await expectProblem(client.get(`/v1/reviews/${review}`), 404, 'not-found');
      expect((await client.get('/v1/me').expect(200)).body.seats).toEqual([]);
      expect((await client.get('/v1/reviews').expect(200)).body.items).toEqual([]);
      await revoke(head, membership).expect(200);
    });

    it('ends by itself when its time is over, and can then be granted anew', async () => {
      const head = await world.delegation('SVN');
      const { client, email, membership } = await seated(head, 'state:SVN', 'officer');
      const sql = `UPDATE identity.membership SET until = now() - interval '1 second' WHERE id = $1`;
      await ledger.rows(sql, [membership]);
      await expectProblem(client.get(`/v1/reviews/${review}`), 404, 'not-found');
      await grant(head, { email, side: 'state:SVN' }).expect(201);
      await client.get(`/v1/reviews/${review}`).expect(200);
    });

    it('is ended by who holds or manages it, and the last manager stays', async () => {
      const { head, side } = await world.organization('Watch');
      const drafter = await seated(head, side, 'drafter');
      const officer = await seated(head, side, 'officer');
      const facts = { permission: 'manage', side };
      const other = revoke(officer.client, drafter.membership);
      await expectRefused(ledger, other, 409, 'permission-missing', { facts });
      await revoke(drafter.client, drafter.membership).expect(200);
      const own = (await head.get('/v1/me')).body.seats[0].membershipId as string;
      await expectRefused(ledger, revoke(head, own), 409, 'last-manager', { facts: { side } });
      const second = await seated(head, side, 'head');
      await revoke(head, own).expect(200);
      const last = revoke(second.client, second.membership);
      await expectRefused(ledger, last, 409, 'last-manager');
      await revoke(second.client, own).expect(200);
    });

    it('of one manager stays when two end each other’s at the same time', async () => {
      const one = await world.organization('Council of two');
      const two = await seated(one.head, one.side, 'head');
      const own = (await one.head.get('/v1/me')).body.seats[0].membershipId as string;
      const lock = `SELECT pg_advisory_xact_lock(4013, hashtext(principal_id::text))
        FROM identity.membership WHERE id = $1`;
      const hold = await ledger.hold(lock, [own]);
      const calls = Promise.all([revoke(one.head, two.membership), revoke(two.client, own)]);
      await hold.queue(2);
      await hold.release();
      const answers = await calls;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    });

    it('is listed to its side and to who granted it, in pages', async () => {
      const { head, side } = await world.organization('Pages');
      for (let n = 0; n < 4; n += 1) await seated(head, side, 'drafter');
      const pages = await everyPage<{ id: string }>(head, `/v1/memberships?limit=2&side=${side}`);
      const seen = pages.flat().map(({ id }) => id);
      expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
      const granter = await world.secretariat.get('/v1/memberships', { side }).expect(200);
      expect(granter.body.items).toHaveLength(1);
      const outsider = await world.stranger();
      expect((await outsider.get('/v1/memberships', { side })).body.items).toEqual([]);
      const missing = await outsider.post(`/v1/memberships/${NOBODY}/revoke`).expect(404);
      expect((await revoke(outsider, seen[0]!).expect(404)).text).toBe(missing.text);
    });
  });

  it('the administrator of the platform sees no casework, and nobody knows what is hidden', async () => {
    const stranger = await world.stranger();
    const places = ALL.filter(
      ({ open, path }) => !open && /^\/v1\/(reviews|documents|recommendations)\/\{id\}/.test(path),
    );
    expect(places.length).toBeGreaterThan(20);
    await expectUnchanged(ledger, async () => {
      for (const operation of places) {
        const texts = await Promise.all(
          [world.admin, stranger].map(async (by) => [
            (await expectProblem(ask(by, operation, review), 404, 'not-found')).text,
            (await expectProblem(ask(by, operation, NOBODY), 404, 'not-found')).text,
          ]),
        );
        expect([operation.id, new Set(texts.flat()).size]).toEqual([operation.id, 1]);
      }
      for (const url of ['/v1/reviews', '/v1/me/duties']) {
        expect((await world.admin.get(url).expect(200)).body.items).toEqual([]);
      }
    });
  });
});

describe('the first of a side, where nobody rehearses', () => {
  it('is seated by the secretariat, and the secretariat’s by an administrator; no second one', async () => {
    const api = await startApi({ COMITY_TEST_MODE: 'off' });
    const admin = await api.signIn(ADMIN);
    const someone = async () => {
      const email = `${randomUUID()}@comity.test`;
      await admin.post('/v1/accounts', { email, name: 'X', password: PASSWORD }).expect(201);
      return { email, client: await api.signIn({ email, password: PASSWORD }) };
    };
    const [clerk, head, other] = [await someone(), await someone(), await someone()];
    const grant = (by: Client, who: { email: string }, side: string) =>
      by.post('/v1/memberships', { email: who.email, side, role: 'head' });
    await expectProblem(grant(admin, head, 'state:SVN'), 409, 'permission-missing');
    await expectProblem(grant(other.client, clerk, 'secretariat:upr'), 409, 'permission-missing');
    await grant(admin, clerk, 'secretariat:upr').expect(201);
    await expectProblem(grant(admin, other, 'secretariat:upr'), 409, 'permission-missing');
    await grant(clerk.client, head, 'state:SVN').expect(201);
    await expectProblem(grant(clerk.client, other, 'state:SVN'), 409, 'permission-missing');
    await grant(head.client, other, 'state:SVN').expect(201);
    await request(api.app.getHttpServer()).post('/v1/clock/advance').expect(404);
    await api.stop();
  });
});
