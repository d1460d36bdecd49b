import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { z } from 'zod';
import { CODES, type RefusalKind } from '../../kernel/codes.js';
import { dryRun } from '../http/fields.js';
import { EVENTS } from '../http/answers.js';
import type { Operation } from '../http/operation.js';
import { STATUS } from '../http/problem.js';
import { askedOf } from '../http/scope.js';
import { CASE_KEY_SCOPES } from '../identity/case-key-scopes.js';
import { BIGGEST_FILE } from './bounds.js';
import { codesOf } from './codes-of.js';
import {
  codesOfKind,
  header,
  openOrigin,
  parameter,
  quota,
  refer,
  responseName,
  printed,
  spoken,
  told,
  tus,
} from './components.js';

const dryRunParameter = z
  .enum(['true', 'false'])
  .optional()
  .meta({
    description: 'Run everything, change nothing, and say what would happen',
    param: { id: 'DryRun' },
  });

/** An operation as the contract tells it; everything follows from its definition. */
export function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, params, query } = operation;
  const asked = operation.dryRun
    ? (query ?? z.object({})).extend({ dryRun: dryRunParameter })
    : query;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    ...bearing(operation),
    ...(operation.shownOnce && { 'x-shown-once': true }),
    ...(operation.testOnly && { 'x-test-only': true }),
    requestParams: {
      ...(params && { path: params }),
      ...(asked && { query: asked }),
      ...(operation.headers && { header: operation.headers }),
    },
    parameters: headerParameters(operation),
    ...(operation.body && {
      requestBody: {
        required: operation.body !== 'chunk',
        content: contentOf(operation.body, operation),
      },
    }),
    responses: { ...successes(operation), ...refusalsOf(operation) },
  };
}

/** Who may ask: everybody, a session, a key with the scope as well, and a case key where it is good for that. */
function bearing(
  operation: Operation,
): Pick<ZodOpenApiOperationObject, 'security'> & { 'x-scope'?: string } {
  const asked = askedOf(operation);
  if (asked === 'nothing') return { security: [] };
  if (asked === 'session') return { security: [{ session: [] }] };
  if (asked === 'case-key') return { security: [{ caseKey: [] }] };
  const { scope } = asked;
  const byCaseKey = CASE_KEY_SCOPES.includes(scope) && !operation.mailed;
  return {
    'x-scope': scope,
    security: [{ session: [] }, { key: [scope] }, ...(byCaseKey ? [{ caseKey: [scope] }] : [])],
  };
}

/** The file's types: text is text, the others are bytes. */
function contentOf(content: z.ZodType | 'file' | 'chunk' | 'events', operation: Operation) {
  if (content === 'events') return { [EVENTS]: { schema: events } };
  if (typeof content === 'object') return { 'application/json': { schema: content } };
  const { mediaType = 'text/plain', mediaTypes = [mediaType] } = operation;
  return Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      { schema: { ...file, ...(!isText(type) && { format: 'binary' }) } },
    ]),
  );
}

const page = { type: 'string' as const, maxLength: 200_000, description: 'One page, for print' };
const events = {
  type: 'string' as const,
  maxLength: BIGGEST_FILE,
  description: 'Server-sent events, as WHATWG HTML frames them',
  pattern: String.raw`^retry: \d+\n`,
  examples: ['retry: 5000\n\nid: WyJzdHJlYW1Ob3RpY2VzIl0\nevent: start\ndata: {}\n\n'],
};
const file = { type: 'string' as const, maxLength: BIGGEST_FILE };
const isText = (mediaType: string): boolean => /^text\/|yaml$/.test(mediaType);

function headerParameters(operation: Operation) {
  return [
    ...(operation.tus && operation.method !== 'OPTIONS' ? [parameter('TusResumable')] : []),
    ...(operation.ifMatch === true ? [parameter('IfMatch')] : []),
    ...(operation.ifMatch === 'optional' ? [parameter('IfMatchNow')] : []),
    ...(operation.idempotent ? [parameter('IdempotencyKey')] : []),
    ...(operation.body === 'file' ? [parameter('ReprDigest')] : []),
    ...(operation.cached ? [parameter('IfNoneMatch')] : []),
    ...(operation.returns === 'file' ? [parameter('Range'), parameter('IfRange')] : []),
    ...(operation.localized || operation.printable ? [parameter('AcceptLanguage')] : []),
  ];
}

/** Whether what comes back has a field of this name. */
const answers = ({ returns }: Operation, field: string): boolean =>
  returns instanceof z.ZodObject && field in returns.shape;

const everywhere = (operation: Operation) => ({
  'X-Correlation-Id': header('CorrelationId'),
  'Cache-Control': header(operation.cached ? 'Cacheable' : 'NotStored'),
  ...quota,
  ...(operation.cached && openOrigin),
  ...(operation.tus && tus),
  ...Object.fromEntries(Object.keys(operation.tells ?? {}).map((name) => [name, told(name)])),
  ...(operation.localized && spoken),
  ...(operation.printable && printed),
  ...(operation.returns === 'events' && { 'X-Accel-Buffering': header('Unbuffered') }),
});

function successHeaders(operation: Operation) {
  return {
    ...everywhere(operation),
    ...((operation.cached || operation.returns === 'file') && { ETag: header('BytesTag') }),
    ...(!operation.cached && answers(operation, 'version') && { ETag: header('VersionTag') }),
    ...(answers(operation, 'next') && { Link: header('NextPage') }),
    ...(operation.location && { Location: header('Created') }),
    ...(operation.idempotent && { 'Idempotency-Replayed': header('Replayed') }),
    ...(operation.returns === 'file' && {
      'Repr-Digest': header('Digest'),
      'Content-Disposition': header('Disposition'),
      'Accept-Ranges': header('AcceptRanges'),
    }),
  };
}

function successes(operation: Operation): ZodOpenApiOperationObject['responses'] {
  const { returns, status = 200 } = operation;
  if (!returns) return { '204': { description: 'Done', headers: everywhere(operation) } };
  const either = operation.dryRun && status === 200 && typeof returns === 'object';
  return {
    [`${status}` as '200']: {
      description: either ? 'Done; or, with `dryRun=true`, what would happen' : 'Done',
      headers: successHeaders(operation),
      content: {
        ...contentOf(either ? z.union([returns, dryRun]) : returns, operation),
        ...(operation.printable && { 'text/html': { schema: page } }),
      },
    },
    ...(operation.dryRun &&
      status !== 200 && {
        '200': {
          description: 'With `dryRun=true`: what would happen',
          headers: everywhere(operation),
          content: { 'application/json': { schema: dryRun } },
        },
      }),
    ...(returns === 'file' && {
      '206': {
        description: 'The part that `Range` asked for',
        headers: { ...successHeaders(operation), 'Content-Range': header('ContentRange') },
        content: contentOf(returns, operation),
      },
    }),
    ...(operation.cached && {
      '304': refer('responses', operation.localized ? 'UnchangedWords' : 'Unchanged'),
    }),
  };
}

/** One response a status: the shared one, named the codes that are possible here unless all are. */
function refusalsOf(operation: Operation): ZodOpenApiOperationObject['responses'] {
  const byKind = new Map<RefusalKind, string[]>();
  for (const code of codesOf(operation)) {
    const entry = CODES.get(code);
    if (!entry) throw new Error(`${operation.id}: ${code} is not in the catalogue`);
    byKind.set(entry.kind, [...(byKind.get(entry.kind) ?? []), code]);
  }
  return Object.fromEntries(
    [...byKind].map(([kind, codes]) => [
      String(STATUS[kind]),
      {
        ...refer('responses', responseName(kind)),
        ...(codes.length < codesOfKind(kind).length && {
          description: codes.map((code) => `\`${code}\``).join(', '),
        }),
      },
    ]),
  );
}
