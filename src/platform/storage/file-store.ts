import type { Readable } from 'node:stream';

/** The token under which the store of this process is injected. */
export const FILE_STORE = Symbol('FILE_STORE');

/** First and last byte, both included, as in a `Range` header. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface StagedFile {
  readonly key: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Where files lie: a folder, later an object store. A file is first staged, then kept when
 * the transaction that names it has been committed; a staged file that nobody keeps is an
 * orphan and gets swept. Keys are random: neither content nor name can be guessed from
 * them, nor the key from either. `open`, `size` and `copy` know staged and kept files alike.
 *
 * Every method throws `MalformedFileKey` for what cannot be a key.
 */
export interface FileStore {
  /**
   * Streams a source to a new key, hashing while it writes. Nothing stays behind when the
   * source breaks off. The source is not destroyed when it is too large, so that the caller
   * can still answer on the connection that it comes from.
   *
   * @throws FileTooLarge at the first byte beyond `maxBytes`
   */
  stage(source: Readable, limits: { readonly maxBytes: number }): Promise<StagedFile>;

  /**
   * The content, or a range of it; the caller must read or destroy the stream.
   *
   * @throws FileNotFound; RangeError where the range begins beyond the end
   */
  open(key: string, range?: ByteRange): Promise<Readable>;

  /** @throws FileNotFound */
  size(key: string): Promise<number>;

  /** Makes a staged file a kept one; a kept one stays so. @throws FileNotFound */
  keep(key: string): Promise<void>;

  /** Stages the same content under another key. @throws FileNotFound */
  copy(key: string): Promise<string>;

  /** Removes a file, staged or kept; one that is gone already is none to complain of. */
  remove(key: string): Promise<void>;

  /** Removes a file unless it has been kept by now: for the sweep. */
  discard(key: string): Promise<void>;

  /** The keys of what was staged, wholly or in part, and not written to since an instant. */
  staged(olderThan: Date): AsyncIterable<string>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';

  /** @param limit the largest size that was allowed, in bytes */
  constructor(readonly limit: number) {
    super(`the file is larger than ${limit} bytes`);
  }
}

export class FileNotFound extends Error {
  override readonly name = 'FileNotFound';

  constructor() {
    super('no file under this key');
  }
}

export class MalformedFileKey extends Error {
  override readonly name = 'MalformedFileKey';

  constructor() {
    super('not a key of a file');
  }
}
