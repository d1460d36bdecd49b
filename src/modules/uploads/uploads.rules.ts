import { CODES, type RefusalKind } from '../../kernel/codes.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { Upload } from './uploads.entity.js';

const HOUR = 3_600_000;
/** An upload ends so long after the last of it came. */
const LASTS = 24 * HOUR;
/** Uploads under way of one account; pieces of one upload. */
export const MOST = { uploads: 10, parts: 10_000 };

export const EXTENSIONS = [
  'creation',
  'creation-with-upload',
  'termination',
  'expiration',
  'checksum',
];
export const ALGORITHMS = ['sha1', 'sha256'] as const;

/** When an upload ends of which something came now. */
export const expiry = (now = Date.now()): Date => new Date(now + LASTS);

/** @returns the refusal `upload-ended` for what nobody can go on with */
export const endedRefused = ({ status, expiresAt }: Upload, now = Date.now()): Refusal | null =>
  status === 'ended' || expiresAt.getTime() <= now ? refusal('upload-ended', {}) : null;

/** @returns the refusal `upload-offset-differs` {offset} where the client is not at its place */
export const offsetRefused = ({ received }: Upload, offset: number): Refusal | null =>
  offset === received ? null : refusal('upload-offset-differs', { offset: received });

/** Refused for what it holds, a file is refused again whenever it is sent. */
const OF_THE_FILE = new Set<RefusalKind | undefined>(['unsupported', 'oversized', 'invalid']);
export const isOfTheFile = (code: string): boolean => OF_THE_FILE.has(CODES.get(code)?.kind);

/** What `filetype` of the metadata says, as a content type; that says nothing where there is none. */
export function fileTypeOf(metadata: string | undefined): string {
  const pairs = (metadata ?? '').split(',').map((pair) => pair.trim().split(' '));
  const [, encoded = ''] = pairs.find(([key]) => key === 'filetype') ?? [];
  const type = Buffer.from(encoded, 'base64').toString('utf8').split(';')[0]!;
  return type.trim().toLowerCase() || 'application/octet-stream';
}
