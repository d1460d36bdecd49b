import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pair that every table of casework and journal has (see the migration of access). */
const policies = (table: string): string => {
  const name = table.split('.')[1]!;
  return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON ${table} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON ${table} AS RESTRICTIVE USING ((SELECT true FROM casework.exclusion x
  WHERE x.proceeding_id = ${name}.proceeding_id AND x.account_id = identity.viewer() LIMIT 1)
  IS NOT TRUE);`;
};

/** What endangers somebody leaves every path; the daily root over the journal's chains. */
export class Withdrawal1700000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- What of an item the record has forgotten, and when: never what it was. Publishing asks here.
CREATE TABLE record.withdrawal (
  item_id uuid NOT NULL,
  part text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT record_withdrawal_pk PRIMARY KEY (item_id, part)
);
ALTER TABLE record.file ADD COLUMN withdrawn_at timestamptz,
  ALTER COLUMN file_key DROP NOT NULL, ALTER COLUMN media_type DROP NOT NULL,
  ALTER COLUMN bytes DROP NOT NULL, ALTER COLUMN sha256 DROP NOT NULL,
  ADD CONSTRAINT record_file_withdrawn_ck
    CHECK (num_nonnulls(file_key, media_type, bytes, sha256) =
      CASE WHEN withdrawn_at IS NULL THEN 4 ELSE 0 END);
ALTER TABLE record.change DROP CONSTRAINT change_what_ck, ADD CONSTRAINT change_what_ck
  CHECK (what IN ('published', 'updated', 'withdrawn'));

CREATE TABLE casework.withdrawal (
  id uuid CONSTRAINT withdrawal_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT withdrawal_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  kind text NOT NULL,
  item_id uuid NOT NULL,
  public_id uuid NOT NULL,
  parts text[] NOT NULL,
  -- Unknown of one that was applied again after a restore.
  ground text,
  reason text,
  at timestamptz NOT NULL
);
CREATE INDEX withdrawal_page_ix ON casework.withdrawal (proceeding_id, at, id);
-- The originals, under seal. Nobody reads this compartment but by a release.
CREATE TABLE casework.sealed_original (
  id uuid CONSTRAINT sealed_original_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL CONSTRAINT sealed_original_compartment_ck
    CHECK (compartment = 'identity'),
  withdrawal_id uuid NOT NULL
    CONSTRAINT sealed_original_withdrawal_fk REFERENCES casework.withdrawal,
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  -- The ciphertext, or the key of the file that holds it.
  content bytea,
  file_key text CONSTRAINT sealed_original_file_uq UNIQUE,
  CONSTRAINT sealed_original_content_ck CHECK (num_nonnulls(content, file_key) = 1)
);
CREATE TABLE casework.withdrawal_request (
  id uuid CONSTRAINT withdrawal_request_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT withdrawal_request_proceeding_fk REFERENCES casework.proceeding,
  secretariat_id uuid NOT NULL
    CONSTRAINT withdrawal_request_secretariat_fk REFERENCES identity.principal,
  account_id uuid NOT NULL CONSTRAINT withdrawal_request_account_fk REFERENCES identity.account,
  kind text NOT NULL,
  public_id uuid NOT NULL,
  why text NOT NULL,
  status text NOT NULL CONSTRAINT withdrawal_request_status_ck
    CHECK (status IN ('open', 'granted', 'declined')),
  asked_at timestamptz NOT NULL,
  answer text,
  answered_at timestamptz,
  version int NOT NULL
);
CREATE INDEX withdrawal_request_account_ix
  ON casework.withdrawal_request (account_id, asked_at, id);
CREATE INDEX withdrawal_request_secretariat_ix
  ON casework.withdrawal_request (secretariat_id, asked_at, id);
CREATE UNIQUE INDEX proceeding_public_uq ON casework.proceeding (public_id);

-- One root a day over the heads of all chains: those that grew since the last one stand in its
-- tree, the others in the root before, which it takes in.
CREATE TABLE record.root (
  day date CONSTRAINT root_pk PRIMARY KEY,
  root text NOT NULL,
  tree text NOT NULL,
  previous text NOT NULL,
  sealed_at timestamptz NOT NULL
);
-- Where a head stands in the tree of its day: for those alone who read the chain.
CREATE TABLE journal.sealed_head (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  day date NOT NULL CONSTRAINT sealed_head_root_fk REFERENCES record.root,
  n int NOT NULL,
  hash text NOT NULL,
  salt text NOT NULL,
  position text NOT NULL,
  path text[] NOT NULL,
  CONSTRAINT sealed_head_pk PRIMARY KEY (proceeding_id, compartment, day),
  CONSTRAINT sealed_head_chain_fk FOREIGN KEY (proceeding_id, compartment) REFERENCES journal.chain
);
${['casework.withdrawal', 'casework.sealed_original', 'journal.sealed_head'].map(policies).join('\n')}
CREATE POLICY by_the_procedure ON casework.withdrawal AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY withdrawn_by_the_procedure ON casework.document_text AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY withdrawn_by_the_procedure ON casework.document_original AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
ALTER TABLE casework.withdrawal_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY concerned ON casework.withdrawal_request
  USING (account_id = identity.viewer() OR secretariat_id = ANY (identity.principals()));
CREATE POLICY asked ON casework.withdrawal_request AS RESTRICTIVE FOR INSERT
  WITH CHECK (account_id = identity.viewer());
CREATE POLICY answered ON casework.withdrawal_request AS RESTRICTIVE FOR UPDATE
  USING (secretariat_id = ANY (identity.principals()));
CREATE POLICY recused ON casework.withdrawal_request AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = withdrawal_request.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);

-- Puts an original under seal, where not even the procedure can look: it may only add.
CREATE FUNCTION casework.keep_sealed(id uuid, proceeding uuid, withdrawal uuid, seal jsonb,
  content bytea, file text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF identity.principals() IS DISTINCT FROM ARRAY[proceeding] OR NOT EXISTS (
      SELECT FROM casework.withdrawal w WHERE w.id = withdrawal AND w.proceeding_id = proceeding) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework.sealed_original VALUES (id, proceeding, 'identity', withdrawal,
    seal->>'keyId', seal, content, file);
END $$;
-- Under which master keys anything is sealed: a start without one of them is refused.
CREATE FUNCTION casework.sealing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT DISTINCT o.key_id FROM casework.sealed_original o $$;
CREATE FUNCTION casework.file_sealed(key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.sealed_original o WHERE o.file_key = key) $$;
-- First answers kept for repeats show what was withdrawn as it was.
CREATE FUNCTION casework.forget_answers_about(proceeding uuid, item uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM casework.idempotency i WHERE identity.principals() = ARRAY[proceeding]
    AND i.proceeding_id = proceeding AND position(item::text IN i.answer) > 0 $$;
-- The heads that no root has taken in yet, for whoever computes the next one.
CREATE FUNCTION journal.heads_grown()
RETURNS TABLE (proceeding_id uuid, compartment text, n int, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT c.proceeding_id, c.compartment, c.n, c.hash FROM journal.chain c
  WHERE c.n > coalesce((SELECT max(s.n) FROM journal.sealed_head s
    WHERE s.proceeding_id = c.proceeding_id AND s.compartment = c.compartment), 0) $$;
CREATE FUNCTION journal.keep_heads(on_day date, heads jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO journal.sealed_head
  SELECT h."proceedingId", h.compartment, on_day, h.n, h.hash, h.salt, h.position, h.path
  FROM jsonb_to_recordset(heads) AS h("proceedingId" uuid, compartment text, n int, hash text,
    salt text, position text, path text[]) $$;

REVOKE ALL ON FUNCTION casework.keep_sealed, casework.sealing_keys, casework.file_sealed,
  casework.forget_answers_about, journal.heads_grown, journal.keep_heads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.keep_sealed, casework.sealing_keys,
  casework.forget_answers_about TO comity_app;
GRANT EXECUTE ON FUNCTION casework.sealing_keys, casework.file_sealed, journal.heads_grown,
  journal.keep_heads TO comity_worker;
GRANT SELECT ON record.withdrawal, record.root TO comity_app, comity_worker, comity_public;
GRANT INSERT ON record.withdrawal TO comity_app;
GRANT UPDATE (file_key, media_type, bytes, sha256, withdrawn_at) ON record.file TO comity_app;
GRANT INSERT ON record.root TO comity_worker;
GRANT SELECT, INSERT ON casework.withdrawal TO comity_app;
GRANT SELECT, INSERT, UPDATE ON casework.withdrawal_request TO comity_app;
GRANT DELETE ON casework.document_text, casework.document_original, record.text TO comity_app;
GRANT SELECT ON journal.sealed_head TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
REVOKE UPDATE (file_key, media_type, bytes, sha256, withdrawn_at) ON record.file FROM comity_app;
REVOKE DELETE ON casework.document_text, casework.document_original, record.text FROM comity_app;
DROP FUNCTION casework.keep_sealed, casework.sealing_keys, casework.file_sealed,
  casework.forget_answers_about, journal.heads_grown, journal.keep_heads;
DROP POLICY withdrawn_by_the_procedure ON casework.document_text;
DROP POLICY withdrawn_by_the_procedure ON casework.document_original;
DROP TABLE journal.sealed_head, record.root, casework.withdrawal_request,
  casework.sealed_original, casework.withdrawal;
DROP INDEX casework.proceeding_public_uq;
ALTER TABLE record.change DROP CONSTRAINT change_what_ck;
UPDATE record.change SET what = 'updated' WHERE what = 'withdrawn';
ALTER TABLE record.change ADD CONSTRAINT change_what_ck CHECK (what IN ('published', 'updated'));
ALTER TABLE record.file DROP CONSTRAINT record_file_withdrawn_ck;
DELETE FROM record.file WHERE withdrawn_at IS NOT NULL;
ALTER TABLE record.file DROP COLUMN withdrawn_at, ALTER COLUMN file_key SET NOT NULL,
  ALTER COLUMN media_type SET NOT NULL, ALTER COLUMN bytes SET NOT NULL,
  ALTER COLUMN sha256 SET NOT NULL;
DROP TABLE record.withdrawal`);
  }
}
