import type { Tx } from '../../platform/database/tx.js';
import { configurationOf, piecesOf, spaced } from './search-texts.rules.js';

export interface PublishedText {
  readonly version: number;
  readonly language: string;
  readonly text: string;
}

/** Gives the words of a document in the record to its search; what is there already stays. */
export async function publishTexts(
  tx: Tx,
  publicId: string,
  texts: readonly PublishedText[],
): Promise<void> {
  for (const { version, language, text } of texts) {
    for (const [piece, body] of piecesOf(text).entries()) {
      await tx.rows(
        `INSERT INTO record.text VALUES ($1, $2, $3, $4, $5, to_tsvector($6::regconfig, $7))
         ON CONFLICT DO NOTHING`,
        [publicId, version, language, piece, body, configurationOf(language), spaced(body)],
      );
    }
  }
}
