import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody holds by a seat and not their side: it passes with the seat, or ends with it. */
export class Succession1700000033300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- What hangs on a seat: open invitations in its holder's name, signatures lent by it or to it,
-- recoveries that its holder approved; and the holder's keys, where they sit nowhere else.
CREATE FUNCTION identity.held_by(seat identity.membership) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'invitations', (SELECT count(*) FROM identity.invitation i
      WHERE i.invited_by = seat.account_id AND i.principal_id = seat.principal_id
        AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()),
    'signatures', (SELECT count(*) FROM identity.signature s
      WHERE seat.id IN (s.membership_id, s.delegate_id) AND s.revoked_at IS NULL
        AND s.ends_at > now()),
    'recoveries', (SELECT count(*) FROM identity.recovery r
      WHERE r.decided_by = seat.account_id AND r.status = 'approved' AND r.expires_at > now()
        AND EXISTS (SELECT FROM identity.membership o WHERE o.account_id = r.account_id
          AND o.principal_id = seat.principal_id AND o.revoked_at IS NULL)),
    'keys', (SELECT count(*) FROM identity.api_key k
      WHERE k.account_id = seat.account_id AND k.revoked_at IS NULL AND k.expires_at > now()
        AND NOT EXISTS (SELECT FROM identity.membership o WHERE o.account_id = seat.account_id
          AND o.id <> seat.id AND o.revoked_at IS NULL AND (o.until IS NULL OR o.until > now())))) $$;
-- The same, for its holder and whoever manages the side.
CREATE FUNCTION identity.holdings(membership uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT identity.held_by(m) FROM identity.membership m
  WHERE m.id = membership AND (m.account_id = identity.viewer() OR EXISTS
    (SELECT FROM identity.membership o WHERE o.account_id = identity.viewer()
      AND o.principal_id = m.principal_id AND 'manage' = ANY (o.permissions)
      AND o.revoked_at IS NULL AND (o.until IS NULL OR o.until > now()))) $$;
-- Passes on what may pass from a seat that the viewer ended in this transaction to one that they
-- granted, and ends the rest. Answers what passed and ended.
CREATE FUNCTION identity.pass_on(ended uuid, successor uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE old identity.membership; new identity.membership; held jsonb; passed int;
BEGIN
  SELECT m.* INTO old FROM identity.membership m WHERE m.id = ended
    AND m.revoked_by = identity.viewer() AND m.xmin = pg_current_xact_id()::xid;
  SELECT m.* INTO new FROM identity.membership m WHERE m.id = successor
    AND m.granted_by = identity.viewer() AND m.principal_id = old.principal_id
    AND m.xmin = pg_current_xact_id()::xid;
  IF new.id IS NULL THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  held := identity.held_by(old);
  -- Nobody comes to have invited themselves.
  UPDATE identity.invitation i SET invited_by = new.account_id FROM identity.account a
    WHERE a.id = new.account_id AND i.email <> a.email AND i.invited_by = old.account_id
      AND i.principal_id = old.principal_id AND i.accepted_at IS NULL AND i.revoked_at IS NULL
      AND i.expires_at > now();
  GET DIAGNOSTICS passed = ROW_COUNT;
  UPDATE identity.signature s SET revoked_by = identity.viewer(), revoked_at = now()
    WHERE old.id IN (s.membership_id, s.delegate_id) AND s.revoked_at IS NULL AND s.ends_at > now();
  UPDATE identity.recovery r SET status = 'void'
    WHERE r.decided_by = old.account_id AND r.status = 'approved'
      AND EXISTS (SELECT FROM identity.membership o WHERE o.account_id = r.account_id
        AND o.principal_id = old.principal_id AND o.revoked_at IS NULL);
  UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
    WHERE k.account_id = old.account_id AND k.revoked_at IS NULL
      AND NOT EXISTS (SELECT FROM identity.membership o WHERE o.account_id = old.account_id
        AND o.revoked_at IS NULL AND (o.until IS NULL OR o.until > now()));
  RETURN held || jsonb_build_object('invitations', passed);
END $$;
REVOKE ALL ON FUNCTION identity.held_by, identity.holdings, identity.pass_on FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.holdings, identity.pass_on TO comity_app;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION identity.pass_on, identity.holdings; DROP FUNCTION identity.held_by',
    );
  }
}
