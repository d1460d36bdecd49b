import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sealRoots } from '../factories/seal-roots.js';
import { World } from '../factories/world.js';
import { DENIED, queried, refusal, rehearsed } from './direct.js';

/** What the worker may do about the daily root, past the code above the database. */
describe('sealing heads of the journal', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.build();
  });
  afterAll(() => world.stop());

  const kept = (entryId: string) =>
    JSON.stringify([{ entryId, salt: '00', position: '0', path: ['00'] }]);
  const keep = 'SELECT journal.keep_heads($1, $2)';
  const root = `INSERT INTO record.root VALUES ('2026-12-01', '', '', '', now())`;

  it('is done by entries that the journal has, by a worker who is not told whose they are', async () => {
    const review = await world.review('SVN');
    const { workerUrl, adminUrl } = world.api.database;
    const [entry] = await queried<{ id: string; n: number; hash: string }>(
      adminUrl,
      `SELECT e.id, e.n, e.hash FROM journal.entry e JOIN journal.chain c USING (proceeding_id,
         compartment, n) WHERE e.proceeding_id = $1 AND e.compartment = 'case'`,
      [review],
    );
    await rehearsed(workerUrl, null, async (client) => {
      const { rows, fields } = await client.query('SELECT * FROM journal.heads_grown()');
      expect(fields.map(({ name }) => name)).toEqual(['entry_id', 'n', 'hash']);
      expect(rows).toContainEqual({ entry_id: entry!.id, n: entry!.n, hash: entry!.hash });
      expect(await refusal(client, keep, ['2026-12-01', kept(entry!.id)])).toBe(DENIED);
    });
    // Only under a root that this transaction makes, and only what is in the journal.
    await rehearsed(workerUrl, null, async (client) => {
      await client.query(root);
      expect(await refusal(client, keep, ['2026-12-01', kept(randomUUID())])).toBe(DENIED);
      expect(await refusal(client, keep, ['2026-12-01', kept(entry!.id)])).toBeNull();
      // Entries are read as who is told of them, and by no part of the platform itself.
      for (const name of ['', 'clock']) {
        await client.query('SELECT identity.enter_system($1)', [name]);
        expect((await client.query('SELECT * FROM journal.entry')).rows).toEqual([]);
      }
      expect(await refusal(client, 'SELECT * FROM journal.sealed_head')).toBe(DENIED);
    });
    await sealRoots(world.api.database, new Date('2026-11-02T00:00:00Z'));
    const [sealed] = await queried<{ n: number }>(
      adminUrl,
      'SELECT n FROM journal.sealed_head WHERE proceeding_id = $1 AND compartment = $2',
      [review, 'case'],
    );
    expect(sealed!.n).toBe(entry!.n);
    await rehearsed(workerUrl, null, async (client) => {
      await client.query(root);
      // Nor is a day that has its root given more, nor a chain sealed twice as far.
      expect(await refusal(client, keep, ['2026-11-01', kept(entry!.id)])).toBe(DENIED);
      expect(await refusal(client, keep, ['2026-12-01', kept(entry!.id)])).toBe(DENIED);
      expect((await client.query('SELECT * FROM journal.heads_grown()')).rows).toEqual([]);
    });
  });
});
