import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { DENIED, refusal, rehearsed } from './direct.js';
import { Plot } from './planted.js';

describe('reading as several procedures', () => {
  let database: TestDatabase;
  let member: Viewer;
  let recused: Viewer;
  let visible: readonly [string, string];
  let hidden: string;
  beforeAll(async () => {
    database = await cloneDatabase();
    const plot = new Plot(database);
    member = await plot.person('state:SVN');
    recused = await plot.person('state:SVN');
    const sides = ['state:SVN', 'state:FRA'];
    const seen = () => plot.proceeding({ case: sides, committee: ['state:FRA'] });
    visible = [await seen(), await seen()];
    hidden = await plot.proceeding({ case: ['state:FRA'] });
    await plot.exclude(recused, visible[1]);
  });
  afterAll(() => database.drop());

  const READ = 'SELECT casework.read_as($1)';

  it('is for those alone who see each of them', async () => {
    await rehearsed(database.appUrl, member.accountId, async (client) => {
      await client.query('SET TRANSACTION READ ONLY');
      for (const ids of [[hidden], [...visible, hidden], [visible[0], randomUUID()]]) {
        expect(await refusal(client, READ, [ids])).toBe(DENIED);
      }
      await client.query(READ, [visible]);
      const { rows } = await client.query('SELECT count(*)::int AS n FROM casework.proceeding');
      expect(rows).toEqual([{ n: 2 }]);
    });
    await rehearsed(database.appUrl, recused.accountId, async (client) => {
      await client.query('SET TRANSACTION READ ONLY');
      expect(await refusal(client, READ, [visible])).toBe(DENIED);
      expect(await refusal(client, READ, [[visible[0]]])).toBeNull();
    });
  });

  it('is for a transaction that writes nothing', async () => {
    await rehearsed(database.appUrl, member.accountId, async (client) => {
      expect(await refusal(client, READ, [visible])).toBe(DENIED);
    });
  });
});
