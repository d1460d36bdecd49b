import {
  applyDecorators,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import type { Viewer } from '../identity/viewer.js';
import type { Language } from '../labels/languages.js';
import type { ArrivedRequest } from './request.js';

type Shape = z.ZodObject;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route serves: known before anybody is asked who they are. */
    operation?: Operation;
  }
}

/**
 * One operation of the contract: the only source of its route, its validation, its types
 * and its entry in `openapi.yaml`.
 */
export interface Operation {
  /** `operationId`, lowerCamelCase. */
  readonly id: string;
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in OpenAPI: `/reviews/{id}`; everything but health stands under `/v1`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** No session is needed. */
  readonly open?: boolean;
  /** What a key needs for this, or that no key may do it, where that is not what `askedOf` derives. */
  readonly scope?: `${string}:${'read' | 'write'}` | 'session' | 'case-key';
  /** Concerns mail, which whoever bears a case key has none of. */
  readonly mailed?: true;
  /** Registered in test mode alone. */
  readonly testOnly?: boolean;
  readonly params?: Shape;
  readonly query?: Shape;
  /** Headers that it takes beside those of the fields below, by their names. */
  readonly headers?: Shape;
  /** A JSON body, the bytes of a file, or some of them or none. */
  readonly body?: z.ZodType | 'file' | 'chunk';
  /** What comes back; absent: 204. `file` streams; `events` are sent as they happen. */
  readonly returns?: z.ZodType | 'file' | 'events';
  /** Of the file that is taken or comes back; plain text unless said. */
  readonly mediaType?: string;
  /** Of a file that may be of several kinds. */
  readonly mediaTypes?: readonly string[];
  readonly status?: 200 | 201 | 202 | 204;
  /** Address of what was created, its parts taken from what comes back: `/v1/reviews/{id}`. */
  readonly location?: string;
  /** Headers of a success, by their names, each written from what is answered; or left out. */
  readonly tells?: Readonly<Record<string, (answer: never) => string | undefined>>;
  /** Takes an `Idempotency-Key`, which it requires. */
  readonly idempotent?: boolean;
  /** Answers a secret, once: nothing of it is stored, so it takes no `Idempotency-Key`. */
  readonly shownOnce?: boolean;
  /** Changes the version that `If-Match` names; `optional` where one was named before. */
  readonly ifMatch?: true | 'optional';
  /** Speaks the protocol of resumable uploads, whose version every request names. */
  readonly tus?: boolean;
  readonly dryRun?: boolean;
  /** Public and cacheable for 30 s, with a hash of the bytes as its ETag. */
  readonly cached?: boolean;
  /** Answers in the reader's language, by `Accept-Language` or the parameter `language`. */
  readonly localized?: boolean;
  /** Comes as a page for print too, to whoever prefers `text/html`, in the reader's language. */
  readonly printable?: boolean;
  /** Codes beyond those that follow from the fields above. */
  readonly problems?: readonly string[];
}

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;

/** What a handler gets: everything validated, and the person who asks. */
export interface Input<O extends Operation> {
  readonly viewer: O['open'] extends true ? undefined : Viewer;
  readonly params: Parsed<O['params']>;
  readonly query: Parsed<O['query']>;
  readonly headers: Parsed<O['headers']>;
  readonly body: Parsed<O['body']>;
  /** Version of `If-Match`; undefined when not sent, which is for the use case to refuse. */
  readonly ifMatch: number | undefined;
  /** Of the reader, for what is localized or printed; English elsewhere. */
  readonly language: Language;
  readonly request: ArrivedRequest;
}

export const OPERATION = Symbol('operation');

/** Whether it changes nothing and brings no body. */
export const isRead = ({ method }: Pick<Operation, 'method'>): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** Keeps the literal types of an operation. */
export const operation = <const O extends Operation>(definition: O): O => definition;

/** Routes a controller's method by its operation; public reads are left to the public lane. */
export function Route(definition: Operation): MethodDecorator {
  if (definition.cached) return SetMetadata(OPERATION, definition);
  const path = definition.path.replaceAll(/\{(\w+)\}/g, ':$1');
  return applyDecorators(
    RequestMapping({ path, method: RequestMethod[definition.method] }),
    HttpCode(definition.status ?? (definition.returns ? 200 : 204)),
    SetMetadata(OPERATION, definition),
    RouteConfig({ operation: definition }),
  );
}

/** The validated input of the route's operation. */
export const In = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<ArrivedRequest>().input,
);
