import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pair that every table of casework has (see the migration of access). */
const policies = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

const BY_THE_PROCEDURE = ['lot', 'troika_request']
  .map(
    (name) => `
CREATE POLICY by_the_procedure ON casework.${name} AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.${name} AS RESTRICTIVE FOR UPDATE USING (true)
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);`,
  )
  .join('');

/** The parts that take a file of the record with them, the later ones too. */
const FILE_PARTS = (row: string): string => `ARRAY['files', 'files/' || ${row}.version,
      'files/' || ${row}.language, 'files/' || ${row}.version || '/' || ${row}.language]`;

/** What a withdrawal in the record may be of, beside documents and recommendations. */
const OF_LOTS = `
      OR EXISTS (SELECT FROM casework.lot l WHERE l.id = x.item_id
        AND l.public_id = x.public_id AND l.proceeding_id = x.proceeding_id)`;

/** The same function as before (see the migration of privacy), of these kinds too. */
const withdraw = (more: string): string => `
CREATE OR REPLACE FUNCTION record.withdraw(withdrawal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE w casework.withdrawal;
BEGIN
  SELECT * INTO w FROM casework.withdrawal x WHERE x.id = withdrawal
    AND identity.principals() = ARRAY[x.proceeding_id] AND (
      EXISTS (SELECT FROM casework.document d WHERE d.id = x.item_id
        AND d.public_id = x.public_id AND d.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.recommendation r WHERE r.id = x.item_id
        AND r.public_id = x.public_id AND r.proceeding_id = x.proceeding_id)${more});
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO record.withdrawal SELECT w.public_id, p.part, w.at FROM unnest(w.parts) AS p(part)
    ON CONFLICT DO NOTHING;
  UPDATE record.file f SET withdrawn_at = w.at, file_key = NULL, media_type = NULL, bytes = NULL,
      sha256 = NULL
    WHERE f.document_id = w.public_id AND f.withdrawn_at IS NULL
      AND w.parts && ${FILE_PARTS('f')};
  DELETE FROM record.text t WHERE t.document_id = w.public_id
    AND w.parts && ${FILE_PARTS('t')};
  DELETE FROM record.recommender r WHERE r.recommendation_id = w.public_id
    AND 'author' = ANY (w.parts);
END $$;`;

/** Lots: announced under a commitment, drawn when the public value is known, published. */
export class Lots1700000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A lot of a whole session lies in the case of the first of its reviews, by State.
CREATE TABLE casework.lot (
  id uuid CONSTRAINT lot_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT lot_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  session_id uuid NOT NULL CONSTRAINT lot_session_fk REFERENCES reference.session,
  state text CONSTRAINT lot_state_fk REFERENCES reference.state,
  purpose text NOT NULL,
  method text NOT NULL CONSTRAINT lot_method_ck CHECK (method IN ('sealed', 'by-hand')),
  status text NOT NULL CONSTRAINT lot_status_ck
    CHECK (status IN ('announced', 'drawn', 'cancelled')),
  -- Canonical text (RFC 8785): what is digested.
  input text NOT NULL,
  input_digest text NOT NULL,
  announced_at timestamptz,
  commitment text,
  known_from timestamptz,
  public_value text,
  seed text,
  result jsonb,
  drawn_at timestamptz,
  drawn_on date,
  meeting text,
  witnesses text[],
  cancelled_at timestamptz,
  reason text,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT lot_sealed_ck CHECK (num_nonnulls(announced_at, commitment, known_from)
    = CASE method WHEN 'sealed' THEN 3 ELSE 0 END),
  CONSTRAINT lot_by_hand_ck CHECK (num_nonnulls(drawn_on, meeting, witnesses)
    = CASE method WHEN 'by-hand' THEN 3 ELSE 0 END),
  CONSTRAINT lot_drawn_ck CHECK (num_nonnulls(result, drawn_at)
    = CASE status WHEN 'drawn' THEN 2 ELSE 0 END),
  CONSTRAINT lot_seed_ck CHECK ((seed IS NOT NULL) = (method = 'sealed' AND status = 'drawn')),
  CONSTRAINT lot_cancelled_ck CHECK (num_nonnulls(cancelled_at, reason)
    = CASE status WHEN 'cancelled' THEN 2 ELSE 0 END)
);
CREATE UNIQUE INDEX lot_open_uq ON casework.lot (proceeding_id, purpose)
  WHERE status = 'announced' AND state IS NOT NULL;
CREATE UNIQUE INDEX lot_session_open_uq ON casework.lot (session_id, purpose)
  WHERE status = 'announced' AND state IS NULL;
CREATE INDEX lot_proceeding_ix ON casework.lot (proceeding_id, id);
CREATE INDEX lot_session_ix ON casework.lot (session_id, id) WHERE state IS NULL;

-- The seed until the draw: nobody holds this compartment, and no role has rights to the table.
CREATE TABLE casework.sealed_seed (
  lot_id uuid CONSTRAINT sealed_seed_pk PRIMARY KEY
    CONSTRAINT sealed_seed_lot_fk REFERENCES casework.lot,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL CONSTRAINT sealed_seed_compartment_ck
    CHECK (compartment = 'identity'),
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea NOT NULL
);

-- What a State under review and its rapporteurs ask of a troika.
CREATE TABLE casework.troika_request (
  id uuid CONSTRAINT troika_request_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT troika_request_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  kind text NOT NULL CONSTRAINT troika_request_kind_ck
    CHECK (kind IN ('own-region', 'substitution', 'excusal')),
  rapporteur text CONSTRAINT troika_request_rapporteur_fk REFERENCES reference.state,
  status text NOT NULL CONSTRAINT troika_request_status_ck
    CHECK (status IN ('open', 'granted', 'declined')),
  asked_at timestamptz NOT NULL,
  answered_at timestamptz,
  version int NOT NULL,
  CONSTRAINT troika_request_rapporteur_ck
    CHECK ((rapporteur IS NULL) = (kind = 'own-region')),
  CONSTRAINT troika_request_answered_ck CHECK ((answered_at IS NULL) = (status = 'open'))
);
CREATE UNIQUE INDEX troika_request_own_uq ON casework.troika_request (proceeding_id)
  WHERE kind = 'own-region';
CREATE UNIQUE INDEX troika_request_open_uq ON casework.troika_request (proceeding_id, rapporteur)
  WHERE status = 'open';
CREATE INDEX troika_request_proceeding_ix ON casework.troika_request (proceeding_id, asked_at, id);
${['lot', 'sealed_seed', 'troika_request'].map(policies).join('')}
${BY_THE_PROCEDURE}
-- A rapporteur who was replaced takes part no more; the journal knows that they did.
CREATE POLICY left_by_the_procedure ON casework.participant AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);

CREATE FUNCTION casework.keep_seed(lot uuid, seal jsonb, content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO casework.sealed_seed SELECT l.id, l.proceeding_id, 'identity', seal->>'keyId', seal,
      content FROM casework.lot l
    WHERE l.id = lot AND l.status = 'announced' AND identity.principals() = ARRAY[l.proceeding_id];
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
-- Hands out the seed once, for the public value that is written down with it, and not before that
-- can be known by the procedures' clock.
CREATE FUNCTION casework.open_seed(lot uuid, value text)
RETURNS TABLE (seal jsonb, content bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE casework.lot l SET public_value = value WHERE l.id = lot AND l.status = 'announced'
    AND l.public_value IS NULL AND identity.principals() = ARRAY[l.proceeding_id]
    AND l.known_from <= now() + (SELECT c.shift_ms FROM reference.clock c) * interval '1 ms';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY DELETE FROM casework.sealed_seed s WHERE s.lot_id = lot RETURNING s.seal, s.content;
END $$;
-- The seed of a lot that was cancelled is gone, unread.
CREATE FUNCTION casework.drop_seed(lot uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM casework.sealed_seed s USING casework.lot l WHERE s.lot_id = lot AND l.id = lot
    AND l.status = 'cancelled' AND identity.principals() = ARRAY[l.proceeding_id] $$;
CREATE OR REPLACE FUNCTION casework.sealing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.key_id FROM casework.sealed_original o
  UNION SELECT s.key_id FROM casework.sealed_seed s $$;

CREATE TABLE record.lot (
  id uuid CONSTRAINT record_lot_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT record_lot_proceeding_fk REFERENCES record.proceeding,
  session_id uuid NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_lot_session_ix ON record.lot (session_id, id);
ALTER TABLE record.change DROP CONSTRAINT change_kind_ck, ADD CONSTRAINT change_kind_ck
  CHECK (kind IN ('proceeding', 'document', 'recommendation', 'lot'));

${withdraw(OF_LOTS)}
REVOKE ALL ON FUNCTION casework.keep_seed, casework.open_seed, casework.drop_seed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.keep_seed, casework.open_seed, casework.drop_seed TO comity_app;
GRANT SELECT, INSERT, UPDATE ON casework.lot, casework.troika_request TO comity_app;
GRANT DELETE ON casework.participant TO comity_app;
GRANT SELECT ON record.lot TO comity_app, comity_worker, comity_public;
GRANT INSERT, UPDATE ON record.lot TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DELETE FROM record.change WHERE kind = 'lot';
ALTER TABLE record.change DROP CONSTRAINT change_kind_ck, ADD CONSTRAINT change_kind_ck
  CHECK (kind IN ('proceeding', 'document', 'recommendation'));
DROP TABLE record.lot;
CREATE OR REPLACE FUNCTION casework.sealing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT DISTINCT o.key_id FROM casework.sealed_original o $$;
DROP FUNCTION casework.keep_seed, casework.open_seed, casework.drop_seed;
${withdraw('')}
REVOKE DELETE ON casework.participant FROM comity_app;
DROP POLICY left_by_the_procedure ON casework.participant;
DROP TABLE casework.troika_request, casework.sealed_seed, casework.lot`);
  }
}
