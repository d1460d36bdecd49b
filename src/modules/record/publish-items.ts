import type { Tx } from '../../platform/database/tx.js';
import * as rules from './items.rules.js';
import type {
  AssessmentBody,
  DocumentBody,
  LotBody,
  ProceedingBody,
  RecommendationBody,
  WithdrawableKind,
  Withdrawn,
} from './items.rules.js';
import { put } from './put-item.js';

type Page = Omit<ProceedingBody, 'outcome'> & { readonly outcome?: ProceedingBody['outcome'] };

/** Without an outcome the page keeps the one that it shows. */
export async function publishProceeding(
  tx: Tx,
  publicId: string | null,
  page: Page,
): Promise<string> {
  const body = { ...page, outcome: page.outcome ?? (await outcomeShown(tx, publicId)) };
  const { mechanism, state, session, cycle } = body;
  const columns = { mechanism, state, session, cycle };
  return put(tx, { table: 'proceeding', publicId, body, columns });
}

async function outcomeShown(tx: Tx, publicId: string | null): Promise<ProceedingBody['outcome']> {
  const shown = await tx.row<Pick<ProceedingBody, 'outcome'>>(
    `SELECT body::json -> 'outcome' AS outcome FROM record.proceeding WHERE id = $1`,
    [publicId],
  );
  return shown?.outcome ?? null;
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
  const body = withdrawn ? rules.maskDocument(given, withdrawn) : given;
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
const symbolToFind = ({ symbol, withdrawn }: DocumentBody): string | null =>
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
  const body = withdrawn ? rules.maskRecommendation(whole, withdrawn) : whole;
  const columns = {
    proceeding_id: body.proceedingId,
    state: body.state,
    session: body.session,
    label: body.label,
    label_order: labelOrder,
    position: body.position,
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
  const body = withdrawn ? rules.maskLot(given, withdrawn) : given;
  const columns = { proceeding_id: proceedingId, session_id: given.sessionId };
  await put(tx, { table: 'lot', publicId: id, body, columns });
}

/** What one side says of how a recommendation is implemented; a later word stands beside it. */
export async function publishAssessment(
  tx: Tx,
  publicId: string | null,
  given: AssessmentBody,
): Promise<string> {
  const withdrawn = await withdrawnOf(tx, publicId);
  const body = withdrawn ? rules.maskAssessment(given, withdrawn) : given;
  const columns = {
    proceeding_id: body.proceedingId,
    recommendation_id: body.recommendationId,
    kind: body.kind,
    grade: body.grade,
    ...signature(body),
  };
  return put(tx, { table: 'assessment', publicId, body, columns });
}

/** By what a filter finds it: nothing by an author that was withdrawn. */
const signature = ({ by, current }: AssessmentBody) => ({ side: by.side, current });

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

/** What of an item was withdrawn, if anything was. */
export async function withdrawnOf(tx: Tx, publicId: string | null): Promise<Withdrawn | undefined> {
  if (publicId === null) return undefined;
  const row = await tx.row<{ at: Date | null; parts: string[] | null }>(
    `SELECT max(at) AS at, array_agg(part ORDER BY part) AS parts
     FROM record.withdrawal WHERE item_id = $1`,
    [publicId],
  );
  return row?.at && row.parts ? { at: row.at, parts: row.parts } : undefined;
}

/**
 * Takes parts of an item out of the record, for good: from its body in every version, from its
 * files, and from whatever is published of it later. Names what is gone in its place. As the
 * procedure, of a withdrawal that it has written down: the database takes no more than that says.
 */
export async function withdrawFromRecord(
  tx: Tx,
  table: WithdrawableKind,
  { id, publicId }: { readonly id: string; readonly publicId: string },
): Promise<void> {
  await tx.rows('SELECT record.withdraw($1)', [id]);
  const stored = await tx.row<{ body: string }>(`SELECT body FROM record.${table} WHERE id = $1`, [
    publicId,
  ]);
  if (!stored) return;
  const withdrawn = (await withdrawnOf(tx, publicId))!;
  const { id: _id, ...given } = JSON.parse(stored.body) as { id: string };
  const write = { table, publicId, change: 'withdrawn' } as const;
  if (table === 'recommendation') {
    const body = rules.maskRecommendation(given as RecommendationBody, withdrawn);
    await put(tx, { ...write, body, columns: { repeat_of: body.repeatOf ?? [] } });
    if (rules.hidesWords(withdrawn)) await forgetRepeats(tx, publicId);
    return;
  }
  if (table === 'lot') {
    const body = rules.maskLot(given as LotBody, withdrawn);
    await put(tx, { ...write, body, columns: {} });
    return;
  }
  if (table === 'assessment') {
    const body = rules.maskAssessment(given as AssessmentBody, withdrawn);
    await put(tx, { ...write, body, columns: signature(body) });
    return;
  }
  const body = rules.maskDocument(given as DocumentBody, withdrawn);
  await put(tx, { ...write, body, columns: { symbol: symbolToFind(body) } });
}

/** What repeats a recommendation says so no longer. */
async function forgetRepeats(tx: Tx, publicId: string): Promise<void> {
  const repeating = await tx.rows<{ id: string; body: string }>(
    'SELECT id, body FROM record.recommendation WHERE repeat_of @> ARRAY[$1::uuid] ORDER BY id',
    [publicId],
  );
  for (const { id, body: stored } of repeating) {
    const { id: _id, ...body } = JSON.parse(stored) as RecommendationBody & { id: string };
    const left = (body.repeatOf ?? []).filter((each) => each !== publicId);
    if (left.length > 0) body.repeatOf = left;
    else delete body.repeatOf;
    await put(tx, { table: 'recommendation', publicId: id, body, columns: { repeat_of: left } });
  }
}
