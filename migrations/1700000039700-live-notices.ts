import type { MigrationInterface, QueryRunner } from 'typeorm';

const told = (when: string, after: string): string => `
-- Tells those of them who may read it, once each, however often it is asked, but never who wrote it.
-- One after the other, so that nobody is told of something before what they were told last.
CREATE OR REPLACE FUNCTION journal.tell(entry uuid, accounts uuid[], how text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4018);
  INSERT INTO identity.notice
    SELECT gen_random_uuid(), r.account_id, entry, how,
      ${when}, NULL, NULL
    FROM (SELECT DISTINCT x.account_id FROM journal.readers(entry) x) r
    WHERE r.account_id = ANY (accounts) AND NOT EXISTS (SELECT FROM journal.author u
      WHERE u.entry_id = entry AND u.account_id = r.account_id)
    ON CONFLICT (account_id, entry_id) DO NOTHING;${after}
END $$;`;

const CLOCK = `date_trunc('milliseconds', clock_timestamp())`;

/** Later than what the same account was told before, also where a clock was set back or two are as one. */
const IN_ORDER = `GREATEST(${CLOCK}, (SELECT max(n.told_at) FROM identity.notice n
        WHERE n.account_id = r.account_id) + interval '1 millisecond')`;
/** That somebody was told, and nothing else: whoever hears it asks for whom. */
const HEARD = `
  IF FOUND THEN PERFORM pg_notify('comity_told', ''); END IF;`;

const FUNCTIONS = `
-- When each of these accounts was told something last, for whoever has their streams to send.
CREATE FUNCTION identity.last_told(accounts uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_object_agg(a.id, n.told_at), '{}') FROM unnest(accounts) a(id)
  CROSS JOIN LATERAL (SELECT max(x.told_at) AS told_at FROM identity.notice x
    WHERE x.account_id = a.id) n
  WHERE n.told_at IS NOT NULL $$;
-- Those of these sessions and keys that are good now. To be asked about is no use of them.
CREATE FUNCTION identity.still_good(tokens text[], idle interval) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(g.hash), '[]') FROM (
    SELECT s.token_hash AS hash, s.account_id FROM identity.session s
      WHERE s.token_hash = ANY (tokens) AND s.expires_at > now() AND s.seen_at + idle > now()
    UNION ALL SELECT k.secret_hash, k.account_id FROM identity.api_key k
      WHERE k.secret_hash = ANY (tokens) AND k.revoked_at IS NULL AND k.expires_at > now()) g
  JOIN identity.account a ON a.id = g.account_id AND a.disabled_at IS NULL $$;
REVOKE ALL ON FUNCTION identity.last_told, identity.still_good FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.last_told, identity.still_good TO comity_app;`;

/** Whoever listens hears that somebody was told, and everybody is told in an order that can be taken up. */
export class LiveNotices1700000039700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(told(IN_ORDER, HEARD));
    await runner.query(FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION identity.still_good, identity.last_told;
${told(CLOCK, '')}`);
  }
}
