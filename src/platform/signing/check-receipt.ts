import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { contentDigest, signedText, type Opening, type SignedReceipt } from './receipt.js';

/** A key as `GET /v1/receipt-keys` answers it. */
export const publishedKey = z.object({
  id: z.string(),
  publicKey: z.base64(),
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }).nullable(),
  revokedAt: z.iso.datetime({ offset: true }).nullable(),
});
type Key = z.infer<typeof publishedKey>;

/** Why a receipt proves nothing, by name. */
export type ReceiptFault =
  | 'unknown-key'
  | 'wrong-signature'
  | 'revoked-key'
  | 'future-key'
  | 'ended-key'
  | 'wrong-file'
  | 'rehearsal';

interface ReceiptFound {
  readonly fault?: ReceiptFault;
  /** For a person, a sentence each. */
  readonly lines: readonly string[];
}

export interface Asked {
  readonly keys: readonly Key[];
  /** The salt that the filer gave, and the SHA-256 of the file at hand. */
  readonly opening?: Opening | undefined;
  /** Whether a receipt of a rehearsal is good enough. */
  readonly rehearsal?: boolean;
}

/**
 * What a receipt proves, offline. Whoever made the list of keys is believed to be the house;
 * nothing else is believed.
 */
export function checkReceipt(receipt: SignedReceipt, asked: Asked): ReceiptFound {
  return (
    keyFault(receipt, asked.keys) ??
    contentFault(receipt, asked.opening) ??
    rehearsalFault(receipt, asked) ?? { lines: proven(receipt, asked) }
  );
}

function keyFault(receipt: SignedReceipt, keys: readonly Key[]): ReceiptFound | undefined {
  const { keyId, filedAt, rehearsal } = receipt;
  const key = keys.find(({ id }) => id === keyId);
  const fault = (name: ReceiptFault, line: string): ReceiptFound => ({
    fault: name,
    lines: [line],
  });
  if (!key) return fault('unknown-key', `No key ${keyId} is among those that were published.`);
  if (!isSigned(receipt, key)) {
    return fault(
      'wrong-signature',
      `The signature is not that of ${keyId} over this receipt: something in it was changed, or another key signed.`,
    );
  }
  if (key.revokedAt !== null) {
    const line = `The key ${keyId} was revoked on ${key.revokedAt}: somebody else may have signed with it.`;
    return fault('revoked-key', line);
  }
  // The clock of a rehearsal is moved, and keys know the time of day alone.
  if (rehearsal) return undefined;
  const filed = Date.parse(filedAt);
  if (filed < Date.parse(key.from)) {
    return fault(
      'future-key',
      `The key ${keyId} was made after ${filedAt}, when this is said to have been filed.`,
    );
  }
  if (key.until !== null && filed > Date.parse(key.until)) {
    return fault(
      'ended-key',
      `The key ${keyId} had ended before ${filedAt}, when this is said to have been filed.`,
    );
  }
  return undefined;
}

function isSigned({ signature, ...body }: SignedReceipt, { publicKey }: Key): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(signedText(body)), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function contentFault(
  receipt: SignedReceipt,
  opening: Opening | undefined,
): ReceiptFound | undefined {
  if (!opening || contentDigest(opening) === receipt.contentDigest) return undefined;
  const line = 'This file, with this salt, is not what was filed: its digest is another.';
  return { fault: 'wrong-file', lines: [line] };
}

const rehearsalFault = ({ rehearsal }: SignedReceipt, asked: Asked): ReceiptFound | undefined =>
  rehearsal && !asked.rehearsal
    ? {
        fault: 'rehearsal',
        lines: ['The receipt is of a rehearsal: it proves nothing about a real filing.'],
      }
    : undefined;

const ACTS: Readonly<Record<string, string>> = {
  document: 'handed in',
  corrigendum: 'handed in as a corrigendum',
  language: 'added as another language of what had been handed in',
};

function proven(receipt: SignedReceipt, { opening }: Asked): string[] {
  const {
    mechanism,
    receiptId,
    filing,
    filedAt,
    keyId,
    contentDigest: digest,
    rehearsal,
  } = receipt;
  const what = opening ? 'This very file' : 'Content whose salted digest it names';
  return [
    `The receipt ${receiptId} holds${rehearsal ? ', of a REHEARSAL that proves nothing outside' : ''}.`,
    `${what} was ${ACTS[filing] ?? `filed (${filing})`} in the procedure ${mechanism} at ${filedAt}.`,
    `Signed with ${keyId}, which the list of keys says is the house's and was good then.`,
    ...(opening
      ? []
      : [`Which content (${digest}) it does not tell: that takes the file and its salt.`]),
    'Who filed it, the receipt does not tell.',
  ];
}
