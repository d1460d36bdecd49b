import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openFront } from '../../src/modules/accounts/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Seat } from '../../src/platform/identity/viewer.js';
import { bearer, frontOf, takePart, viewerOf } from '../factories/fronts.js';
import { PASSWORD, World } from '../factories/world.js';
import { expectProblem, Ledger } from '../e2e/ledger.js';
import type { Client } from '../setup/api.js';
import { DENIED, refusal, rehearsed } from './direct.js';

interface Me {
  accountId: string;
  seats: { membershipId: string; side: string; role: string; permissions: string[] }[];
}

describe('a front', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let head: Client;
  let organization: string;
  let front: Seat;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    ({ head, side: organization } = await world.organization('Friends of the Rivers'));
    front = await frontOf(world, head, organization);
    await takePart(world, review, front);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const me = async (who: Client): Promise<Me> => (await who.get('/v1/me').expect(200)).body as Me;
  const seatsOf = async (who: Client) =>
    (await me(who)).seats.filter(({ side }) => side.startsWith('communicant:'));
  /** How many entries of the committee somebody reads, in all reviews. */
  const sees = async (who: Client): Promise<number> => {
    const { accountId } = await me(who);
    return rehearsed(world.api.database.appUrl, accountId, async (client) => {
      const { rowCount } = await client.query(
        `SELECT FROM journal.entry e WHERE e.compartment = 'committee'`,
      );
      return rowCount!;
    });
  };
  /** Who may read what the committee was told, through a front. */
  const readers = () =>
    ledger.rows<{ account_id: string; side: string; group: string | null; role: string }>(
      `SELECT r.* FROM journal.entry e CROSS JOIN LATERAL journal.readers(e.id) r
       WHERE e.proceeding_id = $1 AND e.compartment = 'committee'
         AND r.side LIKE 'communicant:%' ORDER BY r.role`,
      [review],
    );

  it('is a side of every member of its organization, with what their membership allows', async () => {
    const own = (await me(head)).seats.find(({ side }) => side === organization)!;
    expect(await seatsOf(head)).toEqual([{ ...own, side: front.side }]);
    expect(front).toMatchObject({ group: null, membershipId: own.membershipId });
    expect(front.side).toMatch(/^communicant:[0-9a-f-]{36}$/);
    expect(await sees(head)).toBe(1);
    const drafter = await world.person(organization, 'drafter');
    expect(await seatsOf(drafter)).toMatchObject([{ role: 'drafter', permissions: ['prepare'] }]);
    expect(await sees(drafter)).toBe(1);
    const told = (role: string) => ({ side: front.side, group: null, role });
    expect(await readers()).toMatchObject([told('drafter'), told('head')]);
  });

  it('is nobody else’s', async () => {
    const { head: other } = await world.organization('Lawyers for Lakes');
    for (const who of [other, await world.stranger(), world.admin]) {
      expect([await seatsOf(who), await sees(who)]).toEqual([[], 0]);
    }
    expect(await seatsOf(world.secretariat)).toEqual([]);
  });

  it('is gone with a membership, its end, or the account', async () => {
    const officer = await world.person(organization, 'officer');
    const [seat] = await seatsOf(officer);
    const { accountId } = await me(officer);
    const allowed = async () => [(await seatsOf(officer)).length, await sees(officer)];
    expect(await allowed()).toEqual([1, 1]);
    const until = 'UPDATE identity.membership SET until = $2 WHERE id = $1';
    await ledger.rows(until, [seat!.membershipId, new Date(Date.now() - 1000)]);
    expect(await allowed()).toEqual([0, 0]);
    expect((await readers()).map(({ account_id: id }) => id)).not.toContain(accountId);
    await ledger.rows(until, [seat!.membershipId, null]);
    expect(await allowed()).toEqual([1, 1]);
    await world.admin.post(`/v1/accounts/${accountId}/disable`).expect(200);
    expect((await readers()).map(({ account_id: id }) => id)).not.toContain(accountId);
    await world.admin.post(`/v1/accounts/${accountId}/enable`).expect(200);
    await head.post(`/v1/memberships/${seat!.membershipId}/revoke`).expect(200);
    expect((await readers()).map(({ account_id: id }) => id)).not.toContain(accountId);
  });

  it('lets nobody in who is recused', async () => {
    const person = await world.person(organization, 'focal-point');
    expect(await sees(person)).toBe(1);
    const { accountId } = await me(person);
    await ledger.rows(
      `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict of interest')`,
      [accountId, review],
    );
    expect(await sees(person)).toBe(0);
    expect((await readers()).map(({ account_id: id }) => id)).not.toContain(accountId);
    const { rows } = await rehearsed(world.api.database.adminUrl, null, (client) =>
      client.query<{ side: string | null }>(
        `SELECT identity.side_told($1, $2, 'committee') AS side`,
        [accountId, review],
      ),
    );
    expect(rows).toEqual([{ side: null }]);
  });

  it('is a side once, also of who stands behind it by themselves as well', async () => {
    const { accountId } = await me(head);
    const direct = randomUUID();
    await ledger.rows(
      `INSERT INTO identity.membership
       VALUES ($1, $2, $3, 'head', '{prepare,submit}', NULL, $2, now())`,
      [direct, accountId, front.principalId],
    );
    expect(await seatsOf(head)).toMatchObject([{ side: front.side, membershipId: direct }]);
    await ledger.rows('DELETE FROM identity.membership WHERE id = $1', [direct]);
  });

  it('of a person or a case key is theirs alone', async () => {
    const people = [await world.stranger(), await bearer(world)];
    for (const [index, who] of people.entries()) {
      const own = await frontOf(world, who);
      await takePart(world, await world.review('FRA', { number: 60 + index }), own);
      expect(await sees(who)).toBe(1);
      const seats = await seatsOf(who);
      expect(seats).toMatchObject([{ side: own.side, role: 'head' }]);
      expect(seats[0]!.permissions).toEqual(['prepare', 'submit']);
      expect((await who.get('/v1/reviews').expect(200)).body.items).toHaveLength(1);
      const behind = await ledger.rows('SELECT FROM identity.front WHERE principal_id = $1', [
        own.principalId,
      ]);
      expect(behind).toEqual([]);
    }
  });

  it('is founded by a member of the organization, as chance names it', async () => {
    const stranger = await viewerOf(world, await world.stranger());
    const found = (id: string, behind: string | null) =>
      `SELECT identity.found_front('${id}', ${behind === null ? 'NULL' : `'${behind}'`})`;
    const { appUrl, workerUrl } = world.api.database;
    await rehearsed(appUrl, stranger.accountId, async (client) => {
      for (const behind of [organization, 'organization:nobody', 'state:SVN', '']) {
        expect(await refusal(client, found(randomUUID(), behind))).toBe(DENIED);
      }
      // Neither the version nor the variant of what chance makes.
      expect(await refusal(client, found('5f1d7a2e-9c3b-1b6e-8f0a-000000000000', null))).toBe(
        '23514',
      );
      expect(await refusal(client, found(randomUUID(), null))).toBeNull();
    });
    for (const url of [appUrl, workerUrl]) {
      await rehearsed(url, null, async (client) => {
        expect(await refusal(client, found(randomUUID(), null))).toBe(DENIED);
      });
    }
    const work = world.api.app.get(UnitOfWork);
    const viewer = await viewerOf(world, head);
    const held = await work.write(viewer, async (tx) => {
      const { principalId } = await openFront(tx, organization);
      return tx.row(`SELECT $1 = ANY (identity.principals()) AS held`, [principalId]);
    });
    expect(held).toEqual({ held: true });
  });

  it('seats nobody, and is not known to who asks', async () => {
    const email = `${randomUUID()}@comity.test`;
    await world.admin
      .post('/v1/accounts', { email, name: 'Somebody', password: PASSWORD })
      .expect(201);
    const texts = new Set<string>();
    for (const side of [front.side, `communicant:${randomUUID()}`]) {
      for (const who of [world.secretariat, head]) {
        const body = { email, side, role: 'head' };
        for (const url of ['/v1/memberships', '/v1/invitations']) {
          const { text } = await expectProblem(who.post(url, body), 422, 'unknown-side');
          texts.add(text.replaceAll(side, '…'));
        }
      }
    }
    expect(texts.size).toBe(1);
    const { accountId } = await viewerOf(world, head);
    await rehearsed(world.api.database.appUrl, accountId, async (client) => {
      const seat = `INSERT INTO identity.membership SELECT gen_random_uuid(), a.id, '${front.principalId}',
        'head', '{manage}', NULL, identity.viewer(), now() FROM identity.account a
        WHERE a.id <> identity.viewer() LIMIT 1`;
      expect(await refusal(client, seat)).toBe(DENIED);
      const invite = `INSERT INTO identity.invitation VALUES (gen_random_uuid(), 'a@b.c', '${front.principalId}',
        'head', NULL, 'en', identity.viewer(), now(), now(), NULL, NULL, NULL)`;
      expect(await refusal(client, invite)).toBe(DENIED);
    });
  });

  it('is in no table that a process may read', async () => {
    const { appUrl, workerUrl, publicUrl } = world.api.database;
    for (const url of [appUrl, workerUrl, publicUrl]) {
      await rehearsed(url, null, async (client) => {
        for (const table of ['front', 'case_key']) {
          for (const statement of ['SELECT FROM', 'DELETE FROM', 'INSERT INTO']) {
            const more = statement === 'INSERT INTO' ? ' DEFAULT VALUES' : '';
            expect(await refusal(client, `${statement} identity.${table}${more}`)).toBe(DENIED);
          }
        }
        const told = `SELECT identity.front_told(NULL, NULL, NULL)`;
        expect(await refusal(client, told)).toBe(DENIED);
      });
    }
  });
});
