import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Seal } from '../../platform/vault/vault.js';
import type { Drawn } from '../../kernel/lots.js';
import type { Lot } from './lots.entity.js';
import { RAPPORTEUR } from './troika.rules.js';

const COLUMNS = `l.id, l.proceeding_id AS "proceedingId", l.compartment, l.session_id AS "sessionId",
  l.state, l.purpose, l.method, l.status, l.input, l.input_digest AS "inputDigest",
  l.announced_at AS "announcedAt", l.commitment, l.known_from AS "knownFrom",
  l.public_value AS "publicValue", l.seed, l.result, l.drawn_at AS "drawnAt",
  l.drawn_on::text AS "drawnOn", l.meeting, l.witnesses, l.cancelled_at AS "cancelledAt", l.reason,
  l.public_id AS "publicId", l.version`;

/** A lot, and the session that it belongs to. */
interface LotRow extends Lot {
  readonly session: number;
  readonly mechanism: string;
}

/** The lots of a review, and those of its session; by id, which is the order of announcement. */
export const lotPage = (
  tx: Reads,
  { id, sessionId }: { id: string; sessionId: string | null },
  { after, limit }: Part,
): Promise<LotRow[]> =>
  tx.rows(
    `SELECT ${COLUMNS}, n.number AS session, n.mechanism
     FROM casework.lot l JOIN reference.session n ON n.id = l.session_id
     WHERE (l.proceeding_id = $1 AND l.state IS NOT NULL
         OR l.session_id = $2 AND l.state IS NULL)
       AND ($3::uuid IS NULL OR l.id > $3)
     ORDER BY l.id LIMIT $4`,
    [id, sessionId, after?.[0] ?? null, limit + 1],
  );

/**
 * What was drawn last for a purpose: for one review, or for a session where no State is named. As
 * whoever sees the case; of a session, as the clock, which sees all.
 */
export async function latestDraw(
  tx: Tx,
  where: { sessionId: string; state: string | null; purpose: string; proceedingId?: string },
): Promise<{ lot: string; result: Drawn[] } | undefined> {
  return tx.row<{ lot: string; result: Drawn[] }>(
    `SELECT l.id AS lot, l.result FROM casework.lot l
     WHERE l.session_id = $1 AND l.purpose = $3 AND l.status = 'drawn'
       AND (CASE WHEN $2::text IS NULL THEN l.state IS NULL ELSE l.proceeding_id = $4 END)
     ORDER BY l.id DESC LIMIT 1`,
    [where.sessionId, where.state, where.purpose, where.proceedingId ?? null],
  );
}

/** As the procedure, which can put a seed away and not look at it. */
export async function keepSeed(
  tx: Tx,
  lotId: string,
  { seal, sealed }: { seal: Seal; sealed: Buffer },
): Promise<void> {
  await tx.rows('SELECT casework.keep_seed($1, $2, $3)', [lotId, JSON.stringify(seal), sealed]);
}

/** As the procedure: for this public value, which is written down with it, once. */
export const openSeed = (
  tx: Tx,
  lotId: string,
  publicValue: string,
): Promise<{ seal: Seal; content: Buffer } | undefined> =>
  tx.row('SELECT seal, content FROM casework.open_seed($1, $2)', [lotId, publicValue]);

/** As the procedure: of a lot that was cancelled. */
export async function dropSeed(tx: Tx, lotId: string): Promise<void> {
  await tx.rows('SELECT casework.drop_seed($1)', [lotId]);
}

/** How many rapporteurs each of these proceedings has; one without any is left out. */
export async function rapporteursIn(
  tx: Tx,
  proceedingIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ id: string; count: number }>(
    `SELECT t.proceeding_id AS id, count(*)::int AS count FROM casework.participant t
     WHERE t.proceeding_id = ANY ($1) AND t.role = $2 GROUP BY t.proceeding_id`,
    [proceedingIds, RAPPORTEUR],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
