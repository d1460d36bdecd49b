import type { MigrationInterface, QueryRunner } from 'typeorm';

const event = (more = '', who = ''): string => `
-- What the worker needs of an entry that waits, to find who is told: never what it says.
CREATE OR REPLACE FUNCTION journal.event(entry uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object('mechanism', p.mechanism, 'version', p.mechanism_version,
    'test', p.test, 'compartment', e.compartment, 'what', b.body ->> 'what',
    'sides', (SELECT coalesce(jsonb_agg(s), '[]') FROM unnest(ARRAY[b.body ->> 'by',
      b.body ->> 'onBehalfOf']) s WHERE s ~ '^(state|organization${who}):'),
    'move', b.body -> 'facts' ->> 'move', 'deadline', b.body -> 'facts' ->> 'deadline',${more}
    'participants', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', t.role,
        'principal', k.key)), '[]') FROM casework.participant t
      JOIN identity.principal k ON k.id = t.principal_id WHERE t.proceeding_id = p.id))
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  WHERE w.entry_id = entry $$;`;

const ASKED = `
    'asked', coalesce(b.body -> 'facts' -> 'asked', '[]'),`;

/** Who is asked for something, as the entry names them, is told of it. */
export class Asked1700000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(event(ASKED, '|communicant'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(event());
  }
}
