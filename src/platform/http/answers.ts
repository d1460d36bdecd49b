import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Refused } from '../refused.js';
import type { ByteRange } from '../storage/file-store.js';
import { rangeOf } from './byte-range.js';
import type { Operation } from './operation.js';
import { speak } from './speaking.js';

/** Bytes on their way out. */
export interface Download {
  /** Called once, when it is known what is wanted of it: all or a range. */
  readonly open: (range?: ByteRange) => Readable | Promise<Readable>;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly fileName: string;
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
  if (operation.returns === 'file') {
    const file = answer as Download;
    return unchanged(request, reply, `"${file.sha256}"`) ? undefined : download(file, exchange);
  }
  // Text comes from the record, where it was put by a presenter; the rest is whitelisted here.
  const whole = typeof answer === 'string' ? answer : operation.returns!.parse(answer);
  const text = typeof whole === 'string' ? whole : JSON.stringify(whole);
  if (unchanged(request, reply, `"${createHash('sha256').update(text).digest('base64url')}"`)) {
    return undefined;
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  link(nextOf(text, answer), request, reply);
  return text;
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

/** A page that comes as text ends with its cursor: it is read without parsing the items. */
function nextOf(text: string, answer: unknown): Record<string, unknown> {
  if (typeof answer !== 'string') return answer as Record<string, unknown>;
  const end = text.slice(text.lastIndexOf('"next":'));
  return { next: /^"next":"([\w-]+)"\}$/.exec(end)?.[1] };
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
