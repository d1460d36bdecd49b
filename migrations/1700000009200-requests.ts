import type { MigrationInterface, QueryRunner } from 'typeorm';

const FUNCTIONS = `identity.queue_invitation, identity.invitation_for,
  identity.accept_invitation, identity.ask_reset, identity.redeem_reset,
  identity.password_changed, identity.tell_of_membership, identity.set_disabled`;

/** What the API may do about invitations, resets and accounts, beside what policies let it. */
export class Requests1700000009200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION identity.queue_invitation(mail uuid, invitation uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.mail SELECT mail, 'invitation', i.email, i.language, i.id, NULL,
    'queued', 0, now(), now(), NULL, NULL
  FROM identity.invitation i WHERE i.id = invitation AND (
    i.invited_by = identity.viewer() OR i.principal_id = ANY (identity.principals())) $$;

-- What is behind a token: the invitation, its inviter as they are now, and whose address it is.
CREATE FUNCTION identity.invitation_for(token text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object('email', i.email, 'side', p.key, 'role', i.role, 'until', i.until,
    'inviter', identity.person(i.invited_by),
    'accountId', (SELECT a.id FROM identity.account a WHERE a.email = i.email))
  FROM identity.invitation i JOIN identity.principal p ON p.id = i.principal_id
  WHERE i.token_hash = token AND i.accepted_at IS NULL AND i.revoked_at IS NULL
    AND i.expires_at > now() $$;

-- Uses an invitation up, once. A password makes the account of its address; without one there
-- is an account, whose owner has proved to be that. Answers whether the token was still good.
CREATE FUNCTION identity.accept_invitation(token text, who uuid, called text, password text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE used identity.invitation;
BEGIN
  UPDATE identity.invitation i SET accepted_at = date_trunc('milliseconds', now()),
    token_hash = NULL
  WHERE i.token_hash = token AND i.accepted_at IS NULL AND i.revoked_at IS NULL
    AND i.expires_at > now() RETURNING i.* INTO used;
  IF used.id IS NULL THEN RETURN false; END IF;
  IF password IS NOT NULL THEN
    INSERT INTO identity.account VALUES (who, used.email, called, password, false,
      date_trunc('milliseconds', now()), NULL, used.language);
    RETURN true;
  END IF;
  RETURN EXISTS (SELECT FROM identity.account a
    WHERE a.id = who AND a.email = used.email AND a.disabled_at IS NULL);
END $$;

-- The same whether there is such an account or not: that is looked up when the mail is written.
CREATE FUNCTION identity.ask_reset(mail uuid, address text, tongue text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.mail VALUES (mail, 'password-reset', lower(address), tongue, NULL, NULL,
    'queued', 0, now(), now(), NULL, NULL) $$;

-- Sets the password, ends sessions and keys, and has the owner told. Answers the address; NULL
-- for a token that is not good.
CREATE FUNCTION identity.redeem_reset(token text, password text, notice uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE who identity.account;
BEGIN
  DELETE FROM identity.password_reset r USING identity.account a
    WHERE r.token_hash = token AND r.expires_at > now() AND a.id = r.account_id
      AND a.disabled_at IS NULL
    RETURNING a.* INTO who;
  IF who.id IS NULL THEN RETURN NULL; END IF;
  UPDATE identity.account a SET password_hash = password WHERE a.id = who.id;
  DELETE FROM identity.session s WHERE s.account_id = who.id;
  UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
    WHERE k.account_id = who.id AND k.revoked_at IS NULL;
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN who.email;
END $$;

-- The viewer's password was changed: a reset under way is void, and the owner is told.
CREATE FUNCTION identity.password_changed(notice uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM identity.password_reset r WHERE r.account_id = identity.viewer();
  INSERT INTO identity.mail SELECT notice, 'password-changed', a.email,
    coalesce(a.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL
  FROM identity.account a WHERE a.id = identity.viewer() $$;

-- Tells the side's managers, and the member, of a membership that the viewer has just granted.
CREATE FUNCTION identity.tell_of_membership(membership uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.mail SELECT gen_random_uuid(), 'membership-granted', a.email,
    coalesce(a.language, 'en'), NULL, g.id, 'queued', 0, now(), now(), NULL, NULL
  FROM identity.membership g
  JOIN identity.membership m ON m.principal_id = g.principal_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now()) AND ('manage' = ANY (m.permissions) OR m.id = g.id)
  JOIN identity.account a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE g.id = membership AND g.granted_by = identity.viewer()
    AND a.id <> identity.viewer() $$;

-- Shuts an account or opens it again. By an administrator who is one now, never for themselves;
-- one at a time, so that two do not shut each other out.
CREATE FUNCTION identity.set_disabled(who uuid, shut boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4014);
  IF who = identity.viewer() OR NOT EXISTS (SELECT FROM identity.account a
      WHERE a.id = identity.viewer() AND a.administrator AND a.disabled_at IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE identity.account a SET disabled_at =
    CASE WHEN shut THEN coalesce(a.disabled_at, date_trunc('milliseconds', now())) END
  WHERE a.id = who;
  IF shut THEN
    DELETE FROM identity.session s WHERE s.account_id = who;
    DELETE FROM identity.password_reset r WHERE r.account_id = who;
    UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
      WHERE k.account_id = who AND k.revoked_at IS NULL;
  END IF;
END $$;

REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}
