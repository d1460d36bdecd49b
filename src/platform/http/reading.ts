import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { Refused } from '../refused.js';
import { TOO_DEEP, UNREADABLE } from './request.js';
import { MOST } from './server-limits.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const [QUOTE, ESCAPE] = ['"'.charCodeAt(0), '\\'.charCodeAt(0)];
const OPENS = new Set(['[', '{'].map((sign) => sign.charCodeAt(0)));
const CLOSES = new Set([']', '}'].map((sign) => sign.charCodeAt(0)));

/** Whether brackets nest deeper than anything that is asked for; looked at before parsing. */
function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (quoted) {
      if (byte === ESCAPE) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPENS.has(byte)) {
      depth += 1;
      if (depth > MOST.depth) return true;
    } else if (CLOSES.has(byte)) depth -= 1;
  }
  return false;
}

/** Passes bytes on, and ends with a refusal when none have come for so long. */
class Watched extends Transform {
  readonly #timer: NodeJS.Timeout;

  constructor(patience: number) {
    super();
    this.#timer = setTimeout(() => this.destroy(new Refused('request-timeout')), patience).unref();
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#timer.refresh();
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.#timer);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#timer);
    done(error);
  }
}

/** How bodies are read: JSON with care, everything else as a stream, none by who has stopped. */
export function readBodies(server: FastifyInstance, patience: number): void {
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  // What cannot be read is handed on as such: who asks is looked at before what is asked.
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      const text = decode(bytes);
      if (text === undefined) return done(null, UNREADABLE);
      if (text === '') return done(null);
      if (isTooDeep(bytes)) return done(null, TOO_DEEP);
      return parse(request, text, (error, body) => done(null, error ? UNREADABLE : body));
    },
  );
  // Whatever else comes is handed on as a stream: operations that take files read it.
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request)) done(null, watch(payload as Readable, reply.raw, patience));
    else done(null, payload);
  });
}

const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

function watch(payload: Readable, response: ServerResponse, patience: number): Readable {
  const watched = new Watched(patience);
  // Whoever reads it is told; where nobody does, nobody has to be.
  watched.on('error', () => undefined);
  payload.once('error', (error) => watched.destroy(error));
  payload.once('aborted', () => watched.destroy(new Refused('malformed-request')));
  // What was answered without being read is let past, so that the connection can go on.
  response.once('close', () => {
    payload.unpipe(watched).resume();
    watched.destroy();
  });
  return payload.pipe(watched);
}
