import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who somebody is, and through what they act, but for fronts that `but` leaves out. */
const person = (but: string): string => `
CREATE OR REPLACE FUNCTION identity.person(who uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
  BEGIN RETURN (SELECT jsonb_build_object('accountId', a.id, 'email', a.email, 'name', a.name,
    'administrator', a.administrator, 'sessionHash', '', 'seats', coalesce((
      SELECT jsonb_agg(seat.told ORDER BY seat.key) FROM (
        SELECT DISTINCT ON (s.key) s.key, jsonb_build_object('membershipId', m.id, 'side', s.key,
          'principalId', s.id, 'group', s.within, 'role', m.role, 'permissions',
          CASE WHEN l.names IS NULL OR 'submit' = ANY (m.permissions) THEN m.permissions
            ELSE m.permissions || '{submit}'::text[] END,
          'signsFor', coalesce(l.names, '{}')) AS told
        FROM identity.membership m
        CROSS JOIN LATERAL (SELECT p.id, p.key, g.key AS within, false AS through
          FROM identity.principal p LEFT JOIN identity.principal g ON g.id = p.within
          WHERE p.id = m.principal_id
          UNION ALL SELECT p.id, p.key, NULL, true
          FROM identity.front f JOIN identity.principal p ON p.id = f.principal_id
          WHERE f.behind_id = m.principal_id${but}) s
        LEFT JOIN LATERAL (SELECT array_agg(t.by_name ORDER BY t.by_name) AS names
          FROM identity.lent_to(m.id) t) l ON true
        WHERE m.account_id = a.id AND m.revoked_at IS NULL
          AND (m.until IS NULL OR m.until > now())
        ORDER BY s.key, s.through) seat), '[]'))
  FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL); END $$;`;

/** A front stands in one case: whoever is shut out of that has it no longer. */
const RECUSED = `
            AND NOT EXISTS (SELECT FROM casework.participant t
              JOIN casework.exclusion x ON x.proceeding_id = t.proceeding_id
              WHERE t.principal_id = f.principal_id AND x.account_id = a.id)`;

export class RecusedFronts1700000041310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(person(RECUSED));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(person(''));
  }
}
