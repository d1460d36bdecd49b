import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a mail tells, with what is told of resets, and of kinds that are not told of otherwise. */
const tellMail = (reset: string, more = ''): string => `
CREATE OR REPLACE FUNCTION identity.tell_mail(m identity.mail, token text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE told jsonb;
BEGIN
  IF m.kind = 'invitation' THEN
    UPDATE identity.invitation i SET token_hash = token,
      expires_at = date_trunc('milliseconds', now()) + interval '7 days'
    FROM identity.principal p, identity.account a
    WHERE i.id = m.invitation_id AND p.id = i.principal_id AND a.id = i.invited_by
      AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
      AND a.disabled_at IS NULL
    RETURNING jsonb_build_object('by', a.name, 'side', p.key, 'role', i.role,
      'expiresAt', i.expires_at) INTO told;
  ELSIF m.kind = 'password-reset' THEN
${reset}
  ELSIF m.kind = 'password-changed' THEN
    SELECT jsonb_build_object('at', m.queued_at) INTO told
    FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL;${more}
  ELSE
    SELECT jsonb_build_object('by', g.name, 'member', a.name, 'side', p.key, 'role', s.role)
      INTO told
    FROM identity.membership s JOIN identity.principal p ON p.id = s.principal_id
    JOIN identity.account a ON a.id = s.account_id JOIN identity.account g ON g.id = s.granted_by
    WHERE s.id = m.membership_id AND s.revoked_at IS NULL
      -- Read as its recipient: whoever has left the side since is not told.
      AND EXISTS (SELECT FROM identity.membership r JOIN identity.account o ON o.id = r.account_id
        WHERE o.email = m.address AND o.disabled_at IS NULL AND r.principal_id = s.principal_id
          AND r.revoked_at IS NULL AND (r.until IS NULL OR r.until > now())
          AND (r.id = s.id OR 'manage' = ANY (r.permissions)));
  END IF;
  RETURN told || jsonb_build_object('sideName', coalesce((SELECT n.name
    FROM reference.state_name n WHERE 'state:' || n.iso3 = told ->> 'side'
      AND n.form = 'short' AND n.language = m.language LIMIT 1),
    identity.side_name(told ->> 'side')));
END $$;`;

const ONE_LINK = `    INSERT INTO identity.password_reset SELECT a.id, token, now() + interval '1 hour'
      FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL
    ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash,
      expires_at = excluded.expires_at
    RETURNING jsonb_build_object('expiresAt', expires_at) INTO told;`;

const LINK_OF_MAIL = `    INSERT INTO identity.password_reset SELECT m.id, a.id, token, now() + interval '1 hour'
      FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL
    ON CONFLICT (mail_id) DO UPDATE SET token_hash = excluded.token_hash,
      expires_at = excluded.expires_at
    RETURNING jsonb_build_object('expiresAt', expires_at) INTO told;`;

/** A key is told of even where it has ended since: it may have been used. */
const KEY_CREATED = `
  ELSIF m.kind = 'key-created' THEN
    SELECT jsonb_build_object('name', k.name, 'scopes', array_to_string(k.scopes, ', '),
      'at', k.created_at, 'expiresAt', k.expires_at) INTO told
    FROM identity.api_key k JOIN identity.account a ON a.id = k.account_id
    WHERE k.id = m.api_key_id AND a.email = m.address AND a.disabled_at IS NULL;`;

const kinds = (names: string): string => `
ALTER TABLE identity.mail DROP CONSTRAINT mail_kind_ck, ADD CONSTRAINT mail_kind_ck CHECK
  (kind IN ('invitation', 'password-reset', 'password-changed', 'membership-granted'${names}));`;

/** A table of links as it was, or as it is: those that there are, good for an hour, are void. */
const links = (primary: string, more: string): string => `
DROP TABLE identity.password_reset;
CREATE TABLE identity.password_reset (
${primary},
  token_hash text NOT NULL CONSTRAINT password_reset_token_uq UNIQUE,
  expires_at timestamptz NOT NULL
);
ALTER TABLE identity.password_reset ENABLE ROW LEVEL SECURITY;${more}`;

const TABLES = `${kinds(`, 'key-created'`)}
ALTER TABLE identity.mail ADD COLUMN api_key_id uuid
  CONSTRAINT mail_api_key_fk REFERENCES identity.api_key;
CREATE INDEX mail_reset_ix ON identity.mail (address, queued_at) WHERE kind = 'password-reset';
${links(
  `  -- The mail that carries the link: sent again, it has another.
  mail_id uuid CONSTRAINT password_reset_pk PRIMARY KEY
    CONSTRAINT password_reset_mail_fk REFERENCES identity.mail,
  account_id uuid NOT NULL CONSTRAINT password_reset_account_fk REFERENCES identity.account`,
  `
CREATE INDEX password_reset_account_ix ON identity.password_reset (account_id);`,
)}`;

const FUNCTIONS = `${tellMail(LINK_OF_MAIL, KEY_CREATED)}

-- Asking twice while a mail waits is asking once, but one that was not taken is tried again soon.
-- One goes out five minutes after the one before
-- at the earliest, and three within an hour, in which their links are good: so whoever asks in
-- somebody's name neither floods them nor ends what they hold. All of it is the same whether
-- there is such an account or not.
CREATE OR REPLACE FUNCTION identity.ask_reset(mail uuid, address text, tongue text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4016, hashtext(lower(ask_reset.address)));
  UPDATE identity.mail w SET due_at = least(w.due_at, now() + interval '5 minutes')
    WHERE w.kind = 'password-reset' AND w.address = lower(ask_reset.address)
      AND w.status = 'queued' AND w.attempts > 0;
  INSERT INTO identity.mail
  SELECT ask_reset.mail, 'password-reset', lower(ask_reset.address), tongue, NULL, NULL, 'queued',
    0, now(), greatest(now(), max(l.at) + interval '5 minutes',
      CASE WHEN count(*) = 3 THEN min(l.at) + interval '1 hour' END), NULL, NULL
  FROM (SELECT coalesce(m.settled_at, m.due_at) AS at FROM identity.mail m
    WHERE m.kind = 'password-reset' AND m.address = lower(ask_reset.address)
    ORDER BY m.queued_at DESC LIMIT 3) l
  HAVING NOT EXISTS (SELECT FROM identity.mail w WHERE w.kind = 'password-reset'
    AND w.address = lower(ask_reset.address) AND w.status IN ('queued', 'sending'));
END $$;

-- Ends what would set the account's password: links, and mails on their way with another.
CREATE FUNCTION identity.end_resets(who identity.account) RETURNS void
LANGUAGE sql SET search_path = '' AS $$
  UPDATE identity.mail m SET status = 'dropped', settled_at = now()
    WHERE m.kind = 'password-reset' AND m.address = who.email AND m.status IN ('queued', 'sending');
  DELETE FROM identity.password_reset r WHERE r.account_id = who.id $$;
-- Ends the account's sessions but one, or all of them, and its keys where asked. Answers how many.
CREATE FUNCTION identity.end_access(who uuid, kept text, keys_too boolean)
RETURNS TABLE (sessions int, keys int) LANGUAGE sql SET search_path = '' AS $$
  WITH s AS (DELETE FROM identity.session s
      WHERE s.account_id = who AND s.token_hash IS DISTINCT FROM kept RETURNING 1),
    k AS (UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
      WHERE keys_too AND k.account_id = who AND k.revoked_at IS NULL
      RETURNING k.expires_at > now() AS live)
  SELECT (SELECT count(*)::int FROM s), (SELECT count(*)::int FROM k WHERE k.live) $$;

-- Sets the password, ends sessions and keys, and has the owner told. Answers the address; NULL
-- for a token that is not good. The account is held first: of two links at once, one is used.
CREATE OR REPLACE FUNCTION identity.redeem_reset(token text, password text, notice uuid)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE who identity.account;
BEGIN
  SELECT a.* INTO who FROM identity.account a WHERE a.disabled_at IS NULL AND a.id =
    (SELECT r.account_id FROM identity.password_reset r WHERE r.token_hash = token)
    FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM identity.password_reset r WHERE r.token_hash = token
      AND r.account_id = who.id AND r.expires_at > now()) THEN
    RETURN NULL;
  END IF;
  UPDATE identity.account a SET password_hash = password WHERE a.id = who.id;
  PERFORM identity.end_resets(who), identity.end_access(who.id, NULL, true);
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN who.email;
END $$;

-- The viewer's password was changed: what the old one opened ends, but the session that changed
-- it, and the keys where asked; a reset under way is void, and the owner is told.
DROP FUNCTION identity.password_changed(uuid), identity.close_sessions_of(uuid, text);
CREATE FUNCTION identity.password_changed(notice uuid, kept text, keys_too boolean)
RETURNS TABLE (sessions int, keys int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE who identity.account;
BEGIN
  SELECT a.* INTO who FROM identity.account a WHERE a.id = identity.viewer();
  PERFORM identity.end_resets(who);
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN QUERY SELECT e.sessions, e.keys FROM identity.end_access(who.id, kept, keys_too) e;
END $$;

-- Has the viewer told of a key that was made in their name.
CREATE FUNCTION identity.tell_of_key(notice uuid, key uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.mail SELECT notice, 'key-created', a.email, coalesce(a.language, 'en'),
    NULL, NULL, 'queued', 0, now(), now(), NULL, NULL, k.id
  FROM identity.api_key k JOIN identity.account a ON a.id = k.account_id
  WHERE k.id = key AND k.account_id = identity.viewer() $$;

REVOKE ALL ON FUNCTION identity.end_resets, identity.end_access, identity.password_changed,
  identity.tell_of_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.password_changed, identity.tell_of_key TO comity_app;`;

/** As they were. */
const BEFORE = `${tellMail(ONE_LINK)}
CREATE OR REPLACE FUNCTION identity.ask_reset(mail uuid, address text, tongue text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.mail VALUES (mail, 'password-reset', lower(address), tongue, NULL, NULL,
    'queued', 0, now(), now(), NULL, NULL) $$;
CREATE OR REPLACE FUNCTION identity.redeem_reset(token text, password text, notice uuid)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
DROP FUNCTION identity.password_changed, identity.end_access, identity.end_resets,
  identity.tell_of_key;
CREATE FUNCTION identity.password_changed(notice uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM identity.password_reset r WHERE r.account_id = identity.viewer();
  INSERT INTO identity.mail SELECT notice, 'password-changed', a.email,
    coalesce(a.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL
  FROM identity.account a WHERE a.id = identity.viewer() $$;
CREATE FUNCTION identity.close_sessions_of(who uuid, except_token text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM identity.session s WHERE s.account_id = who AND s.token_hash <> except_token $$;
REVOKE ALL ON FUNCTION identity.password_changed, identity.close_sessions_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.password_changed, identity.close_sessions_of TO comity_app;`;

/** Links that no stranger ends; keys of which their owner hears, and that a new password ends. */
export class Resets1700000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(BEFORE);
    await runner.query(`${links(
      `  account_id uuid CONSTRAINT password_reset_pk PRIMARY KEY
    CONSTRAINT password_reset_account_fk REFERENCES identity.account`,
      '',
    )}
DROP INDEX identity.mail_reset_ix;
DELETE FROM identity.mail WHERE kind = 'key-created';
ALTER TABLE identity.mail DROP COLUMN api_key_id;
${kinds('')}`);
  }
}
