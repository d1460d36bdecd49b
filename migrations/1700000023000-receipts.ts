import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pair that every table of casework and journal has (see the migration of access). */
const policies = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

/** Signed receipts of filings, in the desk of who filed; the keys that they are checked with. */
export class Receipts1700000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- The public parts of the keys that sign: written by bootstrap alone, and kept for ever.
CREATE TABLE reference.signing_key (
  id text CONSTRAINT signing_key_pk PRIMARY KEY,
  -- Base64 of SubjectPublicKeyInfo in DER.
  public_key text NOT NULL,
  valid_from timestamptz NOT NULL,
  -- The one that signs has no end.
  valid_until timestamptz,
  revoked_at timestamptz,
  CONSTRAINT signing_key_revoked_ck CHECK (revoked_at IS NULL OR valid_until IS NOT NULL)
);
CREATE UNIQUE INDEX signing_key_current_uq ON reference.signing_key ((valid_until IS NULL))
  WHERE valid_until IS NULL;
GRANT SELECT ON reference.signing_key TO comity_app, comity_worker, comity_public;

-- What is handed on: what was signed, and the signature.
CREATE TABLE casework.receipt (
  id uuid CONSTRAINT receipt_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT receipt_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT receipt_desk_ck CHECK (compartment LIKE 'desk:%'),
  -- What was filed, and which text of it: casework names it, the receipt does not.
  subject_id uuid NOT NULL,
  version int NOT NULL,
  language text NOT NULL,
  original boolean NOT NULL,
  body text NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL CONSTRAINT receipt_key_fk REFERENCES reference.signing_key,
  CONSTRAINT receipt_subject_uq UNIQUE (subject_id, version, language)
);
-- What opens its digest: gone when the content was withdrawn, the receipt stays.
CREATE TABLE casework.receipt_opening (
  receipt_id uuid CONSTRAINT receipt_opening_pk PRIMARY KEY
    CONSTRAINT receipt_opening_receipt_fk REFERENCES casework.receipt,
  proceeding_id uuid NOT NULL
    CONSTRAINT receipt_opening_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL
    CONSTRAINT receipt_opening_desk_ck CHECK (compartment LIKE 'desk:%'),
  salt text NOT NULL,
  sha256 text NOT NULL
);
${['receipt', 'receipt_opening'].map(policies).join('\n')}
CREATE POLICY parented ON casework.receipt_opening AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.receipt p WHERE p.id = receipt_opening.receipt_id
    AND p.proceeding_id = receipt_opening.proceeding_id LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.receipt_opening AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT ON casework.receipt, casework.receipt_opening TO comity_app;
GRANT DELETE ON casework.receipt_opening TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP TABLE casework.receipt_opening, casework.receipt, reference.signing_key`);
  }
}
