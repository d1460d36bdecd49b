import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inProject } from '../../config/project-root.js';
import { Refused } from '../refused.js';
import { ProblemFilter } from './problem.filter.js';
import type { ArrivedRequest } from './request.js';

const installed = createRequire(import.meta.url);
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** Every file that is served, by its name: what is not here is not looked for. */
const FILES = new Map<string, () => string>([
  ['index.html', () => inProject('reference/index.html')],
  ['reference.js', () => inProject('reference/reference.js')],
  ['reference.css', () => inProject('reference/reference.css')],
  ['logo.svg', () => inProject('reference/logo.svg')],
  ['swagger-ui.css', () => installed.resolve('swagger-ui-dist/swagger-ui.css')],
  ['swagger-ui-bundle.js', () => installed.resolve('swagger-ui-dist/swagger-ui-bundle.js')],
]);

/** Nothing but what this house serves, no scripts or styles in the page itself. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Asset {
  readonly bytes: Buffer;
  readonly etag: string;
}

/**
 * `/docs`, for people: the contract as pages, with a form for every operation. Pages for a browser
 * are no operations: they alone stand beside the contract, which the tests of its routes say.
 */
@Injectable()
export class ReferencePages implements OnModuleInit {
  readonly #assets = new Map<string, Promise<Asset>>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly filter: ProblemFilter,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.get('/docs', (request, reply) => this.send('index.html', request, reply));
    server.get<{ Params: { file: string } }>('/docs/:file', (request, reply) =>
      this.send(request.params.file, request, reply),
    );
  }

  private async send(name: string, arrived: unknown, reply: FastifyReply): Promise<FastifyReply> {
    const request = arrived as ArrivedRequest;
    const file = FILES.get(name);
    if (!file) {
      this.filter.answer(new Refused('not-found'), request, reply);
      return reply;
    }
    const { bytes, etag } = await this.asset(name, file);
    reply
      .header('content-security-policy', POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', name.endsWith('html') ? 'no-cache' : 'public, max-age=3600')
      .header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    return reply.type(`${typeOf(name)}; charset=utf-8`).send(bytes);
  }

  private asset(name: string, file: () => string): Promise<Asset> {
    const known = this.#assets.get(name) ?? read(file());
    this.#assets.set(name, known);
    return known;
  }
}

const typeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES];

async function read(file: string): Promise<Asset> {
  const bytes = await readFile(file);
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` };
}
