import { z } from 'zod';
import { CODES, type RefusalKind } from '../../kernel/codes.js';
import { MOST_FAULTS, STATUS, type Problem } from '../http/problem.js';

/** What the contract says once and refers to: headers, parameters and refusals. */

const text = { type: 'string' as const, maxLength: 8192 };
const always = { required: true, schema: text };

export const headers = {
  CorrelationId: {
    description: 'Names this exchange in the logs: quote it when you report a fault',
    required: true,
    schema: { ...text, format: 'uuid', maxLength: 36 },
  },
  NotStored: {
    description: 'Nothing of casework is kept on the way',
    ...always,
    example: 'no-store',
  },
  Cacheable: { description: 'For how long', ...always, example: 'public, max-age=30' },
  VersionTag: {
    description: '`version` of the body, quoted: send it in `If-Match`. Absent from a dry run',
    schema: text,
    example: '"7"',
  },
  BytesTag: {
    description: 'A hash of the very bytes: send it in `If-None-Match`, or in `If-Range`',
    ...always,
    example: '"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"',
  },
  NextPage: {
    description: 'The next page (RFC 8288); absent on the last one',
    schema: text,
    example: '</v1/states?cursor=WyJTVk4iXQ>; rel="next"',
  },
  Created: {
    description: 'The address of what was created',
    ...always,
    example: '/v1/reviews/8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
  },
  Replayed: {
    description: '`true` when this repeats the first answer to the same `Idempotency-Key`',
    schema: { ...text, const: 'true' },
  },
  Challenge: {
    description: 'How to authenticate (RFC 6750)',
    ...always,
    example: 'Bearer realm="comity"',
  },
  RetryAfter: {
    description: 'Seconds to wait (RFC 9110)',
    schema: { ...text, pattern: '^\\d+$' },
    example: '60',
  },
  RateLimit: {
    description:
      'Of each policy that was counted: how many requests are left (`r`), and the seconds until ' +
      'all are again (`t`). Absent where there is no limit',
    schema: text,
    example: '"public";r=599;t=60',
  },
  RateLimitPolicy: {
    description:
      'Each policy that was counted: its quota (`q`) in a window of so many seconds (`w`)',
    schema: text,
    example: '"public";q=600;w=60',
  },
  OpenOrigin: {
    description: 'On what is public alone: pages of any origin may read it, without credentials',
    schema: { ...text, const: '*' },
  },
  Language: {
    description: 'The language that a person reads here (RFC 9110): of the six, the one asked for',
    ...always,
    example: 'fr',
  },
  Varies: {
    description: 'What else than the address the answer depends on',
    schema: text,
    example: 'Accept-Language',
  },
  Digest: {
    description: 'RFC 9530, of the bytes that follow',
    ...always,
    example: 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
  },
  AcceptRanges: { description: 'A part can be asked for', ...always, example: 'bytes' },
  ContentRange: {
    description: 'Which bytes follow, and of how many',
    ...always,
    example: 'bytes 0-1023/146515',
  },
  Size: { description: 'How many bytes there are', ...always, example: 'bytes */146515' },
  Disposition: {
    description: 'A file name to save it under',
    ...always,
    example: 'attachment; filename="openapi.yaml"',
  },
};

export const parameters = {
  IfMatch: {
    in: 'header' as const,
    name: 'If-Match',
    required: true,
    description: 'The version that you read, quoted: 428 without it, 412 when somebody was faster',
    schema: { ...text, pattern: '^(W/)?"\\d{1,9}"$' },
    example: '"7"',
  },
  IfNoneMatch: {
    in: 'header' as const,
    name: 'If-None-Match',
    description: '`ETag` of what you have: 304 while it is unchanged',
    schema: text,
  },
  AcceptLanguage: {
    in: 'header' as const,
    name: 'Accept-Language',
    description: 'Of the six languages, those that you read (RFC 9110): English when none is',
    schema: text,
    example: 'fr-CH, fr;q=0.9, en;q=0.5',
  },
  IdempotencyKey: {
    in: 'header' as const,
    name: 'Idempotency-Key',
    required: true,
    description:
      'A name of your choice for this request: a repeat under it, within 24 hours, returns the ' +
      'first answer and changes nothing',
    schema: { ...text, pattern: '^[!-~]{8,128}$' },
    example: '0b9f8c1e-3d52-4a6b-8f0d-2b1c7e5a9d44',
  },
  Range: {
    in: 'header' as const,
    name: 'Range',
    description: 'One range of bytes (RFC 9110): 206 with that part; of several, all is sent',
    schema: text,
    example: 'bytes=0-1023',
  },
  IfRange: {
    in: 'header' as const,
    name: 'If-Range',
    description: '`ETag` of what you have a part of: all is sent when it is another by now',
    schema: text,
    example: '"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"',
  },
  ReprDigest: {
    in: 'header' as const,
    name: 'Repr-Digest',
    description: 'RFC 9530, sha-256 of the bytes that you send: checked',
    schema: text,
    example: 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
  },
};

type Section = 'headers' | 'parameters' | 'responses';
export const refer = (section: Section, name: string) => ({
  $ref: `#/components/${section}/${name}`,
});
export const header = (name: keyof typeof headers) => refer('headers', name);
export const parameter = (name: keyof typeof parameters) => refer('parameters', name);

const fault = z.strictObject({
  pointer: z.string().optional().meta({ description: 'RFC 6901, into the body' }),
  parameter: z.string().optional().meta({ description: 'Of the address, or a header' }),
  detail: z.string(),
});
const problemSchema = z
  .strictObject({
    type: z.string().meta({ example: 'urn:comity:problem:too-early' }),
    title: z.string().meta({ description: 'In the language of `Content-Language`' }),
    status: z.int(),
    code: z.enum([...CODES.keys()]).meta({ description: 'Stable: what a program should look at' }),
    detail: z.string().optional(),
    facts: z.record(z.string(), z.unknown()).optional().meta({ description: 'What would mend it' }),
    errors: z.array(fault).max(MOST_FAULTS).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; the correlation id is in a header' });

/** The catalogue's entries of one kind. */
export const codesOfKind = (kind: RefusalKind) =>
  [...CODES].filter(([, entry]) => entry.kind === kind);

/** `precondition-required` → `PreconditionRequired` */
export const responseName = (kind: RefusalKind): string =>
  kind.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

function exampleOf(kind: RefusalKind): Problem {
  const [code, { title }] = codesOfKind(kind)[0]!;
  return { type: `urn:comity:problem:${code}`, title, status: STATUS[kind], code };
}

/** The quota of a caller, on whatever is answered. */
export const quota = {
  RateLimit: header('RateLimit'),
  'RateLimit-Policy': header('RateLimitPolicy'),
};
export const openOrigin = { 'Access-Control-Allow-Origin': header('OpenOrigin') };

const MORE_HEADERS: Partial<Record<RefusalKind, object>> = {
  unauthenticated: { 'WWW-Authenticate': header('Challenge') },
  unsatisfiable: { 'Content-Range': header('Size') },
  throttled: { 'Retry-After': header('RetryAfter') },
  unavailable: { 'Retry-After': header('RetryAfter') },
};

/** On every answer that speaks the reader's language. */
export const spoken = { 'Content-Language': header('Language'), Vary: header('Varies') };

const unchanged = {
  description: 'Unchanged: what you have is what there is',
  headers: {
    'X-Correlation-Id': header('CorrelationId'),
    'Cache-Control': header('Cacheable'),
    ETag: header('BytesTag'),
    ...quota,
    ...openOrigin,
  },
};
const unchangedWords = { ...unchanged, headers: { ...unchanged.headers, ...spoken } };
const refusals = (Object.keys(STATUS) as RefusalKind[]).map((kind) => [
  responseName(kind),
  {
    description: codesOfKind(kind)
      .map(([code, { title }]) => `- \`${code}\`: ${title}`)
      .join('\n'),
    headers: {
      'X-Correlation-Id': header('CorrelationId'),
      'Cache-Control': header('NotStored'),
      ...quota,
      ...openOrigin,
      ...spoken,
      ...MORE_HEADERS[kind],
    },
    content: { 'application/problem+json': { schema: problemSchema, example: exampleOf(kind) } },
  },
]);

/** One response for each kind of refusal, which explains every code of that kind. */
export const responses = {
  Unchanged: unchanged,
  UnchangedWords: unchangedWords,
  ...Object.fromEntries(refusals),
};
