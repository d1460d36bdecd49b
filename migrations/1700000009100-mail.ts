import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- In which language to write to somebody, where it is known.
ALTER TABLE identity.account ADD COLUMN language text;

CREATE TABLE identity.invitation (
  id uuid CONSTRAINT invitation_pk PRIMARY KEY,
  email text NOT NULL CONSTRAINT invitation_email_ck CHECK (email = lower(email)),
  principal_id uuid NOT NULL CONSTRAINT invitation_principal_fk REFERENCES identity.principal,
  role text NOT NULL,
  until timestamptz,
  language text NOT NULL,
  invited_by uuid NOT NULL CONSTRAINT invitation_inviter_fk REFERENCES identity.account,
  invited_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Of the token in the last mail that went out; none before the first.
  token_hash text CONSTRAINT invitation_token_uq UNIQUE,
  accepted_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX invitation_principal_ix ON identity.invitation (principal_id, invited_at, id);
CREATE INDEX invitation_inviter_ix ON identity.invitation (invited_by, invited_at, id);
CREATE TABLE identity.password_reset (
  account_id uuid CONSTRAINT password_reset_pk PRIMARY KEY
    CONSTRAINT password_reset_account_fk REFERENCES identity.account,
  token_hash text NOT NULL CONSTRAINT password_reset_token_uq UNIQUE,
  expires_at timestamptz NOT NULL
);
-- The outbox: to whom and about what. No token is ever in it.
CREATE TABLE identity.mail (
  id uuid CONSTRAINT mail_pk PRIMARY KEY,
  kind text NOT NULL CONSTRAINT mail_kind_ck CHECK
    (kind IN ('invitation', 'password-reset', 'password-changed', 'membership-granted')),
  address text NOT NULL,
  language text NOT NULL,
  invitation_id uuid CONSTRAINT mail_invitation_fk REFERENCES identity.invitation,
  membership_id uuid CONSTRAINT mail_membership_fk REFERENCES identity.membership,
  status text NOT NULL CONSTRAINT mail_status_ck
    CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
  attempts int NOT NULL,
  queued_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  settled_at timestamptz,
  -- What the other server said last.
  answer text
);
CREATE INDEX mail_due_ix ON identity.mail (due_at) WHERE status IN ('queued', 'sending');
CREATE INDEX mail_settled_ix ON identity.mail (settled_at);
CREATE INDEX mail_invitation_ix ON identity.mail (invitation_id, queued_at);

ALTER TABLE identity.invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.password_reset ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.mail ENABLE ROW LEVEL SECURITY;
-- As with memberships: the side's own, and whoever seats a first manager, while they may.
CREATE POLICY sides ON identity.invitation USING (principal_id = ANY (identity.principals())
  OR (invited_by = identity.viewer()
    AND (identity.is_secretariat() OR identity.is_administrator())));
CREATE POLICY by_oneself ON identity.invitation AS RESTRICTIVE FOR INSERT
  WITH CHECK (invited_by = identity.viewer());
CREATE POLICY of_invitations ON identity.mail FOR SELECT USING (
  invitation_id IN (SELECT i.id FROM identity.invitation i));`;

/** What the worker may do: take the next mail, say what became of it, forget. Nothing else. */
const SENDING = `
-- What a mail tells, at this moment; the token's hash is kept where its kind has a token. NULL
-- when there is nothing to tell any more.
CREATE FUNCTION identity.tell_mail(m identity.mail, token text) RETURNS jsonb
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
    INSERT INTO identity.password_reset SELECT a.id, token, now() + interval '1 hour'
      FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL
    ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash,
      expires_at = excluded.expires_at
    RETURNING jsonb_build_object('expiresAt', expires_at) INTO told;
  ELSIF m.kind = 'password-changed' THEN
    SELECT jsonb_build_object('at', m.queued_at) INTO told
    FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL;
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
END $$;

-- Takes the next mail that is due, for as long as the lease; a worker that dies with it leaves it
-- to be taken again, with another token. Others are passed over.
CREATE FUNCTION identity.claim_mail(token text, lease interval) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE m identity.mail; told jsonb;
BEGIN
  LOOP
    SELECT q.* INTO m FROM identity.mail q
      WHERE q.status IN ('queued', 'sending') AND q.due_at <= now()
      ORDER BY q.due_at LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF m.id IS NULL THEN RETURN NULL; END IF;
    IF m.attempts >= 12 THEN
      UPDATE identity.mail q SET status = 'failed', settled_at = now() WHERE q.id = m.id;
      CONTINUE;
    END IF;
    told := identity.tell_mail(m, token);
    IF told IS NULL THEN
      UPDATE identity.mail q SET status = 'dropped', settled_at = now() WHERE q.id = m.id;
      CONTINUE;
    END IF;
    UPDATE identity.mail q SET status = 'sending', attempts = m.attempts + 1,
      due_at = now() + lease WHERE q.id = m.id;
    RETURN jsonb_build_object('id', m.id, 'kind', m.kind, 'address', m.address,
      'language', m.language, 'attempt', m.attempts + 1, 'told', told);
  END LOOP;
END $$;

-- What became of an attempt; whoever took the mail over meanwhile has another number.
CREATE FUNCTION identity.settle_mail(mail uuid, attempt int, outcome text, said text,
  again interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.mail m SET status = outcome, answer = said,
    due_at = now() + coalesce(again, interval '0'),
    settled_at = CASE WHEN outcome <> 'queued' THEN now() END
  WHERE m.id = mail AND m.attempts = attempt AND m.status = 'sending' $$;

-- Addresses are kept no longer than somebody may ask what became of a mail.
CREATE FUNCTION identity.sweep_mail() RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH m AS (DELETE FROM identity.mail WHERE settled_at < now() - interval '30 days' RETURNING 1),
       r AS (DELETE FROM identity.password_reset WHERE expires_at <= now() RETURNING 1)
  SELECT ((SELECT count(*) FROM m) + (SELECT count(*) FROM r))::int $$;

REVOKE ALL ON FUNCTION identity.tell_mail, identity.claim_mail, identity.settle_mail,
  identity.sweep_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.claim_mail, identity.settle_mail, identity.sweep_mail
  TO comity_worker;
GRANT SELECT (id, email, principal_id, role, until, language, invited_by, invited_at, expires_at,
  accepted_at, revoked_at), INSERT, UPDATE (expires_at, revoked_at)
  ON identity.invitation TO comity_app;
GRANT SELECT ON identity.mail TO comity_app;`;

/** Invitations, resets, and the outbox of the mails that carry their tokens. */
export class Mail1700000009100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(SENDING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.claim_mail, identity.tell_mail, identity.settle_mail, identity.sweep_mail;
DROP TABLE identity.mail, identity.password_reset, identity.invitation;
ALTER TABLE identity.account DROP COLUMN language`);
  }
}
