import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { ENTITIES } from '../../src/entities.js';
import { dumpCatalogue } from '../../src/platform/database/catalogue.js';
import { dataSource, migrationSource } from '../../src/platform/database/data-source.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';

const golden = new URL('../../migrations/schema.sql', import.meta.url);

describe('the migrations', () => {
  let database: TestDatabase;
  let migrated: string;
  beforeAll(async () => {
    database = await cloneDatabase();
    migrated = await dump();
    if (process.env.UPDATE) writeFileSync(golden, migrated);
  });
  afterAll(() => database.drop());

  async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  const dump = (): Promise<string> => asAdmin(dumpCatalogue);

  it('build what migrations/schema.sql says (UPDATE=1 writes it)', () => {
    expect(migrated).toBe(readFileSync(golden, 'utf8'));
  });

  it('leave nothing behind when undone, and build the same again', async () => {
    // A clone has the template's schemas, but not the rights on the template itself.
    const { pathname } = new URL(database.adminUrl);
    await asAdmin((client) =>
      client.query(`GRANT CREATE ON DATABASE ${pathname.slice(1)} TO comity_owner`),
    );
    const source = await migrationSource(database.adminUrl, MIGRATIONS).initialize();
    try {
      for (const _ of MIGRATIONS) await source.undoLastMigration({ transaction: 'each' });
      expect(await dump()).toBe('\n');
      await source.runMigrations({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
    expect(await dump()).toBe(migrated);
  });

  describe('and the entities', () => {
    let source: DataSource;
    beforeAll(async () => {
      source = await dataSource(database.adminUrl, ENTITIES, 1).initialize();
    });
    afterAll(() => source.destroy());

    it('agree on every column: name, type, null, primary key', async () => {
      const inTables: { table: string; column: string }[] = await source.query(`
        SELECT format('%s.%s', n.nspname, c.relname) AS "table",
          format('%s %s%s%s', a.attname, format_type(a.atttypid, NULL),
            CASE WHEN a.attnotnull THEN '' ELSE ' null' END,
            CASE WHEN a.attnum = ANY (i.indkey) THEN ' primary' ELSE '' END) AS "column"
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2`);
      const described = source.entityMetadatas.map(({ schema, tableName, columns }) => ({
        table: `${schema}.${tableName}`,
        columns: columns.map((column) =>
          [
            column.databaseName,
            source.driver.normalizeType(column) + (column.isArray ? '[]' : ''),
            ...(column.isNullable ? ['null'] : []),
            ...(column.isPrimary ? ['primary'] : []),
          ].join(' '),
        ),
      }));
      for (const { table, columns } of described) {
        const there = inTables.filter((row) => row.table === table).map(({ column }) => column);
        expect([table, ...columns.toSorted()]).toEqual([table, ...there.toSorted()]);
      }
      expect(described).toHaveLength(ENTITIES.length);
    });

    it('have no column that the database fills in', async () => {
      const filled: object[] = await source.query(`
        SELECT table_schema, table_name, column_name FROM information_schema.columns
        WHERE table_schema IN ('casework', 'journal', 'identity', 'record', 'reference')
          AND (column_default IS NOT NULL OR is_identity = 'YES' OR is_generated <> 'NEVER')`);
      expect(filled).toEqual([]);
    });
  });
});
