import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counters of the rate limits, where there is no Redis to hold them. They live for a minute and
 * name nobody, so they are not logged ahead: after a crash everybody begins anew.
 */
export class Allowances1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE UNLOGGED TABLE identity.allowance (
  key text CONSTRAINT allowance_pk PRIMARY KEY,
  points int NOT NULL,
  expire bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON identity.allowance TO comity_app;
-- What has run out. Answers how many rows went.
CREATE FUNCTION identity.forget_allowances() RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH gone AS (DELETE FROM identity.allowance
    WHERE expire < extract(epoch FROM now()) * 1000 RETURNING 1)
  SELECT count(*)::int FROM gone $$;
REVOKE ALL ON FUNCTION identity.forget_allowances FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.forget_allowances TO comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION identity.forget_allowances; DROP TABLE identity.allowance');
  }
}
