/** A column of a sheet that goes out to be filled in, and comes back. */
export interface SheetColumn {
  /** By which its cells are known again, whatever it is called and wherever it stands. */
  readonly key: string;
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** Whether people fill it in; the others are locked. */
  readonly filled: boolean;
  /** The only texts that it takes, where there are such. */
  readonly choices?: readonly string[];
}

/** A sheet of texts: no cell is a number, a date or a formula. */
export interface SheetToWrite {
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  /** By the keys of the columns. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** How to fill it in, on a sheet of its own: a line a sentence. */
  readonly help: { readonly title: string; readonly lines: readonly string[] };
  /** What the file says of itself, where people do not look. */
  readonly mark: Readonly<Record<string, string>>;
  readonly rightToLeft: boolean;
}

/** Why a cell has no text. */
type CellFault = 'cell-formula' | 'cell-unreadable';
export type ReadCell = { readonly text: string } | { readonly fault: CellFault };

export interface ReadRow {
  /** As the program shows it, from 2 on: 1 holds the titles. */
  readonly n: number;
  /** By the keys of the columns. */
  readonly cells: Readonly<Record<string, ReadCell>>;
}

/** A sheet as it came back. */
export interface SheetRead {
  readonly title: string;
  readonly mark: Readonly<Record<string, string>>;
  /** The letters of the columns by their keys; of one that is gone there are none. */
  readonly letters: Readonly<Record<string, string>>;
  readonly rows: readonly ReadRow[];
}

/** The sheet that people do not see, with a key and a value a row; `column <key>` has its title. */
export const MARK_SHEET = 'comity';
export const columnMark = (key: string): string => `column ${key}`;
