import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows end once, and when they have. */
const ENDING = [
  ['api_key', 'OLD.revoked_at IS NOT NULL'],
  ['membership', 'OLD.revoked_at IS NOT NULL'],
  ['invitation', 'OLD.revoked_at IS NOT NULL OR OLD.accepted_at IS NOT NULL'],
] as const;

/** What has ended stays so; the worker seals heads without being told whose they are. */
export class Endings1700000012100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A right to end something is none to begin it again, nor to say that another ended it.
CREATE FUNCTION identity.stay_ended() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION 'it has ended' USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION identity.stay_ended FROM PUBLIC;
${ENDING.map(
  ([table, ended]) => `CREATE TRIGGER ended BEFORE UPDATE ON identity.${table}
  FOR EACH ROW WHEN (${ended}) EXECUTE FUNCTION identity.stay_ended();`,
).join('\n')}

-- The heads that no root has taken in yet: each by its last entry, which does not tell whose
-- chain it is, nor which.
DROP FUNCTION journal.heads_grown();
CREATE FUNCTION journal.heads_grown() RETURNS TABLE (entry_id uuid, n int, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT e.id, e.n, e.hash FROM journal.chain c
  JOIN journal.entry e ON e.proceeding_id = c.proceeding_id AND e.compartment = c.compartment
    AND e.n = c.n
  WHERE c.n > coalesce((SELECT max(s.n) FROM journal.sealed_head s
    WHERE s.proceeding_id = c.proceeding_id AND s.compartment = c.compartment), 0) $$;
-- Keeps where heads stand, in the transaction that makes the day's root and in no other: all of
-- them, each as the journal has it, beyond what was sealed of its chain before.
CREATE OR REPLACE FUNCTION journal.keep_heads(on_day date, heads jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE kept int;
BEGIN
  INSERT INTO journal.sealed_head
  SELECT e.proceeding_id, e.compartment, r.day, e.n, e.hash, h.salt, h.position, h.path
  FROM jsonb_to_recordset(heads) AS h("entryId" uuid, salt text, position text, path text[])
  JOIN journal.entry e ON e.id = h."entryId"
  JOIN record.root r ON r.day = on_day AND r.xmin = pg_current_xact_id()::xid
  WHERE e.n > coalesce((SELECT max(s.n) FROM journal.sealed_head s
    WHERE s.proceeding_id = e.proceeding_id AND s.compartment = e.compartment), 0);
  GET DIAGNOSTICS kept = ROW_COUNT;
  IF kept <> jsonb_array_length(heads) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
REVOKE ALL ON FUNCTION journal.heads_grown FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal.heads_grown TO comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
${ENDING.map(([table]) => `DROP TRIGGER ended ON identity.${table};`).join('\n')}
DROP FUNCTION identity.stay_ended();
DROP FUNCTION journal.heads_grown();
CREATE FUNCTION journal.heads_grown()
RETURNS TABLE (proceeding_id uuid, compartment text, n int, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT c.proceeding_id, c.compartment, c.n, c.hash FROM journal.chain c
  WHERE c.n > coalesce((SELECT max(s.n) FROM journal.sealed_head s
    WHERE s.proceeding_id = c.proceeding_id AND s.compartment = c.compartment), 0) $$;
CREATE OR REPLACE FUNCTION journal.keep_heads(on_day date, heads jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO journal.sealed_head
  SELECT h."proceedingId", h.compartment, on_day, h.n, h.hash, h.salt, h.position, h.path
  FROM jsonb_to_recordset(heads) AS h("proceedingId" uuid, compartment text, n int, hash text,
    salt text, position text, path text[]) $$;
REVOKE ALL ON FUNCTION journal.heads_grown FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal.heads_grown TO comity_worker;
`);
  }
}
