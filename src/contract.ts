import 'reflect-metadata';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { stringify } from 'yaml';
import { CAPABILITIES, PLATFORM_CONTROLLERS } from './app.module.js';
import { CODES } from './kernel/codes.js';
import { TestClockController } from './modules/proceedings/test-clock.controller.js';
import { dryRun } from './platform/http/fields.js';
import { OPERATION, type Operation } from './platform/http/operation.js';
import { STATUS } from './platform/http/problem.js';

type ControllerClass = new (...args: never[]) => object;

/** Every operation that a controller routes, read from its metadata. */
export function operations(): Operation[] {
  const ofModules = CAPABILITIES.flatMap(
    (module) => (Reflect.getMetadata('controllers', module) ?? []) as ControllerClass[],
  );
  return [...PLATFORM_CONTROLLERS, ...ofModules, TestClockController].flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const method = (controller.prototype as Record<string, object>)[name]!;
      return (Reflect.getMetadata(OPERATION, method) ?? []) as Operation | [];
    }),
  );
}

const fault = z.strictObject({
  pointer: z.string().optional(),
  parameter: z.string().optional(),
  detail: z.string(),
});
const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum([...CODES.keys()]),
    detail: z.string().optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
    errors: z.array(fault).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; the correlation id is in a header' });

/** The codes that an operation can answer: its own, and those that follow from its fields. */
export function codesOf(operation: Operation): string[] {
  const { body, params, query } = operation;
  const sets: (readonly string[] | false | undefined)[] = [
    ['unknown-parameter', 'unavailable', 'internal'],
    !operation.open && ['unauthenticated'],
    params && ['not-found'],
    (query ?? operation.dryRun) && ['invalid-parameter'],
    query?.shape['cursor'] && ['malformed-cursor'],
    !operation.dryRun && ['dry-run-not-offered'],
    body === undefined && operation.method !== 'GET' && ['unexpected-body'],
    body !== undefined &&
      body !== 'file' && [
        'malformed-json',
        'unknown-field',
        'invalid-content',
        'unsupported-media-type',
        'body-too-large',
      ],
    operation.ifMatch && ['malformed-if-match', 'version-required', 'stale'],
    operation.idempotent && [
      'idempotency-key-missing',
      'invalid-parameter',
      'idempotency-in-flight',
      'idempotency-key-reused',
    ],
    operation.problems,
  ];
  return [...new Set(sets.flatMap((set) => set || []))].toSorted();
}

function problemResponses(operation: Operation): Record<string, object> {
  const byStatus = new Map<number, string[]>();
  for (const code of codesOf(operation)) {
    const entry = CODES.get(code);
    if (!entry) throw new Error(`${operation.id}: ${code} is not in the catalogue`);
    const status = STATUS[entry.kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${CODES.get(code)!.title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

const headers = (operation: Operation) =>
  z.object({
    ...(operation.ifMatch && {
      'If-Match': z
        .string()
        .optional()
        .meta({ description: 'The version that you read, quoted; 428 without it', example: '"7"' }),
    }),
    ...(operation.idempotent && {
      'Idempotency-Key': z
        .string()
        .min(8)
        .max(128)
        .meta({ description: 'A repeat with the same key returns the first answer, for 24 hours' }),
    }),
    ...(operation.body === 'file' && {
      'Repr-Digest': z
        .string()
        .optional()
        .meta({ description: 'RFC 9530, sha-256; checked', example: 'sha-256=:…:' }),
    }),
    ...(operation.cached && {
      'If-None-Match': z.string().optional().meta({ description: '304 when it is unchanged' }),
    }),
  });

function success(operation: Operation): Record<string, object> {
  const { returns } = operation;
  if (!returns) return { '204': { description: 'Done' } };
  if (returns === 'file') {
    const bytes = { schema: { type: 'string' as const, contentMediaType: 'text/plain' } };
    return { '200': { description: 'The bytes', content: { 'text/plain': bytes } }, '304': { description: 'Unchanged' } };
  }
  const status = String(operation.status ?? 200);
  const answer = { description: 'Done', content: { 'application/json': { schema: returns } } };
  const rehearsed = operation.dryRun && status !== '200';
  return {
    [status]: operation.dryRun && !rehearsed ? either(returns) : answer,
    ...(rehearsed && {
      '200': { description: 'Rehearsed', content: { 'application/json': { schema: dryRun } } },
    }),
    ...(operation.cached && { '304': { description: 'Unchanged' } }),
  };
}

const either = (returns: z.ZodType) => ({
  description: 'Done; or, with `dryRun=true`, what would happen',
  content: { 'application/json': { schema: z.union([returns, dryRun]) } },
});

const dryRunParameter = z
  .enum(['true', 'false'])
  .optional()
  .meta({ description: 'Run everything, change nothing, and say what would happen' });

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, body, params, query } = operation;
  const asked = operation.dryRun ? (query ?? z.object({})).extend({ dryRun: dryRunParameter }) : query;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    ...(operation.open ? { security: [] } : {}),
    ...(operation.testOnly && { 'x-test-only': true }),
    requestParams: { ...(params && { path: params }), ...(asked && { query: asked }), header: headers(operation) },
    ...(body && {
      requestBody: {
        required: true,
        content:
          body === 'file'
            ? { 'text/plain': { schema: { type: 'string' as const } } }
            : { 'application/json': { schema: body } },
      },
    }),
    responses: { ...success(operation), ...problemResponses(operation) },
  } as ZodOpenApiOperationObject;
}

const TAGS = {
  'sign-in': 'Sessions, and what concerns me',
  directory: 'States, organizations, bodies, accounts and memberships',
  mechanisms: 'The procedures, as data',
  calendar: 'Cycles, sessions, the schedule and the clock',
  reviews: 'Reviews and their moves',
  documents: 'What is filed',
  recommendations: 'What States recommend, and the answers',
  record: 'What has been published, for everybody',
  operation: 'For whoever runs the service',
};

/** The contract, OpenAPI 3.1, from the operations alone. */
export function contract() {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const each of operations()) {
    (paths[each.path] ??= {})[each.method.toLowerCase()] = describe(each);
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Comity',
        version: '1.0.0',
        description: 'Peer review among States and treaty-compliance procedures. See README.md.',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      servers: [{ url: '/' }],
      security: [{ session: [] }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: paths as ZodOpenApiPathsObject,
      components: {
        securitySchemes: {
          session: { type: 'http', scheme: 'bearer', description: 'From `POST /v1/auth/login`' },
        },
      },
    },
    // A format says it; the expressions behind it would fill pages.
    { override: ({ jsonSchema }) => void (jsonSchema.format && delete jsonSchema.pattern) },
  );
}

export const contractText = (): string =>
  stringify(contract(), { lineWidth: 100, aliasDuplicateObjects: false });
