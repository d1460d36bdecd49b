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

  it('has each read once, by its name', async () => {
    const text = 'SELECT $1::int + 1 AS n';
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
      expect((await client.query<{ n: number }>(text, [n])).rows).toEqual([{ n: n + 1 }]);
    }
    const { rows } = await client.query(
      `SELECT (generic_plans + custom_plans)::int AS used FROM pg_prepared_statements
       WHERE statement = '${text}'`,
    );
    expect(rows).toEqual([{ used: 8 }]);
  });

  it('answers in the order of what was sent, without waiting between', async () => {
    const asked = [1, 2, 3].map((n) => client.query<{ n: number }>('SELECT $1::int AS n', [n]));
    const failing = client.query('SELECT 1 / $1::int AS n', [0]);
    const after = client.query('SELECT 4 AS n');
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    const answers = await Promise.all([...asked, after]);
    expect(answers.map(({ rows }) => rows[0])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  });

  it('goes on after one that failed', async () => {
    const text = 'SELECT 1 / $1::int AS n';
    await expect(client.query(text, [0])).rejects.toMatchObject({ code: '22012' });
    expect((await client.query(text, [1])).rows).toEqual([{ n: 1 }]);
  });
});
