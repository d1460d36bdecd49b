import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { connected, queried } from './direct.js';

const command = fileURLToPath(new URL('../../dist/src/verify-journal.js', import.meta.url));

/** What an administrator of the database could do, and the place where it shows. */
const TAMPERED: Record<string, readonly [statement: string, shows: number | 'after the last']> = {
  'another body': [`UPDATE journal.entry SET body = body || ' ' WHERE n = 2`, 2],
  'another previous': [`UPDATE journal.entry SET previous = hash WHERE n = 2`, 2],
  'another hash': [`UPDATE journal.entry SET hash = previous WHERE n = 2`, 2],
  'another number': [`UPDATE journal.entry SET n = n + 100 WHERE n = 2`, 2],
  'a first entry taken away': [`DELETE FROM journal.entry WHERE n = 1`, 1],
  'an entry taken away': [`DELETE FROM journal.entry WHERE n = 2`, 2],
  'all entries taken away': [`DELETE FROM journal.entry WHERE true`, 1],
  'the end cut off': [
    `DELETE FROM journal.entry e USING journal.chain c WHERE c.proceeding_id = e.proceeding_id
       AND c.compartment = e.compartment AND e.n = c.n AND true`,
    'after the last',
  ],
  'a body that its own hash fits': [
    `UPDATE journal.entry SET body = '{}', hash = journal.link(previous, n, '{}') WHERE n = 2`,
    3,
  ],
  'an end that its own hash fits': [
    `UPDATE journal.entry e SET body = '{}', hash = journal.link(previous, e.n, '{}')
     FROM journal.chain c WHERE c.proceeding_id = e.proceeding_id
       AND c.compartment = e.compartment AND e.n = c.n AND true`,
    'after the last',
  ],
  'another head': [`UPDATE journal.chain SET hash = 'x' WHERE true`, 'after the last'],
};

interface Chain {
  compartment: string;
  entries: number;
  firstBroken: number | null;
}

describe('checking the journal', () => {
  let world: World;
  let review: string;
  let other: string;
  let france: Client;
  beforeAll(async () => {
    world = await World.build();
    review = await world.review('SVN');
    other = await world.review('AUT', { number: 60 });
    await world.reach(review, 'SVN', 'ready');
    france = await world.delegation('FRA');
    for (const text of ['One', 'Two', 'Three']) {
      await france.post(`/v1/reviews/${review}/recommendations`, { text }).expect(201);
    }
    await queried(world.api.database.adminUrl, 'CREATE SCHEMA kept');
    for (const table of ['entry', 'chain']) {
      const copy = `CREATE TABLE kept.${table} AS TABLE journal.${table}`;
      await queried(world.api.database.adminUrl, copy);
    }
  });
  afterAll(() => world.stop());

  /** Does that to one chain, past its constraints; afterwards all is as it was. */
  async function tampered(statement: string, compartment: string, then: () => Promise<void>) {
    await connected(world.api.database.adminUrl, async (client) => {
      await client.query('SET session_replication_role = replica');
      const table = /journal\.(entry|chain)/.exec(statement)![1]!;
      const alias = / e (USING|SET)/.test(statement) ? 'e.' : '';
      const where = `${alias}proceeding_id = '${review}' AND ${alias}compartment = '${compartment}'`;
      const { rowCount } = await client.query(`${statement} AND ${where}`);
      expect(rowCount).toBeGreaterThan(0);
      try {
        await then();
      } finally {
        await client.query(`DELETE FROM journal.${table}`);
        await client.query(`INSERT INTO journal.${table} TABLE kept.${table}`);
      }
    });
  }

  const verified = async (who: Client, id: string) => {
    const { body } = await who.get(`/v1/reviews/${id}/journal/verification`).expect(200);
    return body as { intact: boolean; chains: Chain[] };
  };

  /** Exit code, lines and complaints of the command. */
  const commanded = (url: string): Promise<{ code: unknown; lines: string[]; error: string }> =>
    new Promise((resolve) => {
      const env = { PATH: path.dirname(process.execPath), DATABASE_URL: url };
      execFile(process.execPath, [command], { env }, (failed, out, error) =>
        resolve({ code: failed?.code ?? 0, lines: out.trimEnd().split('\n'), error }),
      );
    });

  it('finds it whole as it was written', async () => {
    const { adminUrl, appUrl } = world.api.database;
    for (const who of [france, world.secretariat, await world.delegation('KEN')]) {
      const { intact, chains } = await verified(who, review);
      expect([intact, chains.every(({ entries }) => entries > 0)]).toEqual([true, true]);
    }
    const { code, lines } = await commanded(adminUrl);
    expect([code, lines]).toEqual([
      0,
      [expect.stringMatching(/^\d+ chains, \d+ entries, 0 broken$/)],
    ]);
    // A role that sees no row must not call the journal whole.
    const blind = await commanded(appUrl);
    expect(blind).toMatchObject({ code: 2, error: expect.stringContaining('permission denied') });
  });

  it.each(Object.entries(TAMPERED))('shows %s, to whoever may read it', async (_, [sql, shows]) => {
    const [{ n }] = (await queried<{ n: number }>(
      world.api.database.adminUrl,
      `SELECT n FROM kept.chain WHERE proceeding_id = $1 AND compartment = 'desk:state:FRA'`,
      [review],
    )) as [{ n: number }];
    await tampered(sql, 'desk:state:FRA', async () => {
      const { intact, chains } = await verified(france, review);
      const { entries, firstBroken } = chains.find((c) => c.compartment === 'desk:state:FRA')!;
      expect(intact).toBe(false);
      expect(firstBroken).toBe(shows === 'after the last' ? entries + 1 : shows);
      expect(entries).toBeLessThanOrEqual(n);
      expect(chains.filter((chain) => chain.firstBroken !== null)).toHaveLength(1);
      expect((await verified(world.secretariat, review)).intact).toBe(true);
      expect((await verified(france, other)).intact).toBe(true);
      const { code, lines } = await commanded(world.api.database.adminUrl);
      expect([code, lines]).toEqual([
        1,
        [
          `broken: proceeding ${review}, desk:state:FRA, entry ${firstBroken}`,
          expect.stringMatching(/, 1 broken$/),
        ],
      ]);
    });
    expect((await verified(france, review)).intact).toBe(true);
  });
});
