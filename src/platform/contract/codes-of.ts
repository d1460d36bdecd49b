import type { Operation } from '../http/operation.js';

/** What can be wrong with any body, before an operation looks at it. */
const READING = ['malformed-request', 'body-too-large'];
const JSON_BODY = ['unsupported-media-type', 'malformed-json', 'unknown-field', 'invalid-content'];
const IDEMPOTENCY = [
  'idempotency-key-missing',
  'invalid-parameter',
  'idempotency-in-flight',
  'idempotency-key-reused',
];

/**
 * The codes that an operation can answer, sorted: its own, and those that follow from its
 * fields. No answer may carry another; the tests hold every one against this.
 */
export function codesOf(operation: Operation): string[] {
  const { body, params, query } = operation;
  const sets: (readonly string[] | false | undefined)[] = [
    ['unknown-parameter', 'unavailable', 'internal'],
    !operation.open && ['unauthenticated'],
    params && ['not-found'],
    (query ?? operation.dryRun) && ['invalid-parameter'],
    query?.shape['cursor'] && ['malformed-cursor'],
    !operation.dryRun && ['dry-run-not-offered'],
    operation.method !== 'GET' && READING,
    operation.method !== 'GET' && body === undefined && ['unexpected-body'],
    body !== undefined && body !== 'file' && JSON_BODY,
    operation.ifMatch && ['malformed-if-match', 'version-required', 'stale'],
    operation.returns === 'file' && ['range-not-satisfiable'],
    operation.idempotent && IDEMPOTENCY,
    operation.problems,
  ];
  return [...new Set(sets.flatMap((set) => set || []))].toSorted();
}
