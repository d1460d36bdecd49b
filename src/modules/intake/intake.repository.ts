import type { Tx } from '../../platform/database/tx.js';
import type { Seal } from '../../platform/vault/vault.js';

interface IntakeCount {
  proceedingId: string;
  fields: string[];
  texts: string[];
  named: boolean;
}

/** What stands in the forms of proceedings that are being prepared. As their procedures. */
export const countIntakes = (tx: Tx, proceedingIds: readonly string[]): Promise<IntakeCount[]> =>
  tx.rows(
    `SELECT i.proceeding_id AS "proceedingId",
       ARRAY(SELECT DISTINCT p.field FROM casework.intake_paragraph p
         WHERE p.proceeding_id = i.proceeding_id AND p.compartment = i.compartment) AS fields,
       ARRAY(SELECT p.text FROM casework.intake_paragraph p
         WHERE p.proceeding_id = i.proceeding_id AND p.compartment = i.compartment) AS texts,
       i.compartment NOT LIKE 'desk:communicant:%' OR EXISTS (SELECT FROM casework.communicant c
         WHERE c.proceeding_id = i.proceeding_id AND c.compartment = i.compartment) AS named
     FROM casework.intake i WHERE i.proceeding_id = ANY ($1)`,
    [proceedingIds],
  );

/** Empties a field of the form in a desk, or all of it. */
export const clearForm = (
  tx: Tx,
  { proceedingId, compartment }: { readonly proceedingId: string; readonly compartment: string },
  field?: string,
): Promise<unknown> =>
  tx.rows(
    `DELETE FROM casework.intake_paragraph WHERE proceeding_id = $1 AND compartment = $2
       AND ($3::text IS NULL OR field = $3)`,
    [proceedingId, compartment, field ?? null],
  );

/** Forgets who stands in the form of a desk; what was sealed of them goes with them. */
export const clearCommunicants = (
  tx: Tx,
  { proceedingId, compartment }: { readonly proceedingId: string; readonly compartment: string },
): Promise<unknown> =>
  tx.rows('DELETE FROM casework.communicant WHERE proceeding_id = $1 AND compartment = $2', [
    proceedingId,
    compartment,
  ]);

interface SealedName {
  communicantId: string;
  seal: Seal;
  content: Buffer;
}

export const keepName = (tx: Tx, { communicantId, seal, content }: SealedName): Promise<unknown> =>
  tx.rows('SELECT casework.keep_name($1, $2, $3)', [communicantId, JSON.stringify(seal), content]);

/** Names under seal, for those alone who prepare the form in which they stand. */
export const ownNames = (tx: Tx, proceedingId: string): Promise<SealedName[]> =>
  tx.rows('SELECT communicant_id AS "communicantId", seal, content FROM casework.own_names($1)', [
    proceedingId,
  ]);
