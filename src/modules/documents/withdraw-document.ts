import type { Tx } from '../../platform/database/tx.js';
import type { Withdrawable } from '../proceedings/index.js';
import { found } from '../../platform/refused.js';
import { coversFile, MASK } from '../record/index.js';
import { Document, DocumentVersion } from './documents.entity.js';
import { versionsOf, type VersionWithTexts } from './documents.repository.js';

/** The columns of a text that name files. */
const FILE_COLUMNS = ['file_key'];

/** A document, drafts of corrigenda with it: its texts' rows go whole, with digest and salt. */
export const withdrawableDocument: Withdrawable = {
  kind: 'document',
  find: (tx, where) => tx.findOne(Document, where),
  async mask(tx, { id, publicId }, parts) {
    const document = found(await tx.findOne(Document, { id }));
    const versions = await versionsOf(tx, id);
    const { title, symbol, version } = document;
    await tx.update(
      Document,
      { id },
      {
        publicId,
        version: version + 1,
        ...(parts.includes('title') && { title: MASK }),
        ...(parts.includes('symbol') && symbol !== null && { symbol: MASK }),
      },
    );
    if (parts.includes('reason')) await maskReasons(tx, versions);
    const texts = await takeTexts(tx, versions, parts);
    const reasons = versions.map(({ n, reason }) => ({ n, reason }));
    const fileKeys = texts.flatMap((row) =>
      FILE_COLUMNS.map((column) => row[column]).filter((key) => typeof key === 'string'),
    );
    return { content: { title, symbol, reasons, texts }, fileKeys };
  },
};

async function maskReasons(tx: Tx, versions: readonly VersionWithTexts[]): Promise<void> {
  for (const { id, reason } of versions) {
    if (reason !== null) await tx.update(DocumentVersion, { id }, { reason: MASK });
  }
}

async function takeTexts(
  tx: Tx,
  versions: readonly VersionWithTexts[],
  parts: readonly string[],
): Promise<Record<string, unknown>[]> {
  const taken: Record<string, unknown>[] = [];
  for (const { n, texts } of versions) {
    for (const { id, language } of texts) {
      if (!coversFile(parts, n, language)) continue;
      const { text } = found(
        await tx.row<{ text: Record<string, unknown> }>(
          'SELECT to_jsonb(t) AS text FROM casework.document_text t WHERE id = $1',
          [id],
        ),
      );
      await tx.rows('DELETE FROM casework.document_text WHERE id = $1', [id]);
      taken.push(text);
    }
  }
  return taken;
}
