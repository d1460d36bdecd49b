import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PreparingClient } from '../../src/platform/database/preparing-client.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';

describe('a connection that prepares its statements', () => {
  let database: TestDatabase;
  let client: PreparingClient;
  beforeAll(async () => {
    database = await cloneDatabase();
    client = new PreparingClient({ connectionString: database.appUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  it('has each planned by its name, once, and counts its uses', async () => {
    const text = 'SELECT $1::int + 1 AS n';
    for (const n of [1, 2, 3]) {
      expect((await client.query<{ n: number }>(text, [n])).rows).toEqual([{ n: n + 1 }]);
    }
    const { rows } = await client.query(
      `SELECT (generic_plans + custom_plans)::int AS uses FROM pg_prepared_statements
       WHERE statement = '${text}'`,
    );
    expect(rows).toEqual([{ uses: 3 }]);
  });

  it('goes on after one that failed', async () => {
    const text = 'SELECT 1 / $1::int AS n';
    await expect(client.query(text, [0])).rejects.toMatchObject({ code: '22012' });
    expect((await client.query(text, [1])).rows).toEqual([{ n: 1 }]);
  });
});
