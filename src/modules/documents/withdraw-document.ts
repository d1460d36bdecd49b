import { refusal } from '../../kernel/refusal.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Withdrawable } from '../proceedings/index.js';
import { found } from '../../platform/refused.js';
import { takeOpenings } from '../receipts/index.js';
import { coversAllFiles, coversFile, filesPart, isOfFiles, MASK } from '../record/index.js';
import { Document, DocumentVersion, Publication } from './documents.entity.js';
import { takeNamed } from './partners.repository.js';
import { versionsOf, type VersionWithTexts } from './documents.repository.js';

/** A document, drafts of corrigenda with it: its texts' rows go whole, with digest and salts. */
export const withdrawableDocument: Withdrawable = {
  kind: 'document',
  find: (tx, where) => tx.findOne(Document, where),
  async lacking(tx, id, parts) {
    const asked = parts.filter((part) => isOfFiles(part) && !coversAllFiles([part]));
    if (asked.length === 0) return null;
    const versions = await versionsOf(tx, id);
    const there = versions.flatMap(({ n, texts }) =>
      texts.map(({ language }) => ({ n, language })),
    );
    const unknown = asked.filter(
      (part) => !there.some(({ n, language }) => coversFile([part], n, language)),
    );
    if (unknown.length === 0) return null;
    const known = there.map(({ n, language }) => filesPart({ version: n, language }));
    return refusal('invalid-content', { unknown, known });
  },
  async mask(tx, { id, publicId }, parts) {
    const document = found(await tx.findOne(Document, { id }));
    const versions = await versionsOf(tx, id);
    const { title, symbol, side, filedBy, version } = document;
    const masksAuthor = parts.includes('author');
    await tx.update(
      Document,
      { id },
      {
        publicId,
        version: version + 1,
        ...(parts.includes('title') && { title: MASK }),
        ...(parts.includes('symbol') && symbol !== null && { symbol: MASK }),
        ...(masksAuthor && { side: MASK, filedBy: MASK }),
      },
    );
    // A draft of a corrigendum lies with its own side, whose name says who sees it.
    const handedIn = { documentId: id, status: 'submitted' as const };
    if (masksAuthor) await tx.update(DocumentVersion, handedIn, { bySide: MASK });
    const partners = masksAuthor ? await takeNamed(tx, id) : [];
    const asked = await tx.findOne(Publication, { documentId: id });
    if (parts.includes('reason')) await maskReasons(tx, versions, asked);
    const texts = await takeTexts(tx, id, versions, parts);
    const reasons = versions.map(({ n, reason }) => ({ n, reason }));
    // A plain text has nothing to scrub: its copy is the file that was sent.
    const files = texts.flatMap(({ text, original }) => [text.file_key, original?.file_key ?? []]);
    return {
      content: { title, symbol, reasons, held: asked?.reason ?? null, texts, partners },
      fileKeys: [...new Set(files.flat())],
      ...(masksAuthor && { author: { side, filedBy, states: null } }),
    };
  },
};

async function maskReasons(
  tx: Tx,
  versions: readonly VersionWithTexts[],
  asked: Publication | undefined,
): Promise<void> {
  const { documentId, reason: held } = asked ?? {};
  if (documentId && held) await tx.update(Publication, { documentId }, { reason: MASK });
  for (const { id, reason } of versions) {
    if (reason !== null) await tx.update(DocumentVersion, { id }, { reason: MASK });
  }
}

/** The rows as they were: of the copy that everybody got, and of the file as it was sent. */
interface Taken {
  readonly text: { readonly file_key: string };
  readonly original: { readonly file_key: string } | null;
  /** What proved that a receipt is of this text. */
  readonly openings: readonly object[];
}

async function takeTexts(
  tx: Tx,
  documentId: string,
  versions: readonly VersionWithTexts[],
  parts: readonly string[],
): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const { n, texts } of versions) {
    for (const { id, language } of texts) {
      if (!coversFile(parts, n, language)) continue;
      const row = await tx.row<Omit<Taken, 'openings'>>(
        `SELECT to_jsonb(t) AS text, to_jsonb(o) AS original FROM casework.document_text t
         LEFT JOIN casework.document_original o ON o.text_id = t.id WHERE t.id = $1`,
        [id],
      );
      await tx.rows('DELETE FROM casework.document_original WHERE text_id = $1', [id]);
      await tx.rows('SELECT casework.drop_uploads($1)', [documentId]);
      await tx.rows('DELETE FROM casework.registration WHERE document_id = $1', [documentId]);
      await tx.rows('DELETE FROM casework.document_text WHERE id = $1', [id]);
      const openings = await takeOpenings(tx, documentId, { version: n, language });
      taken.push({ ...found(row), openings });
    }
  }
  return taken;
}
