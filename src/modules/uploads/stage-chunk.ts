import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Refused } from '../../platform/refused.js';
import type { FileStore, StagedFile } from '../../platform/storage/file-store.js';

/** Bytes of a file as they came. */
interface Chunk {
  /** All but the byte that ends the file; nothing where none came. */
  readonly staged: StagedFile | undefined;
  /** That byte: it is kept in hand, for it counts only when the whole file is taken. */
  readonly last: Buffer | undefined;
  /** Why no more came, where the line broke. */
  readonly cut: unknown;
}

interface Bounds {
  /** Bytes that the file still lacks. */
  readonly room: number;
  /** `sha1` or `sha256`, and the digest in Base64. */
  readonly checksum: string | undefined;
}

/**
 * Stages what comes, also of a line that breaks: but nothing that a checksum was sent with, and
 * does not bear out.
 *
 * @throws Refused `body-too-large` for more than the file lacks, or `checksum-mismatch`
 */
export async function stageChunk(
  files: FileStore,
  source: Readable,
  { room, checksum }: Bounds,
): Promise<Chunk> {
  const [algorithm, announced] = checksum?.split(' ') ?? [];
  const hash = algorithm === undefined ? undefined : createHash(algorithm);
  let came = 0;
  let last: Buffer | undefined;
  let cut: unknown;
  const coming = async function* (): AsyncGenerator<Buffer> {
    const pieces = source.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
    for (;;) {
      // A line that breaks ends the chunk, and not what has come of it.
      const next = await pieces.next().catch((error: unknown) => {
        cut = error ?? new Refused('malformed-request');
      });
      if (!next || next.done) return;
      const piece = next.value;
      came += piece.length;
      if (came > room) throw new Refused('body-too-large', { allowed: room });
      hash?.update(piece);
      const ends = came === room && piece.length > 0;
      if (ends) last = piece.subarray(-1);
      yield ends ? piece.subarray(0, -1) : piece;
    }
  };
  const staged = await files.stage(Readable.from(coming()), { maxBytes: room });
  const borneOut = !hash || (cut === undefined && hash.digest('base64') === announced);
  if (staged.bytes === 0 || !borneOut) await files.discard(staged.key);
  if (!borneOut) throw cut ?? new Refused('checksum-mismatch');
  return { staged: staged.bytes > 0 ? staged : undefined, last, cut };
}
