import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { dataSource } from '../../src/platform/database/data-source.js';
import { assertUnprivileged } from '../../src/platform/database/privileges.js';
import { joinApi } from '../setup/api.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { connected, queried, tablesOf } from './direct.js';

describe('a start with a role that sees too much is refused, and every fault named:', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  const start = async (url: string): Promise<void> => {
    const source = await dataSource(url, [], 1).initialize();
    try {
      await assertUnprivileged(source);
    } finally {
      await source.destroy();
    }
  };

  it('none of the three roles is', async () => {
    for (const url of [database.appUrl, database.workerUrl, database.publicUrl]) {
      await expect(start(url)).resolves.toBeUndefined();
    }
  });

  it('a superuser', async () => {
    const { username } = new URL(database.adminUrl);
    await expect(start(database.adminUrl)).rejects.toThrow(
      new RegExp(`^Refusing to start:\\nrole ${username} is a superuser\\n`),
    );
    const api = joinApi(database, { APP_DATABASE_URL: database.adminUrl });
    await expect(api).rejects.toThrow('is a superuser');
  });

  it('a role for public reading that reads more', async () => {
    for (const url of [database.adminUrl, database.appUrl]) {
      const api = joinApi(database, { PUBLIC_DATABASE_URL: url });
      await expect(api).rejects.toThrow('for public reading, may read casework.proceeding');
    }
  });

  it('a member of the owner that bypasses row-level security', async () => {
    const name = `comity_test_${randomBytes(4).toString('hex')}`;
    const url = Object.assign(new URL(database.adminUrl), {
      username: name,
      password: name,
    }).href;
    await queried(
      database.adminUrl,
      `CREATE ROLE ${name} LOGIN BYPASSRLS PASSWORD '${name}' IN ROLE comity_owner`,
    );
    try {
      const faults = ['bypasses row-level security', 'casework', 'identity', 'journal', 'record'];
      for (const fault of faults) await expect(start(url)).rejects.toThrow(fault);
      await expect(start(url)).rejects.toThrow(`role ${name} is a member of the owner of`);
    } finally {
      await queried(database.adminUrl, `DROP ROLE ${name}`);
    }
  });

  it('an open table', async () => {
    await connected(database.adminUrl, async (client) => {
      const tables = await tablesOf(client, 'casework', 'journal');
      for (const table of tables) {
        await client.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
      }
      try {
        const listed = tables.map((table) => `table ${table} has no row-level security`);
        const refused = start(database.appUrl).catch((error: Error) => error.message.split('\n'));
        expect((await refused)?.toSorted()).toEqual(['Refusing to start:', ...listed].toSorted());
      } finally {
        for (const table of tables) {
          await client.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
        }
      }
    });
  });
});
