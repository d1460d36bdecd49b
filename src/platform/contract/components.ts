import { z } from 'zod';
import { CODES, type RefusalKind } from '../../kernel/codes.js';
import * as fields from '../http/fields.js';
import { MOST_FAULTS, STATUS, type Problem } from '../http/problem.js';
import type { headers, parameters } from './headers.js';

/** What the contract says once and refers to. */
type Section = 'headers' | 'parameters' | 'responses';
export const refer = (section: Section, name: string) => ({
  $ref: `#/components/${section}/${name}`,
});
export const header = (name: keyof typeof headers) => refer('headers', name);
export const parameter = (name: keyof typeof parameters) => refer('parameters', name);

const fault = z.strictObject({
  // It names what was sent, whatever that is.
  pointer: fields
    .written(/^(\/[\s\S]*)?$/)
    .optional()
    .meta({ description: 'RFC 6901, into the body' }),
  parameter: fields.words.optional().meta({ description: 'Of the address, or a header' }),
  detail: fields.words,
});
const problemSchema = z
  .strictObject({
    type: z
      .string()
      .regex(/^urn:comity:problem:[a-z0-9-]+$/)
      .meta({ example: 'urn:comity:problem:too-early' }),
    title: fields.words.meta({ description: 'In the language of `Content-Language`' }),
    status: z.int(),
    code: z.enum([...CODES.keys()]).meta({ description: 'Stable: what a program should look at' }),
    detail: fields.words.optional(),
    facts: z
      .record(fields.code, z.unknown())
      .optional()
      .meta({ description: 'What would mend it' }),
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

/** On every answer of the protocol of resumable uploads. */
export const tus = { 'Tus-Resumable': header('TusResumable'), 'Tus-Version': header('TusVersion') };

/** What the contract says of a header that an operation tells by itself: `Upload-Offset`. */
export const told = (name: string) => header(name.replaceAll('-', '') as keyof typeof headers);

const MORE_HEADERS: Partial<Record<RefusalKind, object>> = {
  unauthenticated: { 'WWW-Authenticate': header('Challenge') },
  unsatisfiable: { 'Content-Range': header('Size') },
  throttled: { 'Retry-After': header('RetryAfter') },
  unavailable: { 'Retry-After': header('RetryAfter') },
};

/** On every answer that speaks the reader's language. */
export const spoken = { 'Content-Language': header('Language'), Vary: header('Varies') };

/** On every answer that comes as a page too. */
export const printed = { 'Content-Language': header('PageLanguage'), Vary: header('Varies') };

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
      ...tus,
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
