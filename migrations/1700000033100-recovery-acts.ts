import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACTS = `
-- The same whether there is such an account or not. One stands open at a time.
CREATE FUNCTION identity.ask_recovery(recovery uuid, address text, tongue text, network text,
  mark text, half text, good interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE who identity.account;
BEGIN
  SELECT a.* INTO who FROM identity.account a
    WHERE a.email = lower(address) AND a.disabled_at IS NULL FOR NO KEY UPDATE;
  UPDATE identity.recovery r SET status = 'void' WHERE r.account_id = who.id
    AND r.status IN ('waiting', 'approved') AND r.expires_at <= now();
  IF who.id IS NULL OR EXISTS (SELECT FROM identity.recovery r
      WHERE r.account_id = who.id AND r.status IN ('waiting', 'approved')) THEN
    RETURN;
  END IF;
  INSERT INTO identity.recovery VALUES (recovery, who.id, date_trunc('milliseconds', now()),
    date_trunc('milliseconds', now()) + good, network, mark, half IS NULL, half, 'waiting', NULL,
    NULL, NULL, NULL, NULL, 0);
  INSERT INTO identity.mail SELECT gen_random_uuid(), t.kind, t.email, t.language, NULL, NULL,
    'queued', 0, now(), now(), NULL, NULL, NULL, recovery
  FROM (SELECT CASE WHEN half IS NULL THEN 'recovery-half' ELSE 'recovery-asked' END AS kind,
      who.email, coalesce(who.language, tongue) AS language
    UNION ALL SELECT 'recovery-to-decide', a.email, coalesce(a.language, 'en')
    FROM identity.account a WHERE a.id IN (SELECT identity.deciders(who.id, half IS NULL))) t;
END $$;

-- Approves with the hash of a code, or refuses without one, also what was approved. Answers what
-- came of it: 'first' where another has yet to approve, 'again' to whoever did already; NULL where
-- nothing is left to decide. A half that was shown, and not mailed, may be the approver's own: so
-- two approve, one of whom answers for the owner, and it is good only later, so that the owner and
-- the others who were told can stop what is not theirs.
CREATE FUNCTION identity.decide_recovery(recovery uuid, code text, wait interval, good interval)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE r identity.recovery; moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  SELECT x.* INTO r FROM identity.recovery x WHERE x.id = recovery FOR UPDATE;
  IF r.id IS NULL OR NOT identity.answers_for(r.account_id, r.by_mail) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF r.expires_at <= now() OR NOT (r.status = 'waiting' OR (code IS NULL AND r.status = 'approved'))
  THEN
    RETURN NULL;
  END IF;
  IF code IS NULL THEN
    UPDATE identity.recovery x SET status = 'refused', decided_by = identity.viewer(),
      decided_at = moment, code_hash = NULL, good_from = NULL WHERE x.id = recovery;
    RETURN 'refused';
  END IF;
  IF NOT r.by_mail THEN
    IF r.first_by = identity.viewer() THEN RETURN 'again'; END IF;
    IF r.first_by IS NULL OR r.first_by NOT IN (SELECT identity.deciders(r.account_id, false))
      OR NOT EXISTS (SELECT FROM identity.recoverers(r.account_id) o(id)
        WHERE o.id IN (r.first_by, identity.viewer())) THEN
      UPDATE identity.recovery x SET first_by = identity.viewer() WHERE x.id = recovery;
      RETURN 'first';
    END IF;
    moment := moment + wait;
  END IF;
  UPDATE identity.recovery x SET status = 'approved', decided_by = identity.viewer(),
    decided_at = date_trunc('milliseconds', now()), code_hash = code, good_from = moment,
    expires_at = moment + good WHERE x.id = recovery;
  INSERT INTO identity.mail SELECT gen_random_uuid(), 'recovery-approved', a.email,
    coalesce(a.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL, NULL, recovery
  FROM identity.account a WHERE a.id = r.account_id
    OR (a.id IN (SELECT identity.deciders(r.account_id, r.by_mail)) AND a.id <> identity.viewer());
  RETURN 'approved';
END $$;

-- Sets the password by both halves. Answers the address, or from when they are good; NULL where they
-- are not, which counts against the code. Void once somebody who approved no longer may.
CREATE FUNCTION identity.redeem_recovery(half text, code text, password text, notice uuid)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE who identity.account; r identity.recovery;
BEGIN
  SELECT a.* INTO who FROM identity.account a WHERE a.disabled_at IS NULL AND a.id =
    (SELECT x.account_id FROM identity.recovery x WHERE x.half_hash = half) FOR NO KEY UPDATE;
  SELECT x.* INTO r FROM identity.recovery x WHERE x.half_hash = half AND x.account_id = who.id
    AND x.status = 'approved' AND x.expires_at > now() FOR UPDATE;
  IF r.id IS NULL THEN RETURN NULL; END IF;
  IF NOT ARRAY(SELECT identity.deciders(who.id, r.by_mail))
      @> array_remove(ARRAY[r.first_by, r.decided_by], NULL) THEN
    UPDATE identity.recovery x SET status = 'void' WHERE x.id = r.id;
    RETURN NULL;
  END IF;
  IF r.code_hash <> code THEN
    UPDATE identity.recovery x SET attempts = r.attempts + 1,
      status = CASE WHEN r.attempts >= 4 THEN 'void' ELSE 'approved' END WHERE x.id = r.id;
    RETURN NULL;
  END IF;
  IF r.good_from > now() THEN RETURN jsonb_build_object('from', r.good_from); END IF;
  UPDATE identity.account a SET password_hash = password WHERE a.id = who.id;
  UPDATE identity.recovery x SET status = 'used' WHERE x.id = r.id;
  PERFORM identity.end_resets(who), identity.end_access(who.id, NULL, true);
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN jsonb_build_object('email', who.email);
END $$;
REVOKE ALL ON FUNCTION identity.ask_recovery, identity.decide_recovery, identity.redeem_recovery
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.ask_recovery, identity.decide_recovery, identity.redeem_recovery
  TO comity_app;`;

/** What the API may do about recoveries. */
export class RecoveryActs1700000033100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION identity.redeem_recovery, identity.decide_recovery, identity.ask_recovery',
    );
  }
}
