import { createHash } from 'node:crypto';
import type { Asked } from '../../src/platform/signing/check-receipt.js';
import type { SignedReceipt } from '../../src/platform/signing/receipt.js';
import type { Client } from '../setup/api.js';

export interface Shown {
  id: string;
  version: number;
  versions: { texts: { language: string; receiptId: string | null }[] }[];
}
interface Opening {
  readonly receiptId: string;
  readonly salt: string;
  readonly sha256: string;
}

export const hash = (bytes: string | Buffer): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Begins a document, in the desk of who files it. */
export const begun = async (who: Client, review: string, kind: string, more = {}) =>
  (
    await who
      .post(`/v1/reviews/${review}/documents`, { kind, title: `A ${kind}`, ...more })
      .expect(201)
  ).body as Shown;

export async function upload(
  who: Client,
  { id, version }: Shown,
  text: string,
  query: Record<string, string> = {},
): Promise<Shown> {
  const call = who.upload(`/v1/documents/${id}/content`, text, { version, query });
  return (await call.expect(200)).body as Shown;
}

export const submit = async (who: Client, { id, version }: Shown) =>
  (await who.post(`/v1/documents/${id}/submit`, undefined, { version }).expect(200)).body as Shown;

export const receiptOf = async (who: Client, id: string, query = {}) =>
  (await who.get(`/v1/documents/${id}/receipt`, query).expect(200)).body as SignedReceipt;

export const openingOf = async (who: Client, id: string, query = {}) =>
  (await who.get(`/v1/documents/${id}/receipt/opening`, query).expect(200)).body as Opening;

/** What receipts are checked with. */
export const receiptKeys = async (anyone: Client): Promise<Asked['keys']> =>
  (
    (await anyone.get('/v1/receipt-keys', { limit: 200 }).expect(200)).body as {
      items: Asked['keys'];
    }
  ).items;
