import type { Operation } from './operation.js';

/**
 * On every answer, refusals and files too. Answers are data: nothing may be run, framed, guessed
 * or embedded. A route whose answers are pages sets its own over these with `reply.header`.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * What was published may be read by the pages of others: by everybody, so without credentials.
 * Everything else is closed to them; there is no preflight to ask.
 */
const PUBLIC_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, RateLimit, RateLimit-Policy, Repr-Digest, Retry-After, X-Correlation-Id',
};

export const securityHeadersOf = (operation: Operation | undefined) =>
  operation?.cached && operation.open ? PUBLIC_HEADERS : SECURITY_HEADERS;
