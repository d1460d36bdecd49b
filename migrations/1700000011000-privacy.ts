import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The parts that take a file of the record with them, the later ones too. */
const FILE_PARTS = (row: string): string => `ARRAY['files', 'files/' || ${row}.version,
      'files/' || ${row}.language, 'files/' || ${row}.version || '/' || ${row}.language]`;

/** Who learns what: whose a withdrawn item was, what is held back, what waits to be withdrawn. */
export class Privacy1700000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Whose an item is of which that was withdrawn: its own row shows a mask, and this one lies in the
-- desks of those alone who may still learn it.
CREATE TABLE casework.authorship (
  item_id uuid NOT NULL,
  proceeding_id uuid NOT NULL CONSTRAINT authorship_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT authorship_desk_ck CHECK (compartment LIKE 'desk:%'),
  side text NOT NULL,
  filed_by text NOT NULL,
  -- Of a recommendation: the States that made it, and how each stands to it.
  states jsonb,
  CONSTRAINT authorship_pk PRIMARY KEY (item_id, compartment)
);
ALTER TABLE casework.authorship ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.authorship USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = authorship.proceeding_id
    AND a.compartment = authorship.compartment LIMIT 1));
CREATE POLICY recused ON casework.authorship AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = authorship.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY by_the_procedure ON casework.authorship AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
-- Of what was withdrawn until now, the record alone has masked it.
INSERT INTO casework.authorship
  SELECT d.id, d.proceeding_id, k.desk, d.side, d.filed_by, NULL
  FROM record.withdrawal w JOIN casework.document d ON d.public_id = w.item_id
  JOIN casework.proceeding c ON c.id = d.proceeding_id
  CROSS JOIN LATERAL (SELECT DISTINCT 'desk:' || s.side AS desk
    FROM unnest(ARRAY[d.side, d.filed_by, 'secretariat:' || c.mechanism]) AS s(side)) k
  WHERE w.part = 'author' AND EXISTS (SELECT FROM casework.access a
    WHERE a.proceeding_id = d.proceeding_id AND a.compartment = k.desk);
UPDATE casework.document_version v SET by_side = '[withdrawn]' FROM casework.authorship a
  WHERE a.item_id = v.document_id AND v.status = 'submitted';
UPDATE casework.document d SET side = '[withdrawn]', filed_by = '[withdrawn]'
  FROM casework.authorship a WHERE a.item_id = d.id;
-- A draft names other States as it is written; what was made loses them by a withdrawal alone.
CREATE POLICY withdrawn_by_the_procedure ON casework.recommender AS RESTRICTIVE FOR DELETE
  USING (compartment LIKE 'desk:%' OR identity.principals() = ARRAY[proceeding_id]);

-- What was asked about a publication: the same row in the desk of each side that decides about it,
-- for a document is read by more than those.
ALTER TABLE casework.publication DROP CONSTRAINT publication_document_fk,
  DROP CONSTRAINT publication_pk, ADD COLUMN asked_by text, ADD COLUMN edits int;
UPDATE casework.publication p SET asked_by = d.side, edits = 0
  FROM casework.document d WHERE d.id = p.document_id;
INSERT INTO casework.publication (document_id, proceeding_id, compartment, audience, until, reason,
    first_asked_at, warned_at, ended_at, asked_by, edits)
  SELECT p.document_id, p.proceeding_id, k.desk, p.audience, p.until, p.reason, p.first_asked_at,
    p.warned_at, p.ended_at, p.asked_by, p.edits
  FROM casework.publication p JOIN casework.document d ON d.id = p.document_id
  JOIN casework.proceeding c ON c.id = p.proceeding_id
  CROSS JOIN LATERAL (SELECT DISTINCT 'desk:' || s.side AS desk
    FROM unnest(ARRAY[d.side, d.filed_by, 'secretariat:' || c.mechanism]) AS s(side)) k
  WHERE p.compartment NOT LIKE 'desk:%' AND EXISTS (SELECT FROM casework.access a
    WHERE a.proceeding_id = p.proceeding_id AND a.compartment = k.desk);
DELETE FROM casework.publication WHERE compartment NOT LIKE 'desk:%';
ALTER TABLE casework.publication ALTER COLUMN asked_by SET NOT NULL, ALTER COLUMN edits SET NOT NULL,
  ADD CONSTRAINT publication_pk PRIMARY KEY (document_id, compartment),
  ADD CONSTRAINT publication_document_fk FOREIGN KEY (document_id) REFERENCES casework.document,
  ADD CONSTRAINT publication_desk_ck CHECK (compartment LIKE 'desk:%');
CREATE POLICY by_the_procedure ON casework.publication AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.publication AS RESTRICTIVE FOR UPDATE
  USING (identity.principals() = ARRAY[proceeding_id]);
CREATE OR REPLACE FUNCTION casework.next_embargo(before timestamptz, warning interval,
  grace interval, without uuid[])
RETURNS TABLE (id uuid, proceeding_id uuid, key text, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT DISTINCT p.document_id, p.proceeding_id, e.key, e.due FROM casework.publication p
    CROSS JOIN LATERAL (VALUES
      ('embargo-warning', CASE WHEN p.warned_at IS NULL THEN p.until - warning END),
      ('embargo-end', p.until + grace)) AS e (key, due)
  WHERE p.ended_at IS NULL AND e.due <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY e.due, p.document_id LIMIT 1 $$;

-- Whether the record had it: what it had not is told to those alone who saw it where it lay.
ALTER TABLE casework.withdrawal ADD COLUMN published boolean;
UPDATE casework.withdrawal SET published = true;
ALTER TABLE casework.withdrawal ALTER COLUMN published SET NOT NULL;
ALTER TABLE casework.withdrawal_request ALTER COLUMN public_id DROP NOT NULL,
  ADD COLUMN item_id uuid, ADD CONSTRAINT withdrawal_request_item_ck
    CHECK (num_nonnulls(item_id, public_id) = 1);

-- A withdrawal in the record, of what belongs to its own proceeding: what it names is noted, and the
-- rows that it covers go. Nothing else takes a row of the record away.
CREATE FUNCTION record.withdraw(withdrawal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE w casework.withdrawal;
BEGIN
  SELECT * INTO w FROM casework.withdrawal x WHERE x.id = withdrawal
    AND identity.principals() = ARRAY[x.proceeding_id] AND (
      EXISTS (SELECT FROM casework.document d WHERE d.id = x.item_id
        AND d.public_id = x.public_id AND d.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.recommendation r WHERE r.id = x.item_id
        AND r.public_id = x.public_id AND r.proceeding_id = x.proceeding_id));
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
END $$;
-- First answers kept for repeats show what was withdrawn as it was, and what somebody wrote who
-- asked for it.
DROP FUNCTION casework.forget_answers_about(uuid, uuid);
CREATE FUNCTION casework.forget_answers_about(proceeding uuid, item uuid, public uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM casework.idempotency i WHERE identity.principals() = ARRAY[proceeding]
    AND (i.proceeding_id = proceeding OR i.proceeding_id IS NULL)
    AND (position(item::text IN i.answer) > 0 OR position(public::text IN i.answer) > 0) $$;
-- Has the sweep look at files the next time it comes by, whatever it was told of them before.
CREATE FUNCTION casework.doubt_at_once(keys text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO casework.file_in_doubt SELECT DISTINCT k.key, 'epoch'::timestamptz
    FROM unnest(keys) AS k(key)
  ON CONFLICT (file_key) DO UPDATE SET since = 'epoch' $$;

REVOKE ALL ON FUNCTION record.withdraw, casework.forget_answers_about, casework.doubt_at_once
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record.withdraw, casework.forget_answers_about, casework.doubt_at_once
  TO comity_app;
GRANT SELECT, INSERT ON casework.authorship TO comity_app;
REVOKE INSERT ON record.withdrawal FROM comity_app;
REVOKE DELETE ON record.text FROM comity_app;
REVOKE UPDATE (file_key, media_type, bytes, sha256, withdrawn_at) ON record.file FROM comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
GRANT INSERT ON record.withdrawal TO comity_app;
GRANT DELETE ON record.text TO comity_app;
GRANT UPDATE (file_key, media_type, bytes, sha256, withdrawn_at) ON record.file TO comity_app;
DROP FUNCTION record.withdraw, casework.forget_answers_about, casework.doubt_at_once;
CREATE FUNCTION casework.forget_answers_about(proceeding uuid, item uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM casework.idempotency i WHERE identity.principals() = ARRAY[proceeding]
    AND i.proceeding_id = proceeding AND position(item::text IN i.answer) > 0 $$;
REVOKE ALL ON FUNCTION casework.forget_answers_about FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.forget_answers_about TO comity_app;
DELETE FROM casework.withdrawal_request WHERE public_id IS NULL;
ALTER TABLE casework.withdrawal_request DROP COLUMN item_id,
  ALTER COLUMN public_id SET NOT NULL;
ALTER TABLE casework.withdrawal DROP COLUMN published;
CREATE OR REPLACE FUNCTION casework.next_embargo(before timestamptz, warning interval,
  grace interval, without uuid[])
RETURNS TABLE (id uuid, proceeding_id uuid, key text, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT p.document_id, p.proceeding_id, e.key, e.due FROM casework.publication p
    CROSS JOIN LATERAL (VALUES
      ('embargo-warning', CASE WHEN p.warned_at IS NULL THEN p.until - warning END),
      ('embargo-end', p.until + grace)) AS e (key, due)
  WHERE p.ended_at IS NULL AND e.due <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY e.due, p.document_id LIMIT 1 $$;
DROP POLICY withdrawn_by_the_procedure ON casework.recommender;
DROP POLICY by_the_procedure ON casework.publication;
DROP POLICY changed_by_the_procedure ON casework.publication;
ALTER TABLE casework.publication DROP CONSTRAINT publication_document_fk,
  DROP CONSTRAINT publication_pk, DROP CONSTRAINT publication_desk_ck;
DELETE FROM casework.publication p USING casework.publication other
  WHERE other.document_id = p.document_id AND other.compartment < p.compartment;
UPDATE casework.publication p SET compartment = d.compartment
  FROM casework.document d WHERE d.id = p.document_id;
UPDATE casework.document d SET version = d.version + p.edits
  FROM casework.publication p WHERE p.document_id = d.id;
ALTER TABLE casework.publication DROP COLUMN asked_by, DROP COLUMN edits,
  ADD CONSTRAINT publication_pk PRIMARY KEY (document_id),
  ADD CONSTRAINT publication_document_fk FOREIGN KEY (document_id, compartment)
    REFERENCES casework.document (id, compartment) ON UPDATE CASCADE;
UPDATE casework.document_version v SET by_side = a.filed_by FROM casework.authorship a
  WHERE a.item_id = v.document_id AND v.by_side = '[withdrawn]';
UPDATE casework.document d SET side = a.side, filed_by = a.filed_by
  FROM casework.authorship a WHERE a.item_id = d.id;
UPDATE casework.recommendation r SET side = a.side, filed_by = a.filed_by
  FROM casework.authorship a WHERE a.item_id = r.id;
DROP TABLE casework.authorship`);
  }
}
