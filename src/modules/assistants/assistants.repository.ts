import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Assistant } from './assistants.entity.js';

export interface AssistantRow extends Assistant {
  /** `organization:<uuid>`, and what it is called. */
  organization: string;
  name: string;
}

const ROW = `
  SELECT a.id, a.proceeding_id AS "proceedingId", a.compartment, a.side,
    a.principal_id AS "principalId", a.status, a.named_at AS "namedAt",
    a.accepted_at AS "acceptedAt", a.ended_at AS "endedAt", a.version, p.key AS organization,
    identity.side_name(p.key) AS name
  FROM casework.assistant a JOIN identity.principal p ON p.id = a.principal_id`;

export const assistantPage = (
  tx: Reads,
  proceedingId: string,
  { after, limit }: Part,
): Promise<AssistantRow[]> =>
  tx.rows(
    `${ROW} WHERE a.proceeding_id = $1
       AND ($2::timestamptz IS NULL OR (a.named_at, a.id) > ($2, $3::uuid))
     ORDER BY a.named_at, a.id LIMIT $4`,
    [proceedingId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const assistantById = (tx: Tx, id: string): Promise<AssistantRow | undefined> =>
  tx.row(`${ROW} WHERE a.id = $1`, [id]);

/** The principal of a regional body; undefined for whoever is none, or is not in the directory. */
export async function regionalBody(tx: Tx, organization: string): Promise<string | undefined> {
  const row = await tx.row<{ id: string | null }>('SELECT identity.regional_body($1) AS id', [
    organization,
  ]);
  return row?.id ?? undefined;
}

/**
 * Whether an organization speaks for itself in a proceeding: it has filed a document, asked, or has
 * accepted, to file one with others, is on a list of speakers, or assesses. As the procedure.
 */
export async function speaksFor(tx: Tx, proceedingId: string, side: string): Promise<boolean> {
  const row = await tx.row<{ speaks: boolean }>(
    `SELECT EXISTS (SELECT FROM casework.document d
         WHERE d.proceeding_id = $1 AND d.side = $2 AND d.status <> 'draft')
       OR EXISTS (SELECT FROM casework.partner p
         WHERE p.proceeding_id = $1 AND p.side = $2 AND p.status IN ('asked', 'accepted'))
       OR EXISTS (SELECT FROM casework.speaker s
         WHERE s.proceeding_id = $1 AND s.side = $2 AND s.left_at IS NULL)
       OR EXISTS (SELECT FROM casework.assessment x
         WHERE x.proceeding_id = $1 AND x.side = $2) AS speaks`,
    [proceedingId, side],
  );
  return row!.speaks;
}
