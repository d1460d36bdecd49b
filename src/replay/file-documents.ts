import type { Comity } from '../../client/index.js';
import type { RealDocument } from './real-review.js';

interface Filed {
  readonly id: string;
  readonly version: number;
}

/** Who works on a document, and who hands it in; in a secretariat that may be one person. */
export interface Filers {
  readonly prepares: Comity;
  readonly submits: Comity;
}

/**
 * Files a document as its side would: begun, uploaded, handed in.
 *
 * @returns its id, by which corrigenda can follow
 */
export async function fileDocument(
  review: string,
  { kind, title, symbol, language }: RealDocument,
  bytes: Buffer,
  filers: Filers,
): Promise<string> {
  const begun = await filers.prepares.post('/v1/reviews/{id}/documents', {
    path: { id: review },
    body: { kind, title, symbol },
  });
  await handIn(begun, language, bytes, filers);
  return begun.id;
}

/** Files a corrigendum as a new version of a document that has been handed in. */
export async function correctDocument(
  id: string,
  { symbol, language }: { symbol: string; language: string },
  bytes: Buffer,
  filers: Filers,
): Promise<void> {
  const path = { id };
  const { version } = await filers.prepares.get('/v1/documents/{id}', { path });
  const body = { reason: `Corrigendum ${symbol}` };
  const asked = { path, version, body };
  const begun = await filers.prepares.post('/v1/documents/{id}/versions', asked);
  await handIn(begun, language, bytes, filers);
}

async function handIn(
  { id, version }: Filed,
  language: string,
  bytes: Buffer,
  { prepares, submits }: Filers,
): Promise<void> {
  const path = { id };
  const file = { path, query: { language }, version, bytes };
  const sent = await prepares.upload('/v1/documents/{id}/content', file);
  await submits.post('/v1/documents/{id}/submit', { path, version: sent.version });
}
