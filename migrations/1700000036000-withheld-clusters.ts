import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How questions are grouped is hidden from the State that is asked for as long as they are. */
export class WithheldClusters1700000036000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE casework.clustering ADD COLUMN withheld_from uuid;
UPDATE casework.clustering c SET withheld_from = q.withheld_from FROM casework.question q
  WHERE q.proceeding_id = c.proceeding_id AND q.relayed_at IS NULL;
CREATE POLICY unrelayed ON casework.clustering AS RESTRICTIVE
  USING ((withheld_from = ANY (identity.principals())) IS NOT TRUE);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP POLICY unrelayed ON casework.clustering;
ALTER TABLE casework.clustering DROP COLUMN withheld_from;`);
  }
}
