import type { Tx } from '../../platform/database/tx.js';
import * as rules from './items.rules.js';
import type { DocumentBody, LotBody, ProceedingBody, RecommendationBody } from './items.rules.js';
import { put, withdrawnOf } from './write-items.js';

/** What only some publications of a page tell. */
type Kept = Pick<ProceedingBody, 'outcome' | 'reservations' | 'withdrawnRecommendations'>;
type Page = Omit<ProceedingBody, keyof Kept> & Partial<Kept>;

/** What it is not told, the page keeps as it shows it. */
export async function publishProceeding(
  tx: Tx,
  publicId: string | null,
  { outcome, reservations, withdrawnRecommendations, ...page }: Page,
): Promise<string> {
  const shown = await kept(tx, publicId);
  const fallen = withdrawnRecommendations ?? shown.withdrawnRecommendations ?? [];
  const reserved = reservations ?? shown.reservations ?? [];
  const body = {
    ...page,
    outcome: outcome ?? shown.outcome,
    ...(reserved.length > 0 && { reservations: reserved }),
    ...(fallen.length > 0 && { withdrawnRecommendations: fallen }),
  };
  const { mechanism, state, session, cycle } = body;
  const columns = { mechanism, state, session, cycle };
  return put(tx, { table: 'proceeding', publicId, body, columns });
}

async function kept(tx: Tx, publicId: string | null): Promise<Kept> {
  const shown = await tx.row<{ body: string }>('SELECT body FROM record.proceeding WHERE id = $1', [
    publicId,
  ]);
  return shown ? (JSON.parse(shown.body) as ProceedingBody) : { outcome: null };
}

interface PublishedFile {
  readonly version: number;
  readonly language: string;
  readonly original: boolean;
  readonly fileKey: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

export async function publishDocument(
  tx: Tx,
  publicId: string | null,
  given: DocumentBody,
  files: readonly PublishedFile[],
): Promise<string> {
  const withdrawn = await withdrawnOf(tx, publicId);
  const body = rules.maskItem('document', given, withdrawn);
  const columns = {
    proceeding_id: body.proceedingId,
    state: body.state,
    session: body.session,
    kind: body.kind,
    symbol: symbolToFind(body),
  };
  const id = await put(tx, { table: 'document', publicId, body, columns });
  for (const file of files) {
    if (withdrawn && rules.coversFile(withdrawn.parts, file.version, file.language)) continue;
    await tx.rows(
      'INSERT INTO record.file VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING',
      [
        id,
        file.version,
        file.language,
        file.original,
        file.fileKey,
        file.mediaType,
        file.bytes,
        file.sha256,
      ],
    );
  }
  return id;
}

/** A filter finds nothing by what was withdrawn. */
export const symbolToFind = ({ symbol, withdrawn }: DocumentBody): string | null =>
  withdrawn?.parts.includes('symbol') ? null : symbol;

export async function publishRecommendation(
  tx: Tx,
  publicId: string | null,
  given: RecommendationBody,
  labelOrder: string,
): Promise<string> {
  const withdrawn = await withdrawnOf(tx, publicId);
  const { repeatOf = [], ...rest } = given;
  const told = await wordsTold(tx, repeatOf);
  const whole = { ...rest, ...(told.length > 0 && { repeatOf: told }) };
  const body = rules.maskItem('recommendation', whole, withdrawn);
  const columns = {
    proceeding_id: body.proceedingId,
    state: body.state,
    session: body.session,
    label: body.label,
    label_order: labelOrder,
    // What was split is not without an answer: its parts have theirs.
    position: body.parts ? 'in-parts' : body.position,
    repeat_of: body.repeatOf ?? [],
  };
  const id = await put(tx, { table: 'recommendation', publicId, body, columns });
  for (const iso3 of body.recommendingStates) {
    await tx.rows('INSERT INTO record.recommender VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      id,
      iso3,
    ]);
  }
  return id;
}

/** A lot bears the same id in casework and here: it is public from its announcement on. */
export async function publishLot(
  tx: Tx,
  { id, ...given }: LotBody & { readonly id: string },
  proceedingId: string,
): Promise<void> {
  const withdrawn = await withdrawnOf(tx, id);
  const body = rules.maskItem('lot', given, withdrawn);
  const columns = { proceeding_id: proceedingId, session_id: given.sessionId };
  await put(tx, { table: 'lot', publicId: id, body, columns });
}

/**
 * Of these recommendations, those whose words may be told: what repeats others would tell theirs.
 * Whoever publishes or withdraws meanwhile is waited for.
 */
async function wordsTold(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  await tx.rows('SELECT FROM record.feed FOR UPDATE');
  const rows = await tx.rows<{ id: string }>(
    `SELECT r.id FROM record.recommendation r WHERE r.id = ANY ($1::uuid[]) AND NOT EXISTS (
       SELECT FROM record.withdrawal w WHERE w.item_id = r.id AND w.part = 'text') ORDER BY r.id`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
