import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '../factories/post.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

const HOUR = 3_600_000;
const within = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

interface Me {
  readonly accountId: string;
  readonly email: string;
  readonly seats: readonly {
    readonly membershipId: string;
    readonly permissions: readonly string[];
    readonly signsFor: readonly string[];
  }[];
}

describe('a signature', () => {
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

  const meOf = async (who: Client): Promise<Me> => (await who.get('/v1/me').expect(200)).body as Me;
  const pair = async (state: string) => {
    const [head, drafter] = [
      await world.delegation(state),
      await world.delegation(state, 'drafter'),
    ];
    const [own, { email }] = [await meOf(head), await meOf(drafter)];
    return { head, drafter, own, email, side: `state:${state}` };
  };
  const lend = (by: Client, side: string, email: string, more: object = {}) =>
    by.post('/v1/signatures', { side, email, until: within(24), ...more });
  const lent = async (by: Client, side: string, email: string, more: object = {}) =>
    (await lend(by, side, email, more).expect(201)).body as { id: string };
  const end = (by: Client, id: string) => by.post(`/v1/signatures/${id}/revoke`);
  const permissions = async (who: Client) => (await meOf(who)).seats[0]!.permissions;

  it('that is lent hands in what its holder could not, and both are noted', async () => {
    const { head, drafter, own, email, side } = await pair('SVN');
    const review = await world.review('SVN');
    const draft = { kind: 'national-report', title: 'A report' };
    const { body } = await drafter.post(`/v1/reviews/${review}/documents`, draft).expect(201);
    const { id, version } = body as { id: string; version: number };
    const put = await drafter.upload(`/v1/documents/${id}/content`, 'Words of the report', {
      version,
      query: { language: 'en' },
    });
    const match = { version: (put.body as { version: number }).version };
    const submit = () => drafter.post(`/v1/documents/${id}/submit`, undefined, match);
    const facts = { permission: 'submit' };
    await expectRefused(ledger, submit(), 409, 'permission-missing', { facts });
    const signature = await lent(head, side, email);
    expect(signature).toMatchObject({ side, status: 'running', of: { name: 'head of state:SVN' } });
    expect((await meOf(drafter)).seats[0]).toMatchObject({
      permissions: ['prepare', 'submit'],
      signsFor: ['head of state:SVN'],
    });
    await submit().expect(200);
    const authors = await ledger.rows(
      `SELECT DISTINCT a.account_id FROM journal.author a WHERE $1 = ANY (a.signatures)`,
      [signature.id],
    );
    expect(authors).toEqual([{ account_id: (await meOf(drafter)).accountId }]);
    expect(own.seats[0]!.signsFor).toEqual([]);
    for (const to of [own.email, email]) {
      const told = await mail.deliver(to);
      const all = mail.server.to(to).concat(told);
      expect(all.map(({ subject }) => subject)).toContain(
        'A signature of Slovenia is delegated on Comity',
      );
    }
    for (const who of [head, drafter]) {
      const { body: page } = await who.get('/v1/signatures', { side }).expect(200);
      expect((page as { items: object[] }).items).toMatchObject([{ id: signature.id }]);
    }
    const stranger = await world.delegation('FRA');
    const { body: none } = await stranger.get('/v1/signatures').expect(200);
    expect((none as { items: object[] }).items).toEqual([]);
  });

  it('is lent by its holder, to another member of the side, for days within bounds', async () => {
    const { head, drafter, own, email, side } = await pair('KEN');
    const officer = await world.delegation('KEN', 'officer');
    const needs = { facts: { permission: 'submit', side } };
    const other = await world.delegation('FRA');
    for (const by of [drafter, other]) {
      const call = lend(by, side, own.email);
      await expectRefused(ledger, call, 409, 'permission-missing', needs);
    }
    await expectRefused(ledger, lend(head, side, own.email), 409, 'not-your-own');
    const signs = lend(head, side, (await meOf(officer)).email);
    await expectRefused(ledger, signs, 409, 'already-exists');
    const outside = lend(head, side, (await meOf(other)).email);
    await expectRefused(ledger, outside, 409, 'not-a-member');
    for (const span of [
      { until: within(-1) },
      { from: within(48), until: within(24) },
      { until: within(93 * 24) },
    ]) {
      await expectRefused(ledger, lend(head, side, email, span), 422, 'dates-in-disorder');
    }
    await lent(head, side, email);
    await expectRefused(ledger, lend(head, side, email), 409, 'already-exists');
    // What was lent is not lent on, and seats nobody.
    expect(await permissions(drafter)).toEqual(['prepare', 'submit']);
    const on = lend(drafter, side, (await meOf(officer)).email);
    await expectRefused(ledger, on, 409, 'permission-missing', needs);
    // With the seat that it was lent to, it is over.
    const [{ membershipId }] = (await meOf(drafter)).seats as [Me['seats'][number]];
    await head.post(`/v1/memberships/${membershipId}/revoke`).expect(200);
    const { body } = await head.get('/v1/signatures').expect(200);
    expect((body as { items: object[] }).items).toMatchObject([{ status: 'over' }]);
  });

  it('begins and ends at its time, and with a revocation, at once', async () => {
    const { head, drafter, email, side } = await pair('BRA');
    const later = await lent(head, side, email, { from: within(24), until: within(48) });
    expect(later).toMatchObject({ status: 'coming' });
    expect(await permissions(drafter)).toEqual(['prepare']);
    const shift = (span: string) =>
      ledger.rows(
        `UPDATE identity.signature SET starts_at = starts_at - $2::interval,
           ends_at = ends_at - $2::interval WHERE id = $1`,
        [later.id, span],
      );
    await shift('25 hours');
    expect(await permissions(drafter)).toEqual(['prepare', 'submit']);
    await shift('24 hours');
    expect(await permissions(drafter)).toEqual(['prepare']);
    const { id } = await lent(head, side, email);
    const officer = await world.delegation('BRA', 'officer');
    const facts = { permission: 'manage', side };
    await expectRefused(ledger, end(officer, id), 409, 'permission-missing', { facts });
    const hidden = await end(await world.delegation('FRA'), id).expect(404);
    expect(hidden.text).toBe((await end(head, NOBODY).expect(404)).text);
    const { body } = await end(drafter, id).expect(200);
    expect(body).toMatchObject({ id, status: 'revoked' });
    expect(await permissions(drafter)).toEqual(['prepare']);
    const again = await end(head, id).expect(200);
    expect(again.body).toEqual(body);
  });

  it('ends with the seat that lent it, and passes to no successor', async () => {
    const { head, drafter, own, email, side } = await pair('FRA');
    await lent(head, side, email);
    expect(await permissions(drafter)).toEqual(['prepare', 'submit']);
    const successor = { email: 'next@comity.test', password: PASSWORD, name: 'Next' };
    await world.admin.post('/v1/accounts', successor).expect(201);
    const url = `/v1/memberships/${own.seats[0]!.membershipId}/succeed`;
    await head.post(url, { email: successor.email }).expect(200);
    expect(await permissions(drafter)).toEqual(['prepare']);
    const { body } = await drafter.get('/v1/signatures').expect(200);
    expect((body as { items: object[] }).items).toMatchObject([{ status: 'revoked' }]);
  });
});
