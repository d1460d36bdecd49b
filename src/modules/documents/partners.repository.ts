import { circleOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Partner, type Document } from './documents.entity.js';

/** Partners of a document as far as the viewer may know of them, in the order of asking. */
export const partnersOf = (tx: Tx, documentId: string): Promise<Partner[]> =>
  tx.find(Partner, { documentId }, { order: { askedAt: 'ASC', id: 'ASC', compartment: 'ASC' } });

/** One partner, wherever it stands. As the procedure. */
export const copiesOf = (tx: Tx, id: string): Promise<Partner[]> =>
  tx.find(Partner, { id }, { order: { compartment: 'ASC' } });

/** Those who are named to whoever reads the document, by their names. */
export const namedPartners = (
  tx: Tx,
  { id }: Pick<Document, 'id'>,
): Promise<{ side: string; name: string }[]> =>
  tx.rows(
    `SELECT p.side, identity.side_name(p.side) AS name FROM casework.partner p
     WHERE p.document_id = $1 AND p.compartment = $2 ORDER BY name, p.side`,
    [id, circleOf(id)],
  );

/** One is named no longer. As the procedure. */
export const forgetNamed = async (
  tx: Tx,
  { id, documentId }: Pick<Partner, 'id' | 'documentId'>,
): Promise<void> => {
  await tx.rows('DELETE FROM casework.partner WHERE id = $1 AND compartment = $2', [
    id,
    circleOf(documentId),
  ]);
};

/** Names nobody any longer, and says who was. As the procedure. */
export async function takeNamed(tx: Tx, documentId: string): Promise<string[]> {
  const named = await namedPartners(tx, { id: documentId });
  await tx.rows('DELETE FROM casework.partner WHERE document_id = $1 AND compartment = $2', [
    documentId,
    circleOf(documentId),
  ]);
  return named.map(({ side }) => side);
}

/** Those who accepted a text of a draft that is not the one it has now. As the procedure. */
export const outdated = (tx: Tx, documentId: string): Promise<Partner[]> =>
  tx.rows(
    `SELECT p.id, p.compartment, p.proceeding_id AS "proceedingId", p.edits FROM casework.partner p
     WHERE p.document_id = $1 AND p.status = 'accepted' AND p.accepted_sha256 IS DISTINCT FROM (
       SELECT t.sha256 FROM casework.document_version v
       JOIN casework.document_text t ON t.version_id = v.id AND t.standing = 'original'
       WHERE v.document_id = $1 AND v.n = 1)
     ORDER BY p.id, p.compartment`,
    [documentId],
  );
