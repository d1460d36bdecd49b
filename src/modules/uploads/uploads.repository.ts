import type { Tx } from '../../platform/database/tx.js';

/** How many uploads the viewer's account has under way, as far as it still sees them. */
export async function underWay(tx: Tx): Promise<number> {
  const row = await tx.row<{ total: number }>(
    `SELECT count(*)::int AS total FROM casework.upload u
     WHERE u.account_id = identity.viewer() AND u.status = 'open' AND u.expires_at > now()`,
  );
  return row!.total;
}
