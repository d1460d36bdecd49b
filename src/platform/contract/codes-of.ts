import type { Operation } from '../http/operation.js';
import { isLimited } from '../limits/policies.js';
import { askedOf, type Asked } from '../http/scope.js';

/** What the server answers before an operation is reached, or instead of it. */
const ANY = [
  'address-too-long',
  'headers-too-large',
  'internal',
  'malformed-request',
  'request-timeout',
  'too-many-parameters',
  'unavailable',
  'unknown-parameter',
];
/** What can be wrong with any body, before an operation looks at it. */
const READING = ['body-too-large'];
const JSON_BODY = [
  'unsupported-media-type',
  'json-too-deep',
  'malformed-json',
  'unknown-field',
  'invalid-content',
];
const IDEMPOTENCY = [
  'idempotency-key-missing',
  'invalid-parameter',
  'idempotency-in-flight',
  'idempotency-key-reused',
];

const bearing = (asked: Asked): string[] => {
  if (asked === 'nothing') return [];
  if (asked === 'case-key') return ['unauthenticated', 'forbidden'];
  return ['unauthenticated', asked === 'session' ? 'session-needed' : 'scope-missing'];
};

/**
 * The codes that an operation can answer, sorted: its own, and those that follow from its
 * fields. No answer may carry another; the tests hold every one against this.
 */
export function codesOf(operation: Operation): string[] {
  const { body, method, params, query } = operation;
  const looks = method === 'GET' || method === 'HEAD';
  const sets: (readonly string[] | false | undefined)[] = [
    ANY,
    isLimited(operation) && ['rate-limited'],
    bearing(askedOf(operation)),
    operation.mailed && ['session-needed'],
    params && ['not-found'],
    (query ?? operation.dryRun) && ['invalid-parameter'],
    query?.shape['cursor'] && ['malformed-cursor'],
    !operation.dryRun && ['dry-run-not-offered'],
    !looks && READING,
    !looks && body === undefined && ['unexpected-body'],
    typeof body === 'object' && JSON_BODY,
    operation.headers && ['invalid-parameter'],
    operation.tus && operation.method !== 'OPTIONS' && ['tus-version-unsupported'],
    operation.ifMatch && ['malformed-if-match', 'stale'],
    operation.ifMatch === true && ['version-required'],
    operation.returns === 'file' && ['range-not-satisfiable'],
    operation.returns === 'events' && ['too-many-streams'],
    operation.idempotent && IDEMPOTENCY,
    operation.problems,
  ];
  return [...new Set(sets.flatMap((set) => set || []))].toSorted();
}
