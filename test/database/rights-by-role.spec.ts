import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { queried } from './direct.js';

describe('rights of the roles that work for people', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());
  const asAdmin = <T extends object>(sql: string, values?: unknown[]) =>
    queried<T & Record<string, unknown>>(database.adminUrl, sql, values);

  it('what the API changes of people is a closed list, and what ends there ends for good', async () => {
    const changed = await asAdmin<{ table: string; columns: string[]; trigger: string | null }>(
      `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attname) AS columns,
         (SELECT t.tgname FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
            AND t.tgenabled = 'O') AS trigger
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE n.nspname = 'identity' AND c.relkind = 'r' AND c.relname <> 'allowance'
         AND has_column_privilege('comity_app', c.oid, a.attname, 'UPDATE')
       GROUP BY c.oid, c.relname ORDER BY 1`,
    );
    expect(changed).toEqual([
      { table: 'account', columns: ['language', 'password_hash'], trigger: null },
      { table: 'api_key', columns: ['revoked_at'], trigger: 'ended' },
      { table: 'calendar_feed', columns: ['revoked_at'], trigger: 'ended' },
      { table: 'failed_job', columns: ['acts', 'carried_at', 'status', 'version'], trigger: null },
      { table: 'invitation', columns: ['expires_at', 'revoked_at'], trigger: 'ended' },
      {
        table: 'manner',
        columns: [
          'digest',
          'digest_at',
          'digest_on',
          'mail',
          'muted',
          'quiet_days',
          'quiet_from',
          'quiet_to',
          'version',
          'zone',
        ],
        trigger: null,
      },
      { table: 'membership', columns: ['revoked_at', 'revoked_by'], trigger: 'ended' },
      { table: 'notice', columns: ['archived_at', 'read_at'], trigger: null },
      { table: 'recusal', columns: ['destroyed_at'], trigger: null },
      { table: 'signature', columns: ['revoked_at', 'revoked_by'], trigger: 'ended' },
      {
        table: 'webhook',
        columns: [
          'description',
          'events',
          'failing_since',
          'failures',
          'off_since',
          'off_why',
          'retry_at',
          'status',
          'url',
          'version',
        ],
        trigger: null,
      },
    ]);
    // Only counters are taken away, by functions; the worker counts what leaves, and changes nobody here.
    for (const [role, right] of [
      ['comity_app', 'DELETE'],
      ['comity_worker', 'INSERT'],
      ['comity_worker', 'UPDATE'],
      ['comity_worker', 'DELETE'],
    ]) {
      const held = await asAdmin(
        `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'identity' AND c.relkind = 'r' AND c.relname <> 'allowance'
           AND has_table_privilege($1, c.oid, $2)`,
        [role, right],
      );
      expect([role, right, held]).toEqual([role, right, []]);
    }
  });

  it('of the journal the worker reads its outbox, and entries as who is told, and calls a closed list of functions', async () => {
    const read = await asAdmin<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'journal' AND c.relkind = 'r'
         AND has_any_column_privilege('comity_worker', c.oid, 'SELECT, INSERT, UPDATE')`,
    );
    expect(read.map(({ name }) => name)).toEqual(['entry', 'pending']);
    const called = await asAdmin<{ name: string }>(
      `SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname = 'journal' AND has_function_privilege('comity_worker', p.oid, 'EXECUTE')
       ORDER BY 1`,
    );
    expect(called.map(({ name }) => name)).toEqual([
      'act',
      'append',
      'event',
      'heads_grown',
      'intact',
      'keep_heads',
      'link',
      'readers',
      'tell',
      'untold',
    ]);
  });
});
