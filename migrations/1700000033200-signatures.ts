import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  KINDS,
  mailKinds,
  RECOVERY_KINDS,
  RECOVERY_TOLD,
  tellMail,
} from './1700000033000-recovery.js';

const TABLE = `
-- The signature of a side, lent by one of its seats to another for a while.
CREATE TABLE identity.signature (
  id uuid CONSTRAINT signature_pk PRIMARY KEY,
  principal_id uuid NOT NULL CONSTRAINT signature_principal_fk REFERENCES identity.principal,
  -- Whose signature it is, and who signs.
  membership_id uuid NOT NULL CONSTRAINT signature_membership_fk REFERENCES identity.membership,
  delegate_id uuid NOT NULL CONSTRAINT signature_delegate_fk REFERENCES identity.membership,
  granted_at timestamptz NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  revoked_by uuid CONSTRAINT signature_revoker_fk REFERENCES identity.account,
  revoked_at timestamptz,
  CONSTRAINT signature_order_ck CHECK (starts_at < ends_at),
  CONSTRAINT signature_another_ck CHECK (membership_id <> delegate_id)
);
CREATE INDEX signature_principal_ix ON identity.signature (principal_id, granted_at, id);
CREATE INDEX signature_delegate_ix ON identity.signature (delegate_id) WHERE revoked_at IS NULL;
CREATE TRIGGER ended BEFORE UPDATE ON identity.signature
  FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION identity.stay_ended();
ALTER TABLE identity.signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY sides ON identity.signature USING (principal_id = ANY (identity.principals()));
-- One's own, which one holds by one's seat: what was lent is not lent on.
CREATE POLICY own ON identity.signature AS RESTRICTIVE FOR INSERT WITH CHECK (
  EXISTS (SELECT FROM identity.membership m WHERE m.id = signature.membership_id
    AND m.principal_id = signature.principal_id AND m.account_id = identity.viewer()
    AND 'submit' = ANY (m.permissions) AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now()))
  AND EXISTS (SELECT FROM identity.membership d WHERE d.id = signature.delegate_id
    AND d.principal_id = signature.principal_id AND d.account_id <> identity.viewer()));
ALTER TABLE identity.mail ADD COLUMN signature_id uuid
  CONSTRAINT mail_signature_fk REFERENCES identity.signature;
-- Whose signatures somebody bore when they acted.
ALTER TABLE journal.author ADD COLUMN signatures uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE journal.author ALTER COLUMN signatures DROP DEFAULT;
${mailKinds(`${KINDS}, ${RECOVERY_KINDS}, 'signature-delegated'`)}`;

const LENT = `
-- The signatures lent to a seat that are good now: for as long as the seat that lent them is.
CREATE FUNCTION identity.lent_to(seat uuid) RETURNS TABLE (id uuid, by_name text)
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT s.id, a.name FROM identity.signature s
  JOIN identity.membership m ON m.id = s.membership_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
  JOIN identity.account a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE s.delegate_id = seat AND s.revoked_at IS NULL AND s.starts_at <= now()
    AND s.ends_at > now() $$;
-- Tells both, and whoever manages the side.
CREATE FUNCTION identity.tell_of_signature(signature uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.mail SELECT gen_random_uuid(), 'signature-delegated', a.email,
    coalesce(a.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL, NULL, NULL, s.id
  FROM identity.signature s
  JOIN identity.membership own ON own.id = s.membership_id AND own.account_id = identity.viewer()
  JOIN identity.membership m ON m.principal_id = s.principal_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
    AND ('manage' = ANY (m.permissions) OR m.id IN (s.membership_id, s.delegate_id))
  JOIN identity.account a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE s.id = signature $$;
REVOKE ALL ON FUNCTION identity.lent_to, identity.tell_of_signature FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.tell_of_signature TO comity_app;
GRANT SELECT, INSERT, UPDATE (revoked_by, revoked_at) ON identity.signature TO comity_app;`;

/** Who somebody is, with what they were lent; and who wrote an entry, with what they bore. */
const viewers = (permissions: string, more: string, signed: string): string => `
CREATE OR REPLACE FUNCTION identity.person(who uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
  BEGIN RETURN (SELECT jsonb_build_object('accountId', a.id, 'email', a.email, 'name', a.name,
    'administrator', a.administrator, 'sessionHash', '', 'seats', coalesce((
      SELECT jsonb_agg(jsonb_build_object('membershipId', m.id, 'side', p.key,
        'principalId', p.id, 'group', g.key, 'role', m.role, 'permissions', ${permissions})
        ORDER BY p.key)
      FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
      LEFT JOIN identity.principal g ON g.id = p.within${more}
      WHERE m.account_id = a.id AND m.revoked_at IS NULL
        AND (m.until IS NULL OR m.until > now())), '[]'))
  FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL); END $$;
CREATE OR REPLACE FUNCTION journal.sign(entry uuid, proceeding uuid, who uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO journal.author SELECT e.id, e.proceeding_id, 'identity', who${signed} FROM journal.entry e
    WHERE e.id = entry AND e.proceeding_id = proceeding AND e.xmin = pg_current_xact_id()::xid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;`;

const LENDING = viewers(
  `CASE WHEN l.names IS NULL OR 'submit' = ANY (m.permissions) THEN m.permissions
          ELSE m.permissions || '{submit}'::text[] END,
        'signsFor', coalesce(l.names, '{}')`,
  `
      LEFT JOIN LATERAL (SELECT array_agg(t.by_name ORDER BY t.by_name) AS names
        FROM identity.lent_to(m.id) t) l ON true`,
  `,
    coalesce((SELECT array_agg(l.id) FROM identity.membership m
      CROSS JOIN LATERAL identity.lent_to(m.id) l
      WHERE m.account_id = who AND m.revoked_at IS NULL
        AND (m.until IS NULL OR m.until > now())), '{}')`,
);

export const SIGNATURE_TOLD = `
  ELSIF m.kind = 'signature-delegated' THEN
    SELECT jsonb_build_object('by', g.name, 'member', d.name, 'side', p.key, 'from', s.starts_at,
      'until', s.ends_at) INTO told
    FROM identity.signature s JOIN identity.principal p ON p.id = s.principal_id
    JOIN identity.membership sm ON sm.id = s.membership_id
    JOIN identity.account g ON g.id = sm.account_id
    JOIN identity.membership dm ON dm.id = s.delegate_id
    JOIN identity.account d ON d.id = dm.account_id
    WHERE s.id = m.signature_id AND s.revoked_at IS NULL AND s.ends_at > now()
      -- Read as its recipient: whoever has left the side since is not told.
      AND EXISTS (SELECT FROM identity.membership r JOIN identity.account o ON o.id = r.account_id
        WHERE o.email = m.address AND o.disabled_at IS NULL AND r.principal_id = s.principal_id
          AND r.revoked_at IS NULL AND (r.until IS NULL OR r.until > now()));`;

/** A signature that is delegated for stated days. */
export class Signatures1700000033200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(LENT);
    await runner.query(LENDING);
    await runner.query(tellMail(RECOVERY_TOLD + SIGNATURE_TOLD));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${tellMail(RECOVERY_TOLD)}${viewers('m.permissions', '', '')}
DROP FUNCTION identity.tell_of_signature, identity.lent_to;
ALTER TABLE journal.author DROP COLUMN signatures;
DELETE FROM identity.mail WHERE signature_id IS NOT NULL;
ALTER TABLE identity.mail DROP COLUMN signature_id;
DROP TABLE identity.signature;
${mailKinds(`${KINDS}, ${RECOVERY_KINDS}`)}`);
  }
}
