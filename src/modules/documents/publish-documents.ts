import { holdsBack } from '../../kernel/embargo.js';
import { CASE } from '../../kernel/sides.js';
import type { Definition } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import {
  currentEntries,
  publishPage,
  type Consequence,
  type Published,
  type Engine,
  type Proceeding,
} from '../proceedings/index.js';
import { Refused } from '../../platform/refused.js';
import { coversWhole, MASK, publishDocument, publishTexts, withdrawnOf } from '../record/index.js';
import { Document, Publication } from './documents.entity.js';
import { namedPartners } from './partners.repository.js';
import { versionsOf, wordsOf, type VersionWithTexts } from './documents.repository.js';

/**
 * Publishes every document handed in whose kind's stage has been reached, and every new
 * version of one that is published; what stands in the record already stays as it is. As
 * the procedure.
 */
export async function publishDocuments(
  tx: Tx,
  proceeding: Proceeding,
  definition: Definition,
  at = tx.now,
): Promise<void> {
  const entries = await currentEntries(tx, proceeding.id, definition);
  const reached = new Set(entries.map(({ stage }) => stage));
  const kinds = definition.documents.filter(
    ({ publishedAt }) => publishedAt !== undefined && reached.has(publishedAt),
  );
  const documents = await tx.find(
    Document,
    { proceedingId: proceeding.id },
    { order: { createdAt: 'ASC', id: 'ASC' } },
  );
  const due = documents.filter(
    (document) =>
      document.status === 'published' ||
      (document.status === 'submitted' && kinds.some(({ kind }) => kind === document.kind)),
  );
  const ready = await ripe(tx, due, at);
  if (ready.length === 0) return;
  const page = await publishPage(tx, proceeding);
  if (!page) return;
  for (const document of ready) await publishOne(tx, proceeding, { document, page, at });
}

/**
 * Those that nobody has asked to hold back, or to keep to the parties: that stays where it was filed.
 * Of what was withdrawn whole before, nothing is ever published.
 */
async function ripe(tx: Tx, due: readonly Document[], at: Date): Promise<Document[]> {
  const ready: Document[] = [];
  for (const document of due) {
    if (document.status === 'published') {
      ready.push(document);
      continue;
    }
    const withdrawn = await withdrawnOf(tx, document.publicId);
    if (withdrawn && coversWhole('document', withdrawn.parts)) continue;
    const asked = await tx.findOne(Publication, { documentId: document.id });
    const until = asked?.until?.toISOString();
    const kept = asked?.audience === 'parties' || (until && holdsBack(until, at.toISOString()));
    if (!kept) ready.push(document);
  }
  return ready;
}

async function publishOne(
  tx: Tx,
  proceeding: Proceeding,
  { document, page, at }: { document: Document; page: Published; at: Date },
): Promise<void> {
  const versions = (await versionsOf(tx, document.id)).filter((v) => v.status === 'submitted');
  const named = await tx.row<{ name: string | null }>('SELECT identity.side_name($1) AS name', [
    document.side,
  ]);
  const { kind, title, symbol, late, overLimit } = document;
  const partners = await namedPartners(tx, document);
  const body = {
    proceedingId: page.id,
    state: proceeding.subject,
    session: page.session,
    kind,
    title,
    symbol,
    by: { side: document.side, name: named?.name ?? MASK },
    ...(partners.length > 0 && { partners }),
    filedBy: document.filedBy === document.side ? null : document.filedBy,
    late,
    overLimit,
    submittedAt: document.submittedAt!.toISOString(),
    versions: versions.map(bodyOfVersion),
  };
  const files = versions.flatMap(({ n, texts }) =>
    texts.map((text) => ({
      version: n,
      language: text.language,
      original: text.standing === 'original',
      fileKey: text.fileKey,
      mediaType: text.mediaType,
      bytes: Number(text.bytes),
      sha256: text.sha256,
    })),
  );
  const publicId = await publishDocument(tx, document.publicId, body, files);
  await publishTexts(tx, publicId, await wordsOf(tx, document.id));
  if (document.status === 'published') return;
  const set = { publicId, status: 'published' as const, version: document.version + 1 };
  const swapped = await tx.update(Document, { id: document.id, version: document.version }, set);
  if (swapped === 0) throw new Refused('stale', { version: document.version });
  await append(tx, {
    proceedingId: proceeding.id,
    compartment: CASE,
    what: 'document-published',
    by: 'procedure',
    at,
    facts: { kind, publicId },
  });
}

const bodyOfVersion = ({ n, bySide, reason, submittedAt, texts }: VersionWithTexts) => ({
  n,
  by: bySide,
  reason,
  submittedAt: submittedAt!.toISOString(),
  texts: texts.map(({ language, standing, mediaType, bytes, sha256, words }) => ({
    language,
    standing,
    mediaType,
    bytes: Number(bytes),
    sha256,
    words,
  })),
});

export const publishDocumentsConsequence = (engine: Engine): Consequence => ({
  name: 'publish-documents',
  apply: (tx, { proceeding, at }) =>
    publishDocuments(tx, proceeding, engine.definitionOf(proceeding), at),
});
