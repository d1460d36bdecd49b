import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The published list of one review in its order, read from the index: nothing is left to sort. */
export class ReviewIndex1700000013100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP INDEX record.record_recommendation_proceeding_ix;
CREATE INDEX record_recommendation_proceeding_ix
  ON record.recommendation (proceeding_id, session, label_order, id);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP INDEX record.record_recommendation_proceeding_ix;
CREATE INDEX record_recommendation_proceeding_ix
  ON record.recommendation (proceeding_id, label_order, id);
`);
  }
}
