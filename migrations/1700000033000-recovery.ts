import type { MigrationInterface, QueryRunner } from 'typeorm';

export const KINDS = `'invitation', 'password-reset', 'password-changed', 'membership-granted', 'key-created'`;
export const RECOVERY_KINDS = `'recovery-asked', 'recovery-half', 'recovery-to-decide', 'recovery-approved'`;

/** The kinds of mail that there may be. */
export const mailKinds = (names: string): string => `
ALTER TABLE identity.mail DROP CONSTRAINT mail_kind_ck,
  ADD CONSTRAINT mail_kind_ck CHECK (kind IN (${names}));`;

/** What a mail tells, with what is told of kinds that came later. */
export const tellMail = (more: string): string => `
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
    INSERT INTO identity.password_reset SELECT m.id, a.id, token, now() + interval '1 hour'
      FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL
    ON CONFLICT (mail_id) DO UPDATE SET token_hash = excluded.token_hash,
      expires_at = excluded.expires_at
    RETURNING jsonb_build_object('expiresAt', expires_at) INTO told;
  ELSIF m.kind = 'password-changed' THEN
    SELECT jsonb_build_object('at', m.queued_at) INTO told
    FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL;
  ELSIF m.kind = 'key-created' THEN
    SELECT jsonb_build_object('name', k.name, 'scopes', array_to_string(k.scopes, ', '),
      'at', k.created_at, 'expiresAt', k.expires_at) INTO told
    FROM identity.api_key k JOIN identity.account a ON a.id = k.account_id
    WHERE k.id = m.api_key_id AND a.email = m.address AND a.disabled_at IS NULL;${more}
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

const TABLE = `
-- A way back into an account whose owner has lost the password, and maybe the mailbox too.
CREATE TABLE identity.recovery (
  id uuid CONSTRAINT recovery_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT recovery_account_fk REFERENCES identity.account,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  network text NOT NULL,
  -- Shown to whoever asks and to whoever decides, who compare it when they speak to each other.
  mark text NOT NULL,
  by_mail boolean NOT NULL,
  -- Of the half that the owner holds; none until the mail with it goes out.
  half_hash text CONSTRAINT recovery_half_uq UNIQUE,
  status text NOT NULL CONSTRAINT recovery_status_ck
    CHECK (status IN ('waiting', 'approved', 'refused', 'used', 'void')),
  -- Where the owner's half was shown, whoever asked may be the one who approves: it takes two.
  first_by uuid CONSTRAINT recovery_first_fk REFERENCES identity.account,
  decided_by uuid CONSTRAINT recovery_decider_fk REFERENCES identity.account,
  decided_at timestamptz,
  -- Of the half that whoever approved hands over, and from when it is good.
  code_hash text,
  good_from timestamptz,
  attempts int NOT NULL
);
CREATE UNIQUE INDEX recovery_open_uq ON identity.recovery (account_id)
  WHERE status IN ('waiting', 'approved');
CREATE INDEX recovery_asked_ix ON identity.recovery (asked_at, id);
ALTER TABLE identity.recovery ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.mail ADD COLUMN recovery_id uuid
  CONSTRAINT mail_recovery_fk REFERENCES identity.recovery;
${mailKinds(`${KINDS}, ${RECOVERY_KINDS}`)}`;

const WHO = `
-- Who answers for the owner of an account: whoever manages every side on which the owner sits, and
-- so gains nothing by it; where nobody does, the administrators. Never the owner.
CREATE FUNCTION identity.recoverers(who uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = '' AS $$
  WITH live AS (SELECT m.* FROM identity.membership m
      WHERE m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())),
    seat AS (SELECT l.principal_id FROM live l WHERE l.account_id = who),
    manager AS (SELECT l.account_id FROM seat s JOIN live l ON l.principal_id = s.principal_id
      JOIN identity.account a ON a.id = l.account_id AND a.disabled_at IS NULL
      WHERE 'manage' = ANY (l.permissions) AND a.id <> who AND NOT EXISTS
        (SELECT FROM identity.account o WHERE o.id = who AND o.administrator)
      GROUP BY l.account_id HAVING count(*) = (SELECT count(*) FROM seat))
  SELECT account_id FROM manager
  UNION ALL SELECT a.id FROM identity.account a
    WHERE a.administrator AND a.disabled_at IS NULL AND a.id <> who
      AND NOT EXISTS (SELECT FROM manager) $$;
-- Who takes part in deciding: the same, and where two must approve, the administrators as well.
CREATE FUNCTION identity.deciders(who uuid, mailed boolean) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT identity.recoverers(who)
  UNION SELECT a.id FROM identity.account a
    WHERE NOT mailed AND a.administrator AND a.disabled_at IS NULL AND a.id <> who $$;
-- Whether the viewer does.
CREATE FUNCTION identity.answers_for(who uuid, mailed boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT identity.viewer() IN (SELECT identity.deciders(who, mailed)) $$;
-- The sides of the owner, for whoever decides.
CREATE FUNCTION identity.sides_to_recover(who uuid, mailed boolean) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(array_agg(p.key ORDER BY p.key), '{}') FROM identity.membership m
  JOIN identity.principal p ON p.id = m.principal_id
  WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
    AND identity.answers_for(who, mailed) $$;
CREATE POLICY answered_for ON identity.recovery FOR SELECT
  USING (identity.answers_for(account_id, by_mail));
REVOKE ALL ON FUNCTION identity.recoverers, identity.deciders, identity.answers_for, identity.sides_to_recover
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.answers_for, identity.sides_to_recover TO comity_app;
GRANT SELECT (id, account_id, asked_at, expires_at, network, mark, by_mail, status, first_by,
  decided_by, decided_at, good_from) ON identity.recovery TO comity_app;`;

/** Whoever has the password, or is shut out, has no need of a recovery: it ends with the links. */
const endings = (recoveries: string, shut: string): string => `
CREATE OR REPLACE FUNCTION identity.end_resets(who identity.account) RETURNS void
LANGUAGE sql SET search_path = '' AS $$
  UPDATE identity.mail m SET status = 'dropped', settled_at = now()
    WHERE m.kind = 'password-reset' AND m.address = who.email AND m.status IN ('queued', 'sending');
  DELETE FROM identity.password_reset r WHERE r.account_id = who.id${recoveries} $$;
CREATE OR REPLACE FUNCTION identity.set_disabled(who uuid, shut boolean) RETURNS void
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
      WHERE k.account_id = who AND k.revoked_at IS NULL;${shut}
  END IF;
END $$;`;

const VOID = (of: string) => `
  UPDATE identity.recovery v SET status = 'void'
    WHERE v.account_id = ${of} AND v.status IN ('waiting', 'approved')`;

export const RECOVERY_TOLD = `
  ELSIF m.kind = 'recovery-half' THEN
    UPDATE identity.recovery r SET half_hash = token FROM identity.account a
    WHERE r.id = m.recovery_id AND a.id = r.account_id AND a.disabled_at IS NULL
      AND r.status IN ('waiting', 'approved') AND r.expires_at > now()
    RETURNING jsonb_build_object('at', r.asked_at, 'mark', r.mark) INTO told;
  ELSIF m.kind LIKE 'recovery-%' THEN
    SELECT jsonb_build_object('at', r.asked_at, 'mark', r.mark, 'member', a.name, 'by', d.name,
      'from', r.good_from) INTO told
    FROM identity.recovery r JOIN identity.account a ON a.id = r.account_id
      AND a.disabled_at IS NULL
    LEFT JOIN identity.account d ON d.id = r.decided_by
    WHERE r.id = m.recovery_id AND r.expires_at > now()
      AND r.status = CASE m.kind WHEN 'recovery-approved' THEN 'approved' ELSE 'waiting' END
      -- Read as its recipient: the owner, or somebody who still answers for them.
      AND (a.email = m.address OR EXISTS (SELECT FROM identity.account o
        WHERE o.email = m.address AND o.id IN (SELECT identity.deciders(a.id, r.by_mail))));`;

/** A lost password, and maybe a lost mailbox, with a second person's approval. */
export class Recovery1700000033000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(WHO);
    await runner.query(endings(`;${VOID('who.id')}`, `${VOID('who')};`));
    await runner.query(tellMail(RECOVERY_TOLD));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${tellMail('')}${endings('', '')}
DELETE FROM identity.mail WHERE recovery_id IS NOT NULL;
ALTER TABLE identity.mail DROP COLUMN recovery_id;
DROP TABLE identity.recovery;
DROP FUNCTION identity.sides_to_recover, identity.answers_for, identity.deciders;
DROP FUNCTION identity.recoverers;
${mailKinds(KINDS)}`);
  }
}
