import type { Tx } from '../../platform/database/tx.js';
import type { Viewer } from '../../platform/identity/viewer.js';

/** A text of a document that somebody downloads. */
interface TextRead {
  readonly proceedingId: string;
  readonly documentId: string;
  readonly kind: string;
  readonly n: number;
  readonly language: string;
  readonly which: 'copy' | 'original';
}

/** What is noted when somebody downloads a text. */
export interface ReadingNote {
  /** Whether there can be anything to note, by whoever reads alone. */
  concerns(viewer: Viewer): boolean;
  /** As whoever reads, before they are given it. */
  note(tx: Tx, read: TextRead): Promise<void>;
}
