import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append } from '../../src/platform/journal/journal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Seat } from '../../src/platform/identity/viewer.js';
import { bearer, frontOf, takePart, viewerOf } from '../factories/fronts.js';
import { World } from '../factories/world.js';
import { Ledger } from '../e2e/ledger.js';
import type { Client } from '../setup/api.js';
import { queried, rehearsed } from './direct.js';

interface Proof {
  readonly notice: string;
  readonly side: string | null;
}

describe('through a front', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let head: Client;
  let organization: string;
  let front: Seat;
  /** Whom the organization has beside its head. */
  const others: Client[] = [];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    ({ head, side: organization } = await world.organization('Friends of the Rivers'));
    front = await frontOf(world, head, organization);
    await takePart(world, review, front);
    for (const role of ['drafter', 'officer', 'focal-point'] as const) {
      others.push(await world.person(organization, role));
    }
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const idOf = async (who: Client) => (await viewerOf(world, who)).accountId;
  /** The committee is told of something by a front; answers the entry. */
  async function say(who: Client, by: Seat): Promise<string> {
    const viewer = await viewerOf(world, who);
    await world.api.app.get(UnitOfWork).write(viewer, (tx) =>
      append(tx, {
        proceedingId: review,
        compartment: 'committee',
        what: 'reason-corrected',
        by: by.side,
        at: tx.now,
        facts: {},
      }),
    );
    const { id } = await ledger.row<{ id: string }>(
      `SELECT id FROM journal.entry WHERE proceeding_id = $1 AND compartment = 'committee'
       ORDER BY n DESC LIMIT 1`,
      [review],
    );
    return id;
  }
  /** As the worker does, each in a moment of their own. */
  async function tell(entry: string, accounts: readonly string[]): Promise<void> {
    for (const account of accounts) {
      const told = [entry, [account], 'normal'];
      await queried(world.api.database.workerUrl, 'SELECT journal.tell($1, $2, $3)', told);
    }
  }
  const proofs = async (who: Client): Promise<Proof[]> => {
    const asked = { compartment: 'committee', limit: 200, count: 'true' };
    const { body } = await who.get(`/v1/reviews/${review}/deliveries`, asked).expect(200);
    const { items, count } = body as { items: Proof[]; count: { total: number } };
    expect(count.total).toBe(items.length);
    return items;
  };

  it('its people are told, but of what they did themselves; nobody else learns how many they are', async () => {
    const entry = await say(head, front);
    const accounts = await Promise.all([head, ...others].map(idOf));
    await tell(entry, [...accounts, await idOf(await world.stranger())]);
    const told = await ledger.rows<{ account_id: string }>(
      'SELECT account_id FROM identity.notice WHERE entry_id = $1 ORDER BY told_at',
      [entry],
    );
    expect(told.map(({ account_id: id }) => id)).toEqual(accounts.slice(1));
    for (const who of others) {
      expect((await who.get('/v1/notices').expect(200)).body.items).toHaveLength(1);
    }
    // When they read, and whether they have mail, would tell who they are.
    expect(await proofs(world.secretariat)).toEqual([]);
    expect((await proofs(head)).map(({ side }) => side)).toEqual(others.map(() => organization));
    const seats = await ledger.rows<{ id: string }>(
      'SELECT id FROM identity.membership WHERE account_id = $1',
      [accounts[1]!],
    );
    await head.post(`/v1/memberships/${seats[0]!.id}/revoke`).expect(200);
    expect(await proofs(world.secretariat)).toEqual([]);
    expect((await others[0]!.get('/v1/notices').expect(200)).body.items).toEqual([]);
  });

  it('whoever bears a case key is told in the inbox; no mail is planned, nor is any lacking', async () => {
    const who = await bearer(world);
    const own = await frontOf(world, who);
    await takePart(world, review, own);
    const entry = await say(head, front);
    await tell(entry, [await idOf(who)]);
    expect((await who.get('/v1/notices').expect(200)).body.items).toHaveLength(1);
    expect(await proofs(world.secretariat)).toEqual([]);
    const wishes = await queried(
      world.api.database.workerUrl,
      'SELECT account_id FROM identity.manners($1)',
      [[await idOf(who)]],
    );
    expect(wishes).toEqual([]);
    const address = await queried<{ address: string | null }>(
      world.api.database.workerUrl,
      'SELECT identity.address_letter($1, NULL) AS address',
      [await idOf(who)],
    );
    expect(address).toEqual([{ address: null }]);
  });

  it('the secretariat learns of a letter that did not arrive whose side it was', async () => {
    const side = (account: string) =>
      rehearsed(world.api.database.adminUrl, null, async (client) => {
        const sql = `SELECT identity.side_told($1, $2, 'committee') AS side`;
        const { rows } = await client.query<{ side: string | null }>(sql, [account, review]);
        return rows[0]!.side;
      });
    expect(await side(await idOf(head))).toBe(front.side);
    expect(await side(await idOf(await world.delegation('FRA')))).toBeNull();
  });

  it('nobody who answers for a lost account learns that it stands behind one', async () => {
    const person = await world.delegation('FRA');
    const own = await frontOf(world, person);
    expect((await viewerOf(world, person)).seats.map(({ side }) => side)).toEqual([
      own.side,
      'state:FRA',
    ]);
    const admin = await idOf(world.admin);
    await rehearsed(world.api.database.appUrl, admin, async (client) => {
      const sql = 'SELECT identity.sides_to_recover($1, false) AS sides';
      const { rows } = await client.query<{ sides: string[] }>(sql, [await idOf(person)]);
      expect(rows).toEqual([{ sides: ['state:FRA'] }]);
    });
    // What a seat holds, and what passes with it, is the organization's.
    const { accountId, seats } = await viewerOf(world, head);
    expect(new Set(seats.map(({ membershipId }) => membershipId)).size).toBe(1);
    await rehearsed(world.api.database.appUrl, accountId, async (client) => {
      const sql = `SELECT identity.managers($1) AS behind, identity.managers($2) AS front`;
      const { rows } = await client.query(sql, [
        seats.find((seat) => seat.side === organization)!.principalId,
        front.principalId,
      ]);
      expect(rows).toEqual([{ behind: 1, front: 0 }]);
    });
  });

  it('its name is its key', async () => {
    await rehearsed(world.api.database.appUrl, null, async (client) => {
      const { rows } = await client.query('SELECT identity.side_name($1) AS name', [front.side]);
      expect(rows).toEqual([{ name: front.side }]);
    });
  });
});
