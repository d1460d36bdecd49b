import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which document the clock comes to next, some partner of which has not answered in time. */
const nextUnanswered = (due: string): string => `
CREATE OR REPLACE FUNCTION casework.next_unanswered(
  before timestamptz, grace interval, without uuid[])
RETURNS TABLE (id uuid, proceeding_id uuid, key text, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT p.document_id, p.proceeding_id, 'joint-acceptance', ${due} FROM casework.partner p
    CROSS JOIN LATERAL (SELECT max(e.due) AS due FROM casework.deadline e
      WHERE e.proceeding_id = p.proceeding_id AND e.key = p.accepted_until
        AND e.status <> 'cancelled') d
  WHERE p.status = 'asked' AND ${due} + grace <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY ${due}, p.document_id LIMIT 1 $$;`;

/** Partners of a filing whose file was registered accept for as long as that file may come. */
export class Acceptance1700000032100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Beyond the deadline, where there is one: a registration alone lies in the desk of the lead.
ALTER TABLE casework.partner ADD COLUMN extended_until timestamptz;
${nextUnanswered('greatest(d.due, p.extended_until)')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${nextUnanswered('d.due')}
ALTER TABLE casework.partner DROP COLUMN extended_until;`);
  }
}
