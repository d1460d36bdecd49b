import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { Refused } from '../refused.js';
import type { ByteRange } from '../storage/file-store.js';
import { rangeOf } from './byte-range.js';
import type { EventStream } from './event-stream.js';
import type { Operation } from './operation.js';
import { speak, varyBy } from './speaking.js';

export const EVENTS = 'text/event-stream';

/** Bytes on their way out. */
export interface Download {
  /** Called once, when it is known what is wanted of it: all or a range. */
  readonly open: (range?: ByteRange) => Readable | Promise<Readable>;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly fileName: string;
}

/** A whole file that was made just now. */
export const made = (
  bytes: Buffer,
  { mediaType, fileName }: Pick<Download, 'mediaType' | 'fileName'>,
): Download => ({
  open: (range) =>
    Readable.from([
      range ? bytes.subarray(range.start, (range.end ?? bytes.length - 1) + 1) : bytes,
    ]),
  mediaType,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  fileName,
});

/** A page that is ready for the wire, with the cursor that it ends with. */
export class WholePage {
  constructor(
    readonly bytes: Buffer,
    readonly next: string | null,
  ) {}
}

interface Exchange {
  readonly answer: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Public: a strong ETag over the very bytes, and 304 when the reader has them. */
export function cached(operation: Operation, exchange: Exchange): unknown {
  const { answer, request, reply } = exchange;
  reply.header('cache-control', 'public, max-age=30');
  if (operation.localized) speak(reply, request);
  if (operation.returns === 'events') throw new Error(`${operation.id} cannot be cached`);
  if (operation.returns === 'file') {
    const file = answer as Download;
    return unchanged(request, reply, `"${file.sha256}"`) ? undefined : download(file, exchange);
  }
  const { body, next } = readyOf(operation.returns!, answer);
  if (unchanged(request, reply, `"${createHash('sha256').update(body).digest('base64url')}"`)) {
    return undefined;
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  link({ next }, request, reply);
  return body;
}

/** What comes from the record was put there by a presenter; the rest is whitelisted here. */
function readyOf(
  returns: z.ZodType,
  answer: unknown,
): { body: string | Buffer; next?: string | null } {
  if (typeof answer === 'string') return { body: answer };
  if (answer instanceof WholePage) return { body: answer.bytes, next: answer.next };
  const { next } = answer as { next?: string | null };
  return { body: JSON.stringify(returns.parse(answer)), ...(next && { next }) };
}

function unchanged({ headers }: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag);
  const known = headers['if-none-match'];
  if (known === undefined) return false;
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!tags.includes(etag) && !tags.includes('*')) return false;
  reply.status(304);
  return true;
}

/** Says where the next page is, if there is one. */
export function link(
  body: Record<string, unknown>,
  { url }: FastifyRequest,
  reply: FastifyReply,
): void {
  if (typeof body['next'] !== 'string') return;
  const here = new URL(url, 'http://comity.invalid');
  here.searchParams.set('cursor', body['next']);
  // Counted once: the following pages need not be counted again.
  here.searchParams.delete('count');
  reply.header('link', `<${here.pathname}${here.search}>; rel="next"`);
}

/**
 * A file as an attachment, with its length and digest; or the part of it that was asked for.
 *
 * @throws Refused range-not-satisfiable
 */
export async function download(
  file: Download,
  { request, reply }: Pick<Exchange, 'request' | 'reply'>,
): Promise<StreamableFile> {
  const { bytes, sha256 } = file;
  const digest = `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
  const etag = `"${sha256}"`;
  const range = rangeOf(request.headers, { bytes, etag });
  if (range === 'unsatisfiable') {
    reply.removeHeader('etag').header('content-range', `bytes */${bytes}`);
    throw new Refused('range-not-satisfiable', { bytes });
  }
  const stream = await file.open(range);
  reply.header('etag', etag).header('repr-digest', digest).header('accept-ranges', 'bytes');
  reply.header('x-content-type-options', 'nosniff');
  if (range) {
    reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  }
  return new StreamableFile(stream, {
    type: file.mediaType,
    length: range ? range.end - range.start + 1 : bytes,
    disposition: `attachment; filename="${file.fileName}"`,
  });
}

/** Events as they happen, which nobody on the way may hold back. */
export function live(stream: EventStream, reply: FastifyReply): StreamableFile {
  varyBy(reply, 'Accept');
  reply.header('x-accel-buffering', 'no');
  return new StreamableFile(stream, { type: EVENTS });
}

/** Whether a reader stays for what comes, and not for what there is: it names the type of events. */
export const follows = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && new RegExp(`(^|[,\\s])${EVENTS}\\s*([;,]|$)`, 'i').test(headers.accept ?? '');
