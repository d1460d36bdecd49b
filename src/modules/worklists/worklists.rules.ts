import type { Tx } from '../../platform/database/tx.js';
import type { Standing } from '../proceedings/index.js';

export const WORKLISTS = ['positions', 'amendments', 'statements', 'follow-up'] as const;
export type WorklistKind = (typeof WORKLISTS)[number];

/** A column; those that are filled in bear the names that their operation gives them in JSON. */
export interface Column {
  readonly key: string;
  readonly width: number;
  readonly filled: boolean;
  readonly choices?: readonly string[];
}

/** An item as a row of texts, by the keys of the columns: as it is now. */
export interface Item {
  readonly id: string;
  /** What its operation takes as `If-Match`. */
  readonly version: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What somebody filled in, under the version that they had before them. */
export interface Change {
  readonly id: string;
  readonly version: number;
  /** The filled columns alone, an empty one too. */
  readonly given: Readonly<Record<string, string>>;
}

/** Who asks, for which of their sides. */
export interface Asking {
  readonly standing: Standing;
  readonly as: string | undefined;
}

/** A worklist as it is now for whoever asks, and what is done with what comes back. */
export interface Opened {
  readonly columns: readonly Column[];
  readonly items: readonly Item[];
  /** What else the file says of itself: what one side wrote is not sent as another's. */
  readonly mark?: Readonly<Record<string, string>>;
  /** The column in which a refusal shows, by its code; others show in the first that was filled. */
  readonly shows: Readonly<Record<string, string>>;
  /**
   * By the very acts that the items' own operations are.
   *
   * @throws Refused `items-refused`, or what stands against all of it
   */
  change(changes: readonly Change[]): Promise<void>;
  /** Hands in what is prepared of these items, where this kind is prepared first; answers how much. */
  submit?(items: readonly Pick<Item, 'id'>[]): Promise<number>;
}

/** One kind of worklist. */
export interface Worklist {
  readonly kind: WorklistKind;
  /** @throws Refused where the viewer has no such list here */
  open(tx: Tx, asking: Asking): Promise<Opened>;
}

/** What everybody may read of a row. */
export const shown = (key: string, width: number): Column => ({ key, width, filled: false });
export const filled = (key: string, width: number, choices?: readonly string[]): Column => ({
  key,
  width,
  filled: true,
  ...(choices && { choices }),
});
