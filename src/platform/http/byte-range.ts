import type { IncomingHttpHeaders } from 'node:http';

interface Representation {
  readonly bytes: number;
  readonly etag: string;
}

const ONE = /^bytes=\s*(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))\s*$/;

/**
 * The part of a file that a request asks for (RFC 9110 §14): one range; of several, and of what
 * cannot be read, all is sent; and of a file that is another by now than `If-Range` names.
 */
export function rangeOf(
  { range, 'if-range': unless }: IncomingHttpHeaders,
  { bytes, etag }: Representation,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const [, from, to, last] = ONE.exec(range ?? '') ?? [];
  if (from === undefined && last === undefined) return undefined;
  if (unless !== undefined && unless !== etag) return undefined;
  if (last !== undefined) {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(from);
  if (to && Number(to) < start) return undefined;
  if (start >= bytes) return 'unsatisfiable';
  return { start, end: Math.min(to ? Number(to) : Infinity, bytes - 1) };
}
