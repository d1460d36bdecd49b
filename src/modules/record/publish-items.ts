import { v7 } from 'uuid';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import type { recordDocument, recordProceeding, recordRecommendation } from './record.schemas.js';

/**
 * The only way into the record: an explicit act of a procedure, in its own transaction.
 * Writing the same facts again changes nothing and is no change in the feed.
 */
type Body<S extends z.ZodType> = Omit<z.infer<S>, 'id'>;
export type ProceedingBody = Body<typeof recordProceeding>;
export type DocumentBody = Body<typeof recordDocument>;
export type RecommendationBody = Body<typeof recordRecommendation>;

interface Row {
  readonly table: 'proceeding' | 'document' | 'recommendation';
  readonly publicId: string | null;
  readonly body: object;
  readonly columns: Readonly<Record<string, string | number | null>>;
}

/** @returns the item's id in the record: the one given, or a new one (v7) */
async function put(tx: Tx, { table, publicId, body, columns }: Row): Promise<string> {
  const id = publicId ?? v7();
  const text = JSON.stringify({ id, ...body });
  const there = await tx.row<{ body: string }>(`SELECT body FROM record.${table} WHERE id = $1`, [
    id,
  ]);
  if (there?.body === text) return id;
  const { sequence } = (await tx.row<{ sequence: string }>(
    'SELECT record.next_sequence() AS sequence',
  ))!;
  const names = Object.keys(columns);
  const places = names.map((_, index) => `$${index + 4}`);
  const statement = there
    ? `UPDATE record.${table} SET body = $2, sequence = $3,
         ${names.map((name, index) => `${name} = ${places[index]}`).join(', ')} WHERE id = $1`
    : `INSERT INTO record.${table} (id, body, sequence, ${names.join(', ')})
         VALUES ($1, $2, $3, ${places.join(', ')})`;
  await tx.rows(statement, [id, text, sequence, ...Object.values(columns)]);
  await tx.rows('INSERT INTO record.change VALUES ($1, $2, $3, $4, $5)', [
    sequence,
    tx.now,
    there ? 'updated' : 'published',
    table,
    id,
  ]);
  return id;
}

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

export interface PublishedFile {
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
  body: DocumentBody,
  files: readonly PublishedFile[],
): Promise<string> {
  const columns = {
    proceeding_id: body.proceedingId,
    state: body.state,
    session: body.session,
    kind: body.kind,
    symbol: body.symbol,
  };
  const id = await put(tx, { table: 'document', publicId, body, columns });
  for (const file of files) {
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

export async function publishRecommendation(
  tx: Tx,
  publicId: string | null,
  body: RecommendationBody,
  labelOrder: string,
): Promise<string> {
  const columns = {
    proceeding_id: body.proceedingId,
    state: body.state,
    session: body.session,
    label: body.label,
    label_order: labelOrder,
    position: body.position,
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
