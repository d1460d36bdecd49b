import { z } from 'zod';
import type { Session } from './api-client.js';
import type { RealDocument } from './real-review.js';

const Document = z.looseObject({ id: z.string(), version: z.int() });
type Filed = z.infer<typeof Document>;

/** Who works on a document, and who hands it in; in a secretariat that may be one person. */
export interface Filers {
  readonly prepares: Session;
  readonly submits: Session;
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
  const url = `/v1/reviews/${review}/documents`;
  const begun = await filers.prepares.post(url, { kind, title, symbol }, Document);
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
  const { version } = await filers.prepares.get(`/v1/documents/${id}`, Document);
  const why = { reason: `Corrigendum ${symbol}` };
  const begun = await filers.prepares.post(`/v1/documents/${id}/versions`, why, Document, version);
  await handIn(begun, language, bytes, filers);
}

async function handIn(
  { id, version }: Filed,
  language: string,
  bytes: Buffer,
  { prepares, submits }: Filers,
): Promise<void> {
  const content = `/v1/documents/${id}/content?language=${language}`;
  const sent = await prepares.put(content, bytes, Document, version);
  await submits.post(`/v1/documents/${id}/submit`, undefined, Document, sent.version);
}
