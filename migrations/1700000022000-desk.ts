import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session's desk reads many reviews at once; what was handed in by other means has its own time. */
export class Desk1700000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- From here on this transaction reads as the procedures of these proceedings, each of which the
-- viewer must see. Only where it writes nothing: that is for the procedure of one alone.
CREATE FUNCTION casework.read_as(proceedings uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF current_setting('transaction_read_only') <> 'on' OR EXISTS (SELECT FROM unnest(proceedings) AS asked(id)
    WHERE NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = asked.id
        AND a.compartment = 'case' AND a.principal_id = ANY (identity.principals()))
      OR EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = asked.id
        AND x.account_id = identity.viewer())) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('comity.viewer', '', true);
  PERFORM set_config('comity.administrator', '', true);
  PERFORM set_config('comity.principals', proceedings::text, true);
END $$;
REVOKE ALL ON FUNCTION casework.read_as FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.read_as TO comity_app;

ALTER TABLE casework.document
  ADD received_at timestamptz,
  ADD received_how text CONSTRAINT document_received_how_ck
    CHECK (received_how IN ('by-hand', 'post', 'mail', 'fax', 'courier')),
  ADD languages jsonb,
  ADD CONSTRAINT document_received_ck CHECK ((received_at IS NULL) = (received_how IS NULL));
CREATE INDEX document_languages_ix ON casework.document (proceeding_id)
  WHERE languages IS NOT NULL;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP INDEX casework.document_languages_ix;
ALTER TABLE casework.document DROP CONSTRAINT document_received_ck,
  DROP COLUMN received_at, DROP COLUMN received_how, DROP COLUMN languages;
DROP FUNCTION casework.read_as;
`);
  }
}
