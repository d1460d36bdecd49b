import type { Reads } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Pledge } from './pledges.entity.js';

/** In the order in which they were made; a draft, which only its side sees, as it was begun. */
export const pledgePage = (
  tx: Reads,
  proceedingId: string,
  { after, limit }: Part,
): Promise<Pledge[]> =>
  tx.rows(
    `SELECT p.id, p.proceeding_id AS "proceedingId", p.compartment, p.side, p.text, p.status,
       p.created_at AS "createdAt", p.submitted_at AS "submittedAt", p.public_id AS "publicId",
       p.version
     FROM casework.pledge p WHERE p.proceeding_id = $1
       AND ($2::timestamptz IS NULL OR (coalesce(p.submitted_at, p.created_at), p.id) > ($2, $3::uuid))
     ORDER BY coalesce(p.submitted_at, p.created_at), p.id LIMIT $4`,
    [proceedingId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
