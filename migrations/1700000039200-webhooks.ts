import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  KINDS,
  mailKinds,
  RECOVERY_KINDS,
  RECOVERY_TOLD,
  tellMail,
} from './1700000033000-recovery.js';
import { SIGNATURE_TOLD } from './1700000033200-signatures.js';
import { ending, FEEDS_WITH_ACCOUNT, FEEDS_WITH_KEYS } from './1700000037000-calendar-feeds.js';

const BEFORE = `${KINDS}, ${RECOVERY_KINDS}, 'signature-delegated'`;

const TABLES = `
-- Where a person has notices posted to, signed.
CREATE TABLE identity.webhook (
  id uuid CONSTRAINT webhook_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT webhook_account_fk REFERENCES identity.account,
  url text NOT NULL,
  description text NOT NULL,
  -- What happened, as the journal calls it; all of it where none is named.
  events text[],
  status text NOT NULL CONSTRAINT webhook_status_ck CHECK (status IN ('active', 'off')),
  off_why text CONSTRAINT webhook_why_ck
    CHECK (off_why IN ('by-owner', 'failing', 'gone', 'access-ended')),
  off_since timestamptz,
  -- The first of the failures since something was taken last, how many there were, and until when
  -- nothing more is tried because nobody answered.
  failing_since timestamptz,
  failures int NOT NULL,
  retry_at timestamptz,
  -- How long the secret before the current one signs too.
  previous_until timestamptz,
  created_at timestamptz NOT NULL,
  version int NOT NULL,
  CONSTRAINT webhook_off_ck
    CHECK ((status = 'off') = (off_why IS NOT NULL) AND (status = 'off') = (off_since IS NOT NULL)),
  CONSTRAINT webhook_failing_ck CHECK ((failing_since IS NOT NULL) = (failures > 0))
);
CREATE INDEX webhook_account_ix ON identity.webhook (account_id, created_at, id);
ALTER TABLE identity.webhook ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.webhook USING (account_id = identity.viewer());
GRANT SELECT, INSERT, UPDATE (url, description, events, status, off_why, off_since, failing_since,
  failures, retry_at, version) ON identity.webhook TO comity_app;
-- The secrets, under seal: no role has rights to them.
CREATE TABLE identity.webhook_secret (
  id uuid CONSTRAINT webhook_secret_pk PRIMARY KEY,
  webhook_id uuid NOT NULL CONSTRAINT webhook_secret_webhook_fk
    REFERENCES identity.webhook ON DELETE CASCADE,
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea NOT NULL,
  -- Of the one before; the current one has no end.
  ends_at timestamptz
);
CREATE UNIQUE INDEX webhook_secret_current_uq ON identity.webhook_secret (webhook_id)
  WHERE ends_at IS NULL;
CREATE UNIQUE INDEX webhook_secret_before_uq ON identity.webhook_secret (webhook_id)
  WHERE ends_at IS NOT NULL;
ALTER TABLE identity.webhook_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.mail ADD COLUMN webhook_id uuid
  CONSTRAINT mail_webhook_fk REFERENCES identity.webhook ON DELETE CASCADE;
CREATE INDEX mail_webhook_ix ON identity.mail (webhook_id) WHERE webhook_id IS NOT NULL;
${mailKinds(`${BEFORE}, 'webhook-off'`)}`;

/** What the owner may do beside what the rights to columns allow. */
const OWNING = `
-- Makes a secret the current one; that before it signs on for a while, or ends at once.
CREATE FUNCTION identity.keep_webhook_secret(secret uuid, webhook uuid, seal jsonb, content bytea,
  overlap interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE fresh boolean;
BEGIN
  PERFORM FROM identity.webhook w WHERE w.id = webhook AND w.account_id = identity.viewer() FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM identity.webhook_secret s
    WHERE s.webhook_id = webhook AND (overlap IS NULL OR s.ends_at IS NOT NULL);
  UPDATE identity.webhook_secret s SET ends_at = date_trunc('milliseconds', now()) + overlap
    WHERE s.webhook_id = webhook;
  fresh := NOT FOUND;
  INSERT INTO identity.webhook_secret
    VALUES (secret, webhook, seal ->> 'keyId', seal, content, NULL);
  UPDATE identity.webhook w SET previous_until =
    CASE WHEN NOT fresh THEN date_trunc('milliseconds', now()) + overlap END WHERE w.id = webhook;
END $$;
-- Nothing of it stays, its secrets least of all. Whether it was there, in this version.
CREATE FUNCTION identity.drop_webhook(webhook uuid, expected int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  DELETE FROM identity.webhook w
    WHERE w.id = webhook AND w.version = expected AND w.account_id = identity.viewer();
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION identity.keep_webhook_secret, identity.drop_webhook FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.keep_webhook_secret, identity.drop_webhook TO comity_app;`;

/** What the worker may do: learn where a letter goes, and say what came of it. */
const SENDING = `
-- The webhooks of a person that want to hear of such an event.
CREATE FUNCTION identity.webhooks_for(who uuid, event text) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT w.id FROM identity.webhook w JOIN identity.account a ON a.id = w.account_id
  WHERE w.account_id = who AND w.status = 'active' AND a.disabled_at IS NULL
    AND (w.events IS NULL OR event = ANY (w.events)) $$;
-- Where to post to, and the secrets to sign with, the current one first; nothing when it is off.
-- Where nobody answered, one is let through when the wait is over, and has a while for it.
CREATE FUNCTION identity.webhook_target(webhook uuid, owner uuid, trial interval) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE w identity.webhook; tried boolean;
BEGIN
  UPDATE identity.webhook t SET retry_at = date_trunc('milliseconds', clock_timestamp()) + trial
    WHERE t.id = webhook AND t.account_id = owner AND t.status = 'active'
      AND t.retry_at <= clock_timestamp();
  tried := FOUND;
  SELECT t.* INTO w FROM identity.webhook t JOIN identity.account a ON a.id = t.account_id
    WHERE t.id = webhook AND t.account_id = owner AND t.status = 'active' AND a.disabled_at IS NULL;
  IF w.id IS NULL THEN RETURN NULL; END IF;
  RETURN jsonb_build_object('url', w.url, 'failures', w.failures,
    'waitsUntil', CASE WHEN NOT tried THEN w.retry_at END,
    'secrets', (SELECT jsonb_agg(jsonb_build_object('seal', s.seal,
        'content', encode(s.content, 'base64')) ORDER BY s.ends_at DESC NULLS FIRST)
      FROM identity.webhook_secret s WHERE s.webhook_id = webhook
        AND (s.ends_at IS NULL OR s.ends_at > now())));
END $$;
CREATE FUNCTION identity.webhook_taken(webhook uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.webhook w SET failing_since = NULL, failures = 0, retry_at = NULL
    WHERE w.id = webhook AND w.failures > 0 $$;
-- Notes a failure, and until when to try nothing more. Switched off, and the owner told, when
-- nothing else came of it for as long as one is patient, or where the other side wants no more.
CREATE FUNCTION identity.webhook_failed(webhook uuid, wait interval, patience interval, fewest int,
  gone boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE now_ms timestamptz := date_trunc('milliseconds', clock_timestamp()); w identity.webhook;
BEGIN
  UPDATE identity.webhook t SET failing_since = coalesce(t.failing_since, now_ms),
    failures = t.failures + 1, retry_at = now_ms + wait
    WHERE t.id = webhook AND t.status = 'active' RETURNING t.* INTO w;
  IF w.id IS NULL
    OR NOT (gone OR (w.failing_since < now_ms - patience AND w.failures >= fewest)) THEN
    RETURN;
  END IF;
  UPDATE identity.webhook t SET status = 'off', off_since = now_ms, retry_at = NULL,
    off_why = CASE WHEN gone THEN 'gone' ELSE 'failing' END, version = t.version + 1
    WHERE t.id = webhook;
  INSERT INTO identity.mail (id, kind, address, language, status, attempts, queued_at, due_at,
      webhook_id)
    SELECT gen_random_uuid(), 'webhook-off', a.email, coalesce(a.language, 'en'), 'queued', 0,
      now(), now(), webhook
    FROM identity.account a WHERE a.id = w.account_id AND a.disabled_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION identity.webhooks_for, identity.webhook_target, identity.webhook_taken,
  identity.webhook_failed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.webhook_target, identity.webhook_taken, identity.webhook_failed
  TO comity_worker;`;

const sealingKeys = (more: string): string => `
CREATE OR REPLACE FUNCTION casework.sealing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.key_id FROM casework.sealed_original o
  UNION SELECT s.key_id FROM casework.sealed_seed s${more} $$;`;

const TOLD = `
  ELSIF m.kind = 'webhook-off' THEN
    SELECT jsonb_build_object('id', w.id, 'description', w.description, 'why', w.off_why,
      'at', w.off_since, 'since', w.failing_since) INTO told
    FROM identity.webhook w JOIN identity.account a ON a.id = w.account_id
    WHERE w.id = m.webhook_id AND w.off_why IN ('failing', 'gone') AND a.email = m.address
      AND a.disabled_at IS NULL;`;

/** A stolen password may have made one, and a shut account hears of nothing. */
const OFF = `SET status = 'off', off_why = 'access-ended',
      off_since = date_trunc('milliseconds', now()), retry_at = NULL, version = w.version + 1`;
const WITH_KEYS = `${FEEDS_WITH_KEYS}
    w AS (UPDATE identity.webhook w ${OFF}
      WHERE keys_too AND w.account_id = who AND w.status = 'active'),`;
const WITH_ACCOUNT = `${FEEDS_WITH_ACCOUNT}
    UPDATE identity.webhook w ${OFF} WHERE w.account_id = who AND w.status = 'active';`;

/** Notices are posted to addresses that people name. */
export class Webhooks1700000039200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES + OWNING + SENDING);
    await runner.query(
      sealingKeys(`\n  UNION SELECT w.key_id FROM identity.webhook_secret w`) +
        tellMail(RECOVERY_TOLD + SIGNATURE_TOLD + TOLD) +
        ending(WITH_KEYS, WITH_ACCOUNT),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${tellMail(RECOVERY_TOLD + SIGNATURE_TOLD)}
${ending(FEEDS_WITH_KEYS, FEEDS_WITH_ACCOUNT)}
${sealingKeys('')}
DROP FUNCTION identity.webhook_failed, identity.webhook_taken, identity.webhook_target,
  identity.webhooks_for, identity.drop_webhook, identity.keep_webhook_secret;
DELETE FROM identity.mail WHERE webhook_id IS NOT NULL;
DROP INDEX identity.mail_webhook_ix;
ALTER TABLE identity.mail DROP COLUMN webhook_id;
DROP TABLE identity.webhook_secret, identity.webhook;
${mailKinds(BEFORE)}`);
  }
}
