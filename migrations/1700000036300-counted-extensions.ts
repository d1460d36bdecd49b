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

const UP = `
-- Counted from the deadline, whenever that falls; as an ISO 8601 duration.
ALTER TABLE casework.partner ADD COLUMN extended_by text;
UPDATE casework.partner SET extended_by = 'PT24H' WHERE extended_until IS NOT NULL;
${nextUnanswered(`d.due + coalesce(p.extended_by::interval, '0')`)}
ALTER TABLE casework.partner DROP COLUMN extended_until;`;

const DOWN = `
ALTER TABLE casework.partner ADD COLUMN extended_until timestamptz;
UPDATE casework.partner p SET extended_until = (SELECT max(e.due) FROM casework.deadline e
    WHERE e.proceeding_id = p.proceeding_id AND e.key = p.accepted_until
      AND e.status <> 'cancelled') + p.extended_by::interval
  WHERE p.extended_by IS NOT NULL;
${nextUnanswered('greatest(d.due, p.extended_until)')}
ALTER TABLE casework.partner DROP COLUMN extended_by;`;

/** A registered file may come so long after its deadline, and its partners accept it as long. */
export class CountedExtensions1700000036300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
