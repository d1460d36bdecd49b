import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables whose rows carry (proceeding_id, compartment): the same pair of policies on each. */
const COMPARTMENTED = [
  'casework.stage_entry',
  'casework.participant',
  'casework.side',
  'casework.deadline',
  'casework.deadline_change',
  'casework.document',
  'casework.document_version',
  'casework.document_text',
  'casework.recommendation',
  'casework.recommender',
  'casework.position',
  'journal.chain',
  'journal.entry',
  'journal.author',
];

/** What only a procedure writes, of its own proceeding. */
const PROCEDURES = ['stage_entry', 'participant', 'side', 'deadline', 'deadline_change'];

/**
 * Row-level security. A row is seen by whoever holds a grant on its compartment, and by
 * nobody whom an exclusion names. The scalar `LIMIT 1` and the unwrapped function keep
 * the planner on the indexes; so does IS NOT TRUE, of which it expects that half the rows pass
 * (of IS NULL one in two hundred, and then it sorts everything that the viewer may see).
 */
const policies = (table: string): string => {
  const name = table.split('.')[1]!;
  return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON ${table} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON ${table} AS RESTRICTIVE USING ((SELECT true FROM casework.exclusion x
  WHERE x.proceeding_id = ${name}.proceeding_id AND x.account_id = identity.viewer() LIMIT 1)
  IS NOT TRUE);`;
};

/** A row that stands under another: table, parent's table, and the column that names it. */
const PARENTED = [
  ['document_version', 'document', 'document_id'],
  ['document_text', 'document_version', 'version_id'],
  ['recommender', 'recommendation', 'recommendation_id'],
  ['position', 'recommendation', 'recommendation_id'],
  ['deadline_change', 'deadline', 'deadline_id'],
] as const;

/**
 * A foreign key is checked with the owner's eyes: it would take a row under a parent that the
 * writer may not see, and so tell it from one that is missing. Both are refused alike.
 */
const parented = ([table, parent, column]: (typeof PARENTED)[number]): string => `
CREATE POLICY parented ON casework.${table} AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.${parent} p WHERE p.id = ${table}.${column}
    AND p.proceeding_id = ${table}.proceeding_id LIMIT 1));`;

/** A corrigendum lies where its document does; until it is handed in, it is its side's own. */
const UNSENT = `
CREATE POLICY unsent ON casework.document_version AS RESTRICTIVE USING (status <> 'draft' OR (
  SELECT true FROM casework.access a WHERE a.proceeding_id = document_version.proceeding_id
    AND a.compartment = 'desk:' || document_version.by_side LIMIT 1));
CREATE POLICY unsent ON casework.document_text AS RESTRICTIVE USING ((
  SELECT true FROM casework.document_version v WHERE v.id = document_text.version_id LIMIT 1));`;

export class Access1700000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMPARTMENTED.map(policies).join('\n'));
    await runner.query([...PARENTED.map(parented), UNSENT].join('\n'));
    await runner.query(`
ALTER TABLE casework.access ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.exclusion ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.proceeding ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal.pending ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON casework.access FOR SELECT USING (principal_id = ANY (identity.principals()));
CREATE POLICY own ON casework.exclusion FOR SELECT USING (account_id = identity.viewer());
CREATE POLICY granted ON casework.proceeding USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = proceeding.id AND a.compartment = 'case' LIMIT 1));
CREATE POLICY recused ON casework.proceeding AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = proceeding.id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY own ON casework.idempotency USING (account_id = identity.viewer());
CREATE POLICY granted ON casework.idempotency AS RESTRICTIVE USING (proceeding_id IS NULL
  OR (SELECT true FROM casework.access a WHERE a.proceeding_id = idempotency.proceeding_id
    AND a.compartment = idempotency.compartment LIMIT 1));
CREATE POLICY recused ON casework.idempotency AS RESTRICTIVE USING (proceeding_id IS NULL
  OR (SELECT true FROM casework.exclusion x WHERE x.proceeding_id = idempotency.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
-- How a proceeding stands, and by when what is due, is written by its procedure alone; that
-- it is founded, by whoever founds it.
CREATE POLICY by_the_procedure ON casework.proceeding AS RESTRICTIVE FOR UPDATE USING (true)
  WITH CHECK (identity.principals() = ARRAY[id]);
${PROCEDURES.map(
  (name) => `CREATE POLICY by_the_procedure ON casework.${name} AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);`,
).join('\n')}
CREATE POLICY changed_by_the_procedure ON casework.deadline AS RESTRICTIVE FOR UPDATE USING (true)
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY relay ON journal.pending TO comity_worker USING (true);
ALTER TABLE casework.file_in_doubt ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON casework.file_in_doubt FOR INSERT TO comity_app WITH CHECK (true);
CREATE POLICY swept ON casework.file_in_doubt TO comity_worker USING (true);

-- From here on this transaction is the procedure of that one proceeding, and nobody else.
CREATE FUNCTION casework.act(proceeding uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = 'case' AND a.principal_id = ANY (identity.principals()))
    OR EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = proceeding
      AND x.account_id = identity.viewer()) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('comity.viewer', '', true);
  PERFORM set_config('comity.administrator', '', true);
  PERFORM set_config('comity.principals', ARRAY[proceeding]::text, true);
END $$;

-- Applies a difference of access. Only the procedure itself may, or whoever founds a proceeding.
CREATE FUNCTION casework.regrant(proceeding uuid, grants jsonb, revokes jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF identity.principals() <> ARRAY[proceeding] AND (
      EXISTS (SELECT FROM casework.proceeding p WHERE p.id = proceeding)
      OR EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding)) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM casework.access a USING jsonb_to_recordset(revokes) AS r(compartment text, "principalId" uuid)
    WHERE a.proceeding_id = proceeding AND a.compartment = r.compartment
      AND a.principal_id = r."principalId";
  INSERT INTO casework.access SELECT proceeding, g.compartment, g."principalId", g.because
    FROM jsonb_to_recordset(grants) AS g(compartment text, "principalId" uuid, because text)
  ON CONFLICT DO NOTHING;
END $$;

-- All grants of one proceeding, for its own procedure, which derives them anew.
CREATE FUNCTION casework.grants(proceeding uuid)
RETURNS TABLE (compartment text, principal_id uuid, because text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.compartment, a.principal_id, a.because FROM casework.access a
  WHERE a.proceeding_id = proceeding AND identity.principals() = ARRAY[proceeding] $$;

-- Whether a stored file belongs to something: the sweeper of orphans may know no more.
CREATE FUNCTION casework.file_known(key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.document_text t WHERE t.file_key = key)
      OR EXISTS (SELECT FROM record.file f WHERE f.file_key = key) $$;
CREATE FUNCTION casework.any_proceeding() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.proceeding) $$;
CREATE FUNCTION casework.forget_answers(before timestamptz) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH gone AS (DELETE FROM casework.idempotency WHERE stored_at < before RETURNING 1)
  SELECT count(*)::int FROM gone $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity, casework, journal, record FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record.next_sequence TO comity_app, comity_worker;
GRANT USAGE ON SCHEMA casework, journal TO comity_app, comity_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA identity, casework, journal TO comity_app;
GRANT EXECUTE ON FUNCTION identity.principals, identity.viewer, identity.is_administrator,
  identity.enter_system, identity.sweep, identity.side_name, casework.act, casework.regrant, casework.grants,
  casework.file_known, casework.forget_answers, journal.append, journal.link, journal.intact
  TO comity_worker;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA casework TO comity_app, comity_worker;
REVOKE INSERT, UPDATE ON casework.access, casework.exclusion FROM comity_app, comity_worker;
REVOKE UPDATE ON casework.stage_entry, casework.participant, casework.side,
  casework.deadline_change FROM comity_app, comity_worker;
GRANT DELETE ON casework.recommender TO comity_app;
REVOKE ALL ON casework.idempotency FROM comity_worker;
REVOKE ALL ON casework.file_in_doubt FROM comity_app, comity_worker;
GRANT INSERT ON casework.file_in_doubt TO comity_app;
GRANT SELECT, DELETE ON casework.file_in_doubt TO comity_worker;
GRANT SELECT ON journal.entry, journal.chain, journal.author TO comity_app;
GRANT SELECT, UPDATE, DELETE ON journal.pending TO comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP FUNCTION casework.act, casework.regrant, casework.grants, casework.file_known,
       casework.any_proceeding, casework.forget_answers`,
    );
    await runner.query(`DROP POLICY unsent ON casework.document_version;
      DROP POLICY unsent ON casework.document_text`);
    for (const [table] of PARENTED) await runner.query(`DROP POLICY parented ON casework.${table}`);
    for (const table of [...COMPARTMENTED, 'casework.proceeding', 'casework.idempotency']) {
      await runner.query(`DROP POLICY granted ON ${table}; DROP POLICY recused ON ${table};
        ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query(`
DROP POLICY own ON casework.access; DROP POLICY own ON casework.exclusion;
DROP POLICY own ON casework.idempotency; DROP POLICY relay ON journal.pending;
DROP POLICY by_the_procedure ON casework.proceeding;
${PROCEDURES.map((name) => `DROP POLICY by_the_procedure ON casework.${name};`).join('\n')}
DROP POLICY changed_by_the_procedure ON casework.deadline;
DROP POLICY told ON casework.file_in_doubt; DROP POLICY swept ON casework.file_in_doubt;
ALTER TABLE casework.file_in_doubt DISABLE ROW LEVEL SECURITY;
ALTER TABLE casework.access DISABLE ROW LEVEL SECURITY;
ALTER TABLE casework.exclusion DISABLE ROW LEVEL SECURITY;
ALTER TABLE journal.pending DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON FUNCTION record.next_sequence FROM comity_app, comity_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA identity, journal, record TO PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity, journal FROM comity_app, comity_worker;
REVOKE ALL ON ALL TABLES IN SCHEMA casework, journal FROM comity_app, comity_worker;
REVOKE USAGE ON SCHEMA casework, journal FROM comity_app, comity_worker`);
  }
}
