import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { elected, MEMBERS, office, type Office } from '../factories/aarhus.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Member {
  readonly id: string;
  readonly side: string;
  readonly nationalities: readonly string[];
  readonly ended: object | null;
}

/** Experts sit on a committee in personal capacity. */
describe('a committee of experts', () => {
  let world: World;
  let ledger: Ledger;
  let conducting: Office;
  let filer: Client;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    conducting = await office(world);
    filer = await world.delegation('FRA');
  }, 120_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const account = async (): Promise<string> => {
    const email = `${randomUUID()}@aarhus.test`;
    await world.admin.post('/v1/accounts', { email, name: 'X', password: PASSWORD }).expect(201);
    return email;
  };
  const term = (more: object = {}) => ({
    name: 'Ana Novak',
    nationalities: ['AUT'],
    basis: 'elected at MoP-8',
    from: '2025-11-20',
    ...more,
  });
  const listed = async (query: Record<string, string> = {}): Promise<Member[]> => {
    const { body } = await world.api
      .as()
      .get(MEMBERS, { limit: 200, ...query })
      .expect(200);
    return (body as { items: Member[] }).items;
  };

  describe('has members', () => {
    it('whose names are public, and whose accounts are not', async () => {
      const email = await account();
      const { body } = await conducting.secretariat
        .post(MEMBERS, term({ email, until: '2029-11-20' }))
        .expect(201);
      const { id } = body as Member;
      expect(body).toEqual({
        id,
        side: `member:${id}`,
        name: 'Ana Novak',
        nationalities: ['AUT'],
        seat: 'member',
        basis: 'elected at MoP-8',
        from: '2025-11-20',
        until: '2029-11-20',
        ended: null,
      });
      const shown = await world.api.as().get(MEMBERS).expect(200);
      expect((shown.body as { items: object[] }).items).toContainEqual(body);
      expect(shown.text).not.toContain('@');
      expect((await listed({ on: '2029-11-20' })).map((each) => each.id)).not.toContain(id);
      expect((await listed({ on: '2029-11-19' })).map((each) => each.id)).toContain(id);
      const client = await world.api.signIn({ email, password: PASSWORD });
      const me = (await client.get('/v1/me').expect(200)).body as {
        seats: { side: string; role: string; permissions: string[] }[];
      };
      expect(me.seats.map(({ side, role }) => `${side} ${role}`).toSorted()).toEqual([
        'body:aarhus-committee member',
        `member:${id} member`,
      ]);
    });

    it('whom the secretariat of the procedure enters, and nobody else', async () => {
      const email = await account();
      const add = (who: Client, more: object = {}) =>
        who.post(MEMBERS, term({ email, nationalities: ['CHE'], ...more }));
      const facts = { permission: 'manage', side: ['secretariat:aarhus'] };
      for (const who of [world.secretariat, conducting.chair, filer, world.admin]) {
        await expectRefused(ledger, add(who), 409, 'permission-missing', { facts });
      }
      const nowhere = MEMBERS.replace('aarhus-committee', 'nowhere');
      const unknown = conducting.secretariat.post(nowhere, term({ email }));
      await expectProblem(unknown, 404, 'not-found');
      const meeting = MEMBERS.replace('aarhus-committee', 'aarhus-meeting');
      const elsewhere = conducting.secretariat.post(meeting, term({ email }));
      await expectRefused(ledger, elsewhere, 409, 'not-offered');
      const { secretariat } = conducting;
      await expectRefused(ledger, add(secretariat, { email: 'x@y.zz' }), 422, 'unknown-account');
      const stateless = add(secretariat, { nationalities: ['XXX'] });
      await expectRefused(ledger, stateless, 422, 'unknown-state');
      for (const wrong of [{ from: '2027-02-01' }, { until: '2026-01-01' }]) {
        await expectRefused(ledger, add(secretariat, wrong), 422, 'dates-in-disorder');
      }
      const { email: own } = (await secretariat.get('/v1/me').expect(200)).body as {
        email: string;
      };
      const self = add(secretariat, { email: own });
      await expectRefused(ledger, self, 409, 'not-your-own');
    });

    it('no two of one nationality at a time, and one chair', async () => {
      const email = await account();
      const add = (more: object) => conducting.secretariat.post(MEMBERS, term({ email, ...more }));
      const swede = add({ nationalities: ['FIN', 'SWE'] });
      const facts = { nationalities: ['SWE'] };
      await expectRefused(ledger, swede, 409, 'nationality-taken', { facts });
      const chair = add({ nationalities: ['FIN'], seat: 'chair' });
      await expectRefused(ledger, chair, 409, 'already-exists');
      await add({ nationalities: ['FIN'] }).expect(201);
    });

    it('who are entered, and neither seated, replaced nor sent away otherwise', async () => {
      const { experts, secretariat, chair } = conducting;
      const side = 'body:aarhus-committee';
      const seat = { email: await account(), side, role: 'member' };
      const facts = { side };
      const entered = (call: Parameters<typeof expectRefused>[1]) =>
        expectRefused(ledger, call, 409, 'members-entered', { facts });
      await entered(chair.post('/v1/memberships', seat));
      await entered(chair.post('/v1/invitations', { ...seat, email: 'x@aarhus.test' }));
      await entered(secretariat.post('/v1/memberships', seat));
      const others = world.secretariat.post('/v1/memberships', seat);
      await expectRefused(ledger, others, 409, 'permission-missing');
      const { body } = await chair.get('/v1/memberships', { side, limit: 200 }).expect(200);
      const { items } = body as { items: { id: string; email: string }[] };
      const other = items.find(({ email }) => email === experts.member.email)!;
      await entered(chair.post(`/v1/memberships/${other.id}/revoke`));
      await entered(experts.member.client.post(`/v1/memberships/${other.id}/revoke`));
      const next = { email: seat.email };
      await entered(chair.post(`/v1/memberships/${other.id}/succeed`, next));
    });

    it('each of whom is one person for good', async () => {
      const { experts, secretariat, chair } = conducting;
      const email = await account();
      const seat = { email, side: `member:${experts.member.id}`, role: 'member' };
      for (const who of [secretariat, chair, experts.member.client, world.admin]) {
        await expectRefused(ledger, who.post('/v1/memberships', seat), 422, 'unknown-side');
        await expectRefused(ledger, who.post('/v1/invitations', seat), 422, 'unknown-side');
      }
    });

    it('whose term ends by an entry, and their seat with it', async () => {
      const { id, client } = await elected(world, conducting.secretariat, {
        nationalities: ['ISL'],
      });
      const end = `/v1/members/${id}/end`;
      const told = { on: '2027-01-10', reason: 'Resigned' };
      for (const who of [world.secretariat, conducting.chair, client]) {
        await expectRefused(ledger, who.post(end, told), 409, 'permission-missing');
      }
      const before = { ...told, on: '2025-01-01' };
      const early = conducting.secretariat.post(end, before);
      await expectRefused(ledger, early, 422, 'dates-in-disorder');
      const gone = conducting.secretariat.post(end.replace(id, randomUUID()), told);
      await expectProblem(gone, 404, 'not-found');
      const { body } = await conducting.secretariat.post(end, told).expect(200);
      expect(body).toMatchObject({ id, until: null, ended: told });
      const again = conducting.secretariat.post(end, told);
      await expectRefused(ledger, again, 409, 'term-over');
      const { seats } = (await client.get('/v1/me').expect(200)).body as { seats: object[] };
      expect(seats).toEqual([]);
      expect((await listed()).map((each) => each.id)).toContain(id);
      // The nationality is free again from that day on, and for nothing before it.
      const next = { nationalities: ['ISL'], from: '2027-01-10' };
      const past = term({ email: await account(), nationalities: ['ISL'] });
      const overlapping = conducting.secretariat.post(MEMBERS, past);
      await expectRefused(ledger, overlapping, 409, 'nationality-taken');
      await elected(world, conducting.secretariat, next);
    });

    it('or on a day to come', async () => {
      const { id, client } = await elected(world, conducting.secretariat, {
        nationalities: ['LVA'],
      });
      const told = { on: '2027-03-01', reason: 'Elected to parliament' };
      await conducting.secretariat.post(`/v1/members/${id}/end`, told).expect(200);
      const { seats } = (await client.get('/v1/me').expect(200)).body as { seats: object[] };
      expect(seats).toHaveLength(2);
      const ends = await ledger.rows<{ until: Date }>(
        `SELECT m.until FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
         WHERE p.key = $1`,
        [`member:${id}`],
      );
      const days = (ends[0]!.until.getTime() - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(50);
    });
  });

  it('gets its first member from the secretariat of a procedure that names it', async () => {
    const email = await account();
    const seat = { email, side: 'body:aarhus-meeting', role: 'president' };
    const post = (who: Client) => who.post('/v1/memberships', seat);
    const facts = { permission: 'manage', side: seat.side };
    await expectRefused(ledger, post(world.secretariat), 409, 'permission-missing', { facts });
    const council = { ...seat, side: 'body:hrc' };
    const other = conducting.secretariat.post('/v1/memberships', council);
    await expectRefused(ledger, other, 409, 'permission-missing');
    await post(conducting.secretariat).expect(201);
    // By mail it is no different.
    const invited = { email: 'new@aarhus.test', side: 'body:hrc', role: 'president' };
    const mailed = conducting.secretariat.post('/v1/invitations', invited);
    await expectRefused(ledger, mailed, 409, 'permission-missing');
  });
});
