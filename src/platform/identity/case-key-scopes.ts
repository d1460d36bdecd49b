/**
 * What a case key is good for: what its bearer takes part in, what they are told of it, and asking
 * that what endangers somebody be taken back. Not for calendars, directories, seats, or programs
 * and mail, which somebody without a name has none of.
 */
export const CASE_KEY_SCOPES: readonly string[] = [
  'communications:read',
  'communications:write',
  'documents:read',
  'documents:write',
  'me:read',
  'notices:read',
  'notices:write',
  'reviews:read',
  'reviews:write',
  'withdrawals:read',
  'withdrawals:write',
];
