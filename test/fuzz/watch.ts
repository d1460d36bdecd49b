import pg from 'pg';
import { PASSING } from '../e2e/ledger.js';

/** A file that was staged is noted for the sweep before anybody knows what becomes of it. */
const BOOKKEEPING = [...PASSING, 'casework.file_in_doubt'];

const INSTALL = `
CREATE SCHEMA fuzz;
CREATE TABLE fuzz.change (what text NOT NULL);
CREATE FUNCTION fuzz.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO fuzz.change VALUES (lower(TG_OP) || ' ' || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME);
  RETURN NULL;
END $$;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r'
      AND n.nspname IN ('casework', 'journal', 'record', 'reference', 'identity')
  LOOP
    EXECUTE format('CREATE TRIGGER zz_fuzz AFTER INSERT OR UPDATE OR DELETE ON %s
      FOR EACH ROW EXECUTE FUNCTION fuzz.note()', name);
  END LOOP;
END $$;`;

/**
 * Guesses are counted, sessions ended and seats revoked: the viewers would soon be kept out. Nobody
 * begins again what has ended, so it is done with the triggers off.
 */
const KEEP = `
CREATE TABLE fuzz.session AS TABLE identity.session;
CREATE TABLE fuzz.membership AS TABLE identity.membership;`;
const READMIT = `
BEGIN; SET LOCAL session_replication_role = replica;
DELETE FROM identity.attempt;
INSERT INTO identity.session SELECT * FROM fuzz.session ON CONFLICT DO NOTHING;
UPDATE identity.membership m SET until = k.until, revoked_by = k.revoked_by, revoked_at = k.revoked_at
  FROM fuzz.membership k WHERE k.id = m.id AND m.revoked_at IS DISTINCT FROM k.revoked_at;
COMMIT;`;

/**
 * Sees every row that is committed, in every table: each leaves a note by a trigger, so that a
 * change is known to the request that made it.
 */
export class Watch {
  private constructor(private readonly client: pg.Client) {}

  static async open(adminUrl: string): Promise<Watch> {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(INSTALL + KEEP);
    return new Watch(client);
  }

  /** What has changed since the last call: `update casework.document`, each once. */
  async changes(): Promise<string[]> {
    const { rows } = await this.client.query<{ what: string }>({
      name: 'changes',
      text: 'SELECT DISTINCT what FROM fuzz.change ORDER BY what',
    });
    if (rows.length > 0) await this.client.query('TRUNCATE fuzz.change');
    return rows
      .map(({ what }) => what)
      .filter((what) => !BOOKKEEPING.some((table) => what.endsWith(` ${table}`)));
  }

  /** Who could come in at the beginning can again. */
  async readmit(): Promise<void> {
    await this.client.query(READMIT);
    await this.changes();
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
