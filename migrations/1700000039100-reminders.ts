import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is reminded of what they owe, once for each step and each instant that it falls due. */
export class Reminders1700000039100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- When the clock next looks whether somebody is to be reminded: nothing is planned further ahead.
ALTER TABLE casework.deadline ADD COLUMN remind_at timestamptz;
CREATE INDEX deadline_remind_ix ON casework.deadline (remind_at, key, id)
  WHERE remind_at IS NOT NULL;
CREATE TABLE casework.reminder (
  deadline_id uuid NOT NULL CONSTRAINT reminder_deadline_fk REFERENCES casework.deadline,
  due timestamptz NOT NULL,
  what text NOT NULL CONSTRAINT reminder_what_ck
    CHECK (what IN ('approaching', 'overdue', 'escalated')),
  days int NOT NULL,
  compartment text NOT NULL CONSTRAINT reminder_desk_ck CHECK (compartment LIKE 'desk:%'),
  proceeding_id uuid NOT NULL CONSTRAINT reminder_proceeding_fk REFERENCES casework.proceeding,
  at timestamptz NOT NULL,
  CONSTRAINT reminder_pk PRIMARY KEY (deadline_id, due, what, days, compartment)
);
ALTER TABLE casework.reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.reminder USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = reminder.proceeding_id AND a.compartment = reminder.compartment LIMIT 1));
CREATE POLICY recused ON casework.reminder AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = reminder.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY by_the_procedure ON casework.reminder AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY parented ON casework.reminder AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.deadline p WHERE p.id = reminder.deadline_id
    AND p.proceeding_id = reminder.proceeding_id LIMIT 1));
GRANT SELECT, INSERT ON casework.reminder TO comity_app, comity_worker;

-- By which schedules the deadlines of a mechanism were looked at last.
CREATE TABLE casework.reminder_plan (
  mechanism text CONSTRAINT reminder_plan_pk PRIMARY KEY,
  digest text NOT NULL
);
ALTER TABLE casework.reminder_plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY planned ON casework.reminder_plan TO comity_worker USING (true);
-- Where the schedules have changed, the clock looks at everything that nobody has met.
CREATE FUNCTION casework.look_again(named text, schedules text, since timestamptz, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO casework.reminder_plan VALUES (named, schedules)
    ON CONFLICT (mechanism) DO UPDATE SET digest = excluded.digest
    WHERE reminder_plan.digest <> excluded.digest;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE casework.deadline d SET remind_at = at FROM casework.proceeding p
    WHERE p.id = d.proceeding_id AND p.mechanism = named AND d.met_at IS NULL
      AND d.status IN ('pending', 'lapsed') AND d.due > since;
END $$;
REVOKE ALL ON FUNCTION casework.look_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.look_again TO comity_worker;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION casework.look_again;
DROP TABLE casework.reminder_plan, casework.reminder;
ALTER TABLE casework.deadline DROP COLUMN remind_at`);
  }
}
