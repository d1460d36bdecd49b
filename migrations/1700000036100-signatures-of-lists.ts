import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A signature rests on the list that was circulated last before it was given. */
const UP = `
ALTER TABLE casework.sign_off ADD circulation int;
UPDATE casework.sign_off s SET circulation = (SELECT max(c.n) FROM casework.circulation c
  WHERE c.proceeding_id = s.proceeding_id AND c.circulated_at <= s.signed_at);
ALTER TABLE casework.sign_off DROP CONSTRAINT sign_off_uq;
ALTER TABLE casework.sign_off
  ADD CONSTRAINT sign_off_uq UNIQUE (document_id, document_version, side, circulation);
`;

const DOWN = `
DELETE FROM casework.sign_off s USING casework.sign_off l WHERE l.document_id = s.document_id
  AND l.document_version = s.document_version AND l.side = s.side AND l.circulation > s.circulation;
ALTER TABLE casework.sign_off DROP CONSTRAINT sign_off_uq;
ALTER TABLE casework.sign_off
  ADD CONSTRAINT sign_off_uq UNIQUE (document_id, document_version, side);
ALTER TABLE casework.sign_off DROP circulation;
`;

/** What was signed is one version of the draft and one list: another of either is signed anew. */
export class SignaturesOfLists1700000036100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
