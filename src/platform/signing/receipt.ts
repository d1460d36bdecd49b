import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

/** What is signed: that this content was filed then, and nothing else; see docs/receipts.md. */
const receiptBody = z.strictObject({
  v: z.literal(1),
  mechanism: z.string().min(1).max(40),
  receiptId: z.uuid(),
  /** RFC 3339 in UTC, on the procedures' clock: the arrival of the request that filed. */
  filedAt: z.iso.datetime().max(40),
  /** What kind of act: `document`, `corrigendum`, `language`. */
  filing: z.string().min(1).max(40),
  /** Made in a proceeding or a house that rehearses: it proves nothing outside. */
  rehearsal: z.boolean(),
  /** SHA-256, in hex, over the salt and the file's SHA-256: 64 bytes. */
  contentDigest: hex,
  keyId: z.string().min(1).max(60),
});
export type ReceiptBody = z.infer<typeof receiptBody>;

/** A receipt as it is handed on. */
export const signedReceipt = receiptBody.extend({
  /** Ed25519 over the canonical JSON (RFC 8785) of all the other fields; base64. */
  signature: z.base64().length(88),
});
export type SignedReceipt = z.infer<typeof signedReceipt>;

/** The bytes that are signed, as text. */
export const signedText = (body: ReceiptBody): string => canonicalize(body)!;

/** What opens the content's digest, for whoever is shown it: both in hex. */
export interface Opening {
  readonly salt: string;
  readonly sha256: string;
}

export const contentDigest = ({ salt, sha256 }: Opening): string =>
  createHash('sha256')
    .update(Buffer.from(salt, 'hex'))
    .update(Buffer.from(sha256, 'hex'))
    .digest('hex');

/** What of a receipt stands in the journal: SHA-256 of the signature's bytes, in hex. */
export const signatureDigest = (signature: string): string =>
  createHash('sha256').update(Buffer.from(signature, 'base64')).digest('hex');
