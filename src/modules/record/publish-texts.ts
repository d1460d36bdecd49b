import type { Tx } from '../../platform/database/tx.js';
import { coversFile } from './items.rules.js';
import { withdrawnOf } from './write-items.js';
import { configurationOf, piecesOf, spaced } from './search-texts.rules.js';

interface PublishedText {
  readonly version: number;
  readonly language: string;
  readonly text: string;
}

/**
 * Gives the words of a document in the record to its search; what is there already stays, and what
 * was withdrawn stays away.
 */
export async function publishTexts(
  tx: Tx,
  publicId: string,
  texts: readonly PublishedText[],
): Promise<void> {
  const parts = (await withdrawnOf(tx, publicId))?.parts ?? [];
  for (const { version, language, text } of texts) {
    if (coversFile(parts, version, language)) continue;
    for (const [piece, body] of piecesOf(text).entries()) {
      await tx.rows(
        `INSERT INTO record.text VALUES ($1, $2, $3, $4, $5, to_tsvector($6::regconfig, $7))
         ON CONFLICT DO NOTHING`,
        [publicId, version, language, piece, body, configurationOf(language), spaced(body)],
      );
    }
  }
}
