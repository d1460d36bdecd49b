import { CONFLICTS } from './codes-of-conflicts.js';

/**
 * The one catalogue of refusals. `kind` says what went wrong in the order in which it
 * is checked; the transport maps kinds to statuses. Titles are English; other languages
 * stand in vocabularies.
 */
export type RefusalKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'malformed'
  | 'unsupported'
  | 'oversized'
  | 'unsatisfiable'
  | 'address-oversized'
  | 'headers-oversized'
  | 'timed-out'
  | 'missing'
  | 'gone'
  | 'precondition-required'
  | 'stale'
  | 'conflict'
  | 'invalid'
  | 'mismatched'
  | 'throttled'
  | 'unavailable'
  | 'internal';

interface CodeEntry {
  readonly kind: RefusalKind;
  readonly title: string;
}

const of = (kind: RefusalKind, titles: Record<string, string>): [string, CodeEntry][] =>
  Object.entries(titles).map(([code, title]) => [code, { kind, title }]);

const entries = [
  ...of('unauthenticated', {
    unauthenticated: 'Sign in: this needs a valid bearer session',
    'wrong-credentials': 'The e-mail address or the password is wrong',
  }),
  ...of('forbidden', {
    forbidden: 'This account may not do that',
    'scope-missing': 'The key lacks the scope that this needs',
    'session-needed': 'No key may do this: sign in',
  }),
  ...of('malformed', {
    'malformed-json': 'The body is not valid JSON',
    'json-too-deep': 'The JSON nests deeper than anything that is asked for',
    'malformed-request': 'The request cannot be read',
    'too-many-parameters': 'The address has more parameters than any operation takes',
    'malformed-cursor': 'The cursor is not one that this list gave out',
    'unknown-field': 'The body has a field that this operation does not know',
    'unknown-parameter': 'The address has a parameter that this operation does not know',
    'invalid-parameter': 'A parameter has a value that is not possible here',
    'unexpected-body': 'This operation takes no body',
    'idempotency-key-missing': 'Send an Idempotency-Key: this operation creates or moves something',
    'malformed-if-match': 'If-Match must be the quoted version, such as "7"',
    'digest-malformed': 'Repr-Digest cannot be read',
    'dry-run-not-offered': 'This operation offers no dry run',
  }),
  ...of('unsupported', {
    'unsupported-media-type': 'The content type is not one that this operation takes',
    'unsupported-type': 'The file is of a type that is not taken',
    'type-differs': 'The file is of another type than it was sent as',
    'executable-file': 'The file is a program',
    'image-file': 'The file is a picture: send the text itself',
    'old-format': 'The file is in an older format: save it as DOCX, ODT or PDF',
  }),
  ...of('oversized', {
    'body-too-large': 'The body is larger than this operation takes',
    'file-too-large': 'The file is larger than the limit',
    'text-too-long': 'The file holds more text than any document',
  }),
  ...of('unsatisfiable', {
    'range-not-satisfiable': 'The file has no such bytes',
  }),
  ...of('address-oversized', {
    'address-too-long': 'The address is longer than any that is taken',
  }),
  ...of('headers-oversized', {
    'headers-too-large': 'The headers are larger than any that are taken',
  }),
  ...of('timed-out', { 'request-timeout': 'The request did not come to its end in time' }),
  ...of('missing', { 'not-found': 'There is no such thing, or you may not see it' }),
  ...of('gone', {
    withdrawn: 'This was withdrawn',
    'upload-ended': 'This upload has run out or was ended: begin another',
  }),
  ...of('precondition-required', {
    'version-required': 'Send If-Match with the version that you read',
  }),
  ...of('stale', {
    stale: 'Somebody changed it since you read it: read again',
    'tus-version-unsupported':
      'Send Tus-Resumable with a version of the protocol that is spoken here',
  }),
  ...of('conflict', CONFLICTS),
  ...of('invalid', {
    'invalid-content': 'The body has values that are not possible here',
    'idempotency-key-reused': 'This Idempotency-Key was used for another request',
    'over-word-limit': 'The document has more words than its kind allows',
    'empty-file': 'The file is empty',
    'not-text': 'The file is not plain text',
    'not-utf8': 'The text is not encoded in UTF-8',
    'damaged-file': 'The file is damaged or incomplete',
    'encrypted-file': 'The file is encrypted: send it without a password',
    'active-content': 'The file runs programs, or holds another file: send it without',
    'no-text-layer': 'The file has no text, only pictures of it',
    'zip-bomb': 'The file unpacks into far more than a document holds',
    'document-too-complex': 'The file takes more time or memory to read than a document may',
    unscrubbable: 'A part of the file cannot be copied without what it may tell',
    'malware-found': 'A malware scanner recognized the file',
    'digest-mismatch': 'The content does not have the digest that was announced',
    'unknown-state': 'There is no such State in the directory',
    'unknown-period': 'The treaty has no such period or opt-out',
    'opt-out-not-offered': 'The treaty lets no Party opt out of this',
    'opt-out-too-long': 'The opt-out lasts longer than the treaty allows',
    'unknown-account': 'There is no account with this address',
    'unknown-scope': 'No operation asks for such a scope',
    'unknown-token': 'The token is not known, was used, or has run out: ask for another',
    'unknown-side': 'There is no such side',
    'unknown-mechanism': 'There is no such mechanism',
    'unknown-cycle': 'There is no such cycle',
    'unknown-session': 'There is no such session in this cycle',
    'unknown-slot': 'There is no such place in a session',
    'unknown-deadline': 'The procedure has no such deadline',
    'unknown-test': 'The procedure has no such test of admissibility',
    'unknown-trigger': 'Nothing of this kind can be filed under the procedure',
    'unknown-intake-field': 'The form has no such field',
    'naming-not-offered': 'The procedure does not offer this: choose another audience of the names',
    'party-mismatched': 'This cannot be filed about this Party by who files it',
    'unknown-member': 'There is no such member of the body',
    'unknown-kind': 'The procedure has no document of this kind',
    'unknown-recommendation': 'One of the recommendations is not part of this review',
    'troika-invalid': 'The troika does not meet the rules of the procedure',
    'draw-invalid': 'The lot cannot have given this under its rules',
    'unknown-speaker': 'There is no such speaker on this list',
    'unknown-question': 'One of the questions is not part of this review',
    'unknown-rapporteur': 'This State is no rapporteur of this review',
    'grade-unknown': 'This side gives no such grade here',
    'unknown-document': 'The record has no such document',
    'position-unknown': 'The procedure has no such position',
    'text-unchanged': 'This is the text that stands',
    'code-unknown': 'The vocabulary has no such code',
    'worklist-differs': 'The file is not this worklist: download it anew',
    'worklist-incomplete': 'The worklist lacks columns: leave them all, under their titles',
    'cell-locked': 'This cell is there to be read: put back what stood in it',
    'cell-formula': 'The cell holds a formula: write the text itself',
    'cell-unreadable': 'The cell cannot be read as text',
    'row-unknown': 'The list has no such item: leave the ids as they were',
    'row-repeated': 'The item stands in the list twice',
    'not-earlier': 'That is no recommendation of an earlier cycle to this State',
    'dates-in-disorder': 'The dates are not in order',
    'names-withheld': 'The text names somebody who is not to be named',
    'institution-apart':
      'What the national human rights institution says stands apart from what others say',
    'receipt-impossible': 'It cannot have been received then',
  }),
  ...of('mismatched', {
    'checksum-mismatch':
      'The chunk does not have the checksum that was sent with it: send it again',
  }),
  ...of('throttled', {
    'rate-limited': 'Too many requests: wait for as long as Retry-After says',
    'too-many-streams': 'An account has only so many streams open at once: end one, or wait',
    'too-many-attempts': 'Too many attempts: wait and try again',
  }),
  ...of('unavailable', { unavailable: 'The service cannot answer just now' }),
  ...of('internal', { internal: 'Something went wrong on our side' }),
] as const;

export const CODES: ReadonlyMap<string, CodeEntry> = new Map(entries);
