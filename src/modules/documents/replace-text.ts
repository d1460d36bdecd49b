import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { FORMATS } from '../../platform/formats/format.js';
import { append } from '../../platform/journal/journal.js';
import {
  DocumentOriginal,
  DocumentText,
  type Document,
  type DocumentVersion,
} from './documents.entity.js';
import type { Received } from './receive-file.js';

interface Replacing extends Received {
  readonly document: Document;
  readonly draft: DocumentVersion;
  readonly language: string;
  readonly standing: DocumentText['standing'];
  /** Digests of the receipts, where it is filed and not only prepared. */
  readonly receipts: readonly string[] | undefined;
  /** Who is named in the journal. */
  readonly told: { readonly by: string; readonly onBehalfOf?: string };
}

/** Puts a text into a version, in the place of one in the same language, and tells the journal. */
export async function replaceText(tx: Tx, given: Replacing): Promise<void> {
  const { document, draft, told, receipts, sent, inspected, language } = given;
  const submitted = draft.status === 'submitted';
  const salt = randomBytes(16).toString('hex');
  await put(tx, given, salt);
  await append(tx, {
    proceedingId: document.proceedingId,
    compartment: submitted ? document.compartment : deskOf(document.filedBy),
    what: submitted ? 'language-added' : 'content-uploaded',
    ...told,
    at: tx.now,
    facts: {
      documentId: document.id,
      version: draft.n,
      language,
      words: inspected.words,
      digest: saltedDigest(salt, sent.sha256),
      ...(receipts && { receipts }),
    },
  });
}

async function put(
  tx: Tx,
  { document, draft, sent, copy, inspected, language, standing }: Replacing,
  salt: string,
): Promise<void> {
  const set = {
    standing,
    fileKey: copy.key,
    mediaType: FORMATS[inspected.format],
    bytes: String(copy.bytes),
    sha256: copy.sha256,
    salt,
    words: inspected.words,
    leftOut: [...inspected.leftOut],
    languageFound: inspected.language,
    body: inspected.text,
    uploadedAt: tx.now,
  };
  const original = {
    fileKey: sent.key,
    bytes: String(sent.bytes),
    sha256: sent.sha256,
    found: inspected.found,
  };
  const { proceedingId, compartment } = document;
  const was = await tx.findOne(DocumentText, { versionId: draft.id, language });
  if (was) {
    const before = await tx.findOne(DocumentOriginal, { textId: was.id });
    await tx.update(DocumentText, { id: was.id }, set);
    await tx.update(DocumentOriginal, { textId: was.id }, original);
    await doubt(tx, was.fileKey, ...(before ? [before.fileKey] : []));
    return;
  }
  const id = randomUUID();
  const place = { proceedingId, compartment };
  await tx.insert(DocumentText, { id, ...place, versionId: draft.id, language, ...set });
  const desk = { proceedingId, compartment: deskOf(document.filedBy) };
  await tx.insert(DocumentOriginal, { textId: id, ...desk, ...original });
}

/** Has the sweep look at files later: whether anything names them by then. */
export async function doubt(tx: Tx, ...keys: readonly string[]): Promise<void> {
  for (const key of new Set(keys)) {
    await tx.rows('INSERT INTO casework.file_in_doubt VALUES ($1, now()) ON CONFLICT DO NOTHING', [
      key,
    ]);
  }
}

/** What the journal keeps of content: checkable by who has it, guessable by nobody else. */
export const saltedDigest = (salt: string, sha256: string): string =>
  createHash('sha256').update(`${salt}${sha256}`).digest('hex');
