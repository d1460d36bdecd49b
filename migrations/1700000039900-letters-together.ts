import type { MigrationInterface, QueryRunner } from 'typeorm';

const NOTICE = `id uuid, urgency text, told_at timestamptz, read_at timestamptz,
  archived_at timestamptz, body text, n int, compartment text, proceeding_id uuid, mechanism text,
  mechanism_version int, subject text, state_names jsonb, test boolean`;

const READING = `
-- What the viewer is told, as far as they may still read it: the entry's own row security decides.
CREATE FUNCTION identity.own_notices() RETURNS TABLE (${NOTICE})
LANGUAGE sql STABLE AS $$
  SELECT n.id, n.urgency, n.told_at, n.read_at, n.archived_at, e.body, e.n, e.compartment,
    p.id, p.mechanism, p.mechanism_version, p.subject,
    (SELECT coalesce(jsonb_object_agg(s.language, s.name), '{}') FROM reference.state_name s
      WHERE s.iso3 = p.subject AND s.form = 'short'), p.test
  FROM identity.notice n JOIN journal.entry e ON e.id = n.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  WHERE n.account_id = identity.viewer() $$;
-- Of these notices, each in that letter, what the recipient of each letter may read. With the rights of
-- whoever calls, and row by row as the recipients: the transaction is the last one's from then on.
CREATE FUNCTION identity.read_letters(letters uuid[], notices uuid[]) RETURNS TABLE (${NOTICE})
LANGUAGE plpgsql AS $$
DECLARE written record;
BEGIN
  FOR written IN SELECT u.letter, array_agg(u.notice) AS told
      FROM unnest(letters, notices) u(letter, notice) GROUP BY u.letter LOOP
    PERFORM identity.enter_recipient(written.letter);
    RETURN QUERY SELECT o.* FROM identity.own_notices() o WHERE o.id = ANY (written.told);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION identity.own_notices, identity.read_letters FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.own_notices TO comity_app, comity_worker;
GRANT EXECUTE ON FUNCTION identity.read_letters TO comity_worker;`;

/** @param accepted what is done where a letter was accepted, if that is said here */
const settling = (accepted: string): string => `
CREATE OR REPLACE FUNCTION identity.settle_letter(sent uuid, attempt int, became text, said text,
  next timestamptz, unsure boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[];
BEGIN${accepted}
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d WHERE d.letter = sent
    AND d.status = 'attempted' AND d.attempts = attempt ORDER BY d.id FOR UPDATE) f;
  IF mine IS NULL THEN RETURN '[]'; END IF;
  IF became = 'held' THEN
    DELETE FROM identity.delivery_attempt t WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
    UPDATE identity.delivery d SET status = CASE WHEN attempt > 1 THEN 'deferred' ELSE 'queued' END,
        attempts = attempt - 1, due_at = next, look_at = next, claimed_until = NULL
      WHERE d.id = ANY (mine);
    RETURN '[]';
  END IF;
  UPDATE identity.delivery_attempt t SET outcome = became, answer = said, ended_at = moment
    WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
  UPDATE identity.delivery d SET status = became, claimed_until = NULL,
      again = d.again OR unsure,
      due_at = CASE WHEN became = 'deferred' THEN next ELSE d.due_at END,
      look_at = CASE WHEN became = 'deferred' THEN next END,
      settled_at = CASE WHEN became <> 'deferred' THEN moment END
    WHERE d.id = ANY (mine);
  IF became <> 'failed' THEN RETURN '[]'; END IF;
  RETURN identity.alarming(sent);
END $$;`;

const ACCEPTED_HERE = `
  IF became = 'accepted' THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;`;
const ACCEPTED_ELSEWHERE = `
  IF became NOT IN ('deferred', 'failed', 'held') THEN
    RAISE EXCEPTION 'no such outcome' USING ERRCODE = 'invalid_parameter_value';
  END IF;`;

const ACCEPTING = `
-- Attempts that the other side took; of those that are not the last nothing is believed any more. It is not
-- waited for until it is on the disk: what a crash of the database takes back goes again, marked.
CREATE FUNCTION identity.accept_letters(sent uuid[], tries int[], answers text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[];
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id
    FROM unnest(sent, tries) s(letter, n) JOIN identity.delivery d ON d.letter = s.letter
    WHERE d.status = 'attempted' AND d.attempts = s.n ORDER BY d.letter, d.id FOR UPDATE OF d) f;
  UPDATE identity.delivery_attempt t SET outcome = 'accepted', answer = s.said, ended_at = moment
    FROM identity.delivery d JOIN unnest(sent, tries, answers) s(letter, n, said)
      ON s.letter = d.letter
    WHERE d.id = ANY (mine) AND t.delivery_id = d.id AND t.n = d.attempts;
  UPDATE identity.delivery d SET status = 'accepted', claimed_until = NULL, look_at = NULL,
    settled_at = moment WHERE d.id = ANY (mine);
END $$;
REVOKE ALL ON FUNCTION identity.accept_letters FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.accept_letters TO comity_worker;`;

const AIMING = `
DROP FUNCTION identity.webhook_target;
-- Where to post to, and the secrets to sign with, the current one first; nothing where it is off: in the
-- order asked for. Where nobody answered, one is let through when the wait is over, and has a while for it.
CREATE FUNCTION identity.webhook_targets(webhooks uuid[], owners uuid[], trial interval)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE tried uuid[];
BEGIN
  WITH let AS (UPDATE identity.webhook t
    SET retry_at = date_trunc('milliseconds', clock_timestamp()) + trial
    FROM (SELECT x.id FROM identity.webhook x
      WHERE x.id = ANY (webhooks) AND x.status = 'active' AND x.retry_at <= clock_timestamp()
        AND EXISTS (SELECT FROM unnest(webhooks, owners) u(id, owner)
          WHERE u.id = x.id AND u.owner = x.account_id)
      ORDER BY x.id FOR UPDATE SKIP LOCKED) due
    WHERE t.id = due.id RETURNING t.id)
  SELECT array_agg(let.id) INTO tried FROM let;
  RETURN (SELECT coalesce(jsonb_agg(CASE WHEN a.id IS NOT NULL THEN jsonb_build_object(
      'url', w.url, 'failures', w.failures,
      'waitsUntil', CASE WHEN w.id = ANY (tried) AND asked.nth = 1 THEN NULL ELSE w.retry_at END,
      'secrets', (SELECT jsonb_agg(jsonb_build_object('seal', s.seal,
          'content', encode(s.content, 'base64')) ORDER BY s.ends_at DESC NULLS FIRST)
        FROM identity.webhook_secret s WHERE s.webhook_id = w.id
          AND (s.ends_at IS NULL OR s.ends_at > now()))) END ORDER BY asked.at), '[]')
    FROM (SELECT u.*, row_number() OVER (PARTITION BY u.id ORDER BY u.at) AS nth
      FROM unnest(webhooks, owners) WITH ORDINALITY u(id, owner, at)) asked
    LEFT JOIN identity.webhook w
      ON w.id = asked.id AND w.account_id = asked.owner AND w.status = 'active'
    LEFT JOIN identity.account a ON a.id = w.account_id AND a.disabled_at IS NULL);
END $$;
REVOKE ALL ON FUNCTION identity.webhook_targets FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.webhook_targets TO comity_worker;`;

const AIMED_SINGLY = `
DROP FUNCTION identity.webhook_targets;
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
REVOKE ALL ON FUNCTION identity.webhook_target FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.webhook_target TO comity_worker;`;

/** @param noted what is noted of a failure, where `seen` says how many there had been */
const failing = (seen: string, noted: string): string => `
CREATE FUNCTION identity.webhook_failed(webhook uuid,${seen} wait interval, patience interval,
  fewest int, gone boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE now_ms timestamptz := date_trunc('milliseconds', clock_timestamp()); w identity.webhook;
BEGIN
  UPDATE identity.webhook t SET failing_since = coalesce(t.failing_since, now_ms),
    ${noted}
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
REVOKE ALL ON FUNCTION identity.webhook_failed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.webhook_failed TO comity_worker;`;

const FAILING = `
DROP FUNCTION identity.webhook_failed;
-- Those of one moment count as one failure: whoever is away for a second is not left alone for hours.
${failing(
  ' seen int,',
  'failures = t.failures + (t.failures = seen)::int, retry_at = greatest(t.retry_at, now_ms + wait)',
).trim()}`;
const FAILED_EACH = `
DROP FUNCTION identity.webhook_failed;
${failing('', 'failures = t.failures + 1, retry_at = now_ms + wait').trim()}`;

/** Letters are read, aimed and settled many at a time. */
export class LettersTogether1700000039900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [READING, settling(ACCEPTED_ELSEWHERE), ACCEPTING, AIMING, FAILING])
      await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${FAILED_EACH}
${AIMED_SINGLY}
${settling(ACCEPTED_HERE)}
DROP FUNCTION identity.accept_letters, identity.read_letters, identity.own_notices`);
  }
}
