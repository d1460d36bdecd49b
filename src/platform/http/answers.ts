import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Operation } from './operation.js';
import { speak } from './speaking.js';

/** Bytes on their way out. */
export interface Download {
  readonly stream: Readable;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly fileName: string;
}

export interface Exchange {
  readonly answer: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Public: a strong ETag over the very bytes, and 304 when the reader has them. */
export function cached(operation: Operation, { answer, request, reply }: Exchange): unknown {
  reply.header('cache-control', 'public, max-age=30');
  if (operation.localized) speak(reply, request);
  if (operation.returns === 'file') {
    const file = answer as Download;
    if (unchanged(request, reply, `"${file.sha256}"`)) {
      file.stream.destroy();
      return undefined;
    }
    return download(file, reply);
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

/** A file as an attachment, with its length and digest. */
export function download(file: Download, reply: FastifyReply): StreamableFile {
  const digest = Buffer.from(file.sha256, 'hex').toString('base64');
  reply.header('repr-digest', `sha-256=:${digest}:`).header('x-content-type-options', 'nosniff');
  return new StreamableFile(file.stream, {
    type: file.mediaType,
    length: file.bytes,
    disposition: `attachment; filename="${file.fileName}"`,
  });
}
