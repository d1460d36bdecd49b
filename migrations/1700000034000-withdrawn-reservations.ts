import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The parts that take a file of the record with them, the later ones too. */
const FILE_PARTS = (row: string): string => `ARRAY['files', 'files/' || ${row}.version,
      'files/' || ${row}.language, 'files/' || ${row}.version || '/' || ${row}.language]`;

const WITH_PAGES = 'document recommendation lot speaker question pledge assessment'.split(' ');

/** Whether the withdrawal is of a row of this table: by its id in the record. */
const OF = (table: string, publicId: string): string =>
  `EXISTS (SELECT FROM casework.${table} i WHERE i.id = x.item_id
        AND i.${publicId} = x.public_id AND i.proceeding_id = x.proceeding_id)`;

/** The same function as before (see the migration of follow-up), for these items. */
const WITHDRAW = (...known: readonly string[]): string => `
CREATE OR REPLACE FUNCTION record.withdraw(withdrawal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE w casework.withdrawal;
BEGIN
  SELECT * INTO w FROM casework.withdrawal x WHERE x.id = withdrawal
    AND identity.principals() = ARRAY[x.proceeding_id] AND (
      ${known.join('\n      OR ')});
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO record.withdrawal SELECT w.public_id, p.part, w.at FROM unnest(w.parts) AS p(part)
    ON CONFLICT DO NOTHING;
  UPDATE record.file f SET withdrawn_at = w.at, file_key = NULL, media_type = NULL, bytes = NULL,
      sha256 = NULL
    WHERE f.document_id = w.public_id AND f.withdrawn_at IS NULL
      AND w.parts && ${FILE_PARTS('f')};
  DELETE FROM record.text t WHERE t.document_id = w.public_id
    AND w.parts && ${FILE_PARTS('t')};
  DELETE FROM record.recommender r WHERE r.recommendation_id = w.public_id
    AND 'author' = ANY (w.parts);
  DELETE FROM record.asker a WHERE a.question_id = w.public_id AND 'author' = ANY (w.parts);
END $$;`;

const BEFORE = WITH_PAGES.map((table) => OF(table, 'public_id'));

/** Reservations are withdrawn as everything else is; on the page of their review they bear their own id. */
export class WithdrawnReservations1700000034000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WITHDRAW(...BEFORE, OF('reservation', 'id')));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHDRAW(...BEFORE));
  }
}
