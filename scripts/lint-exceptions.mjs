/**
 * What the linters of the contract find and the contract keeps, each with its reason: `rule`, and
 * `at` which places (a pattern over the JSON pointer). One that nothing falls under is a fault.
 */
const open =
  '(/health/|/openapi\\.yaml|/v1/(auth/login|auth/password-resets|auth/recoveries|case-keys/post|states|vocabularies|bodies/\\{key\\}/(members|seats)/get|treaties/get|treaties/\\{key\\}/parties/get|mechanisms|' +
  'cycles/get|sessions/get|sessions/\\{id\\}/(get|schedule/get|calendar/get|lots/get)|calendar-feeds/|unsubscriptions/|lots/\\{id\\}/get|receipt-keys/get|record/|documents/\\{id\\}/uploads/options))';

export const EXCEPTIONS = [
  {
    rule: 'owasp:api2:2023-write-restricted',
    at: /^\/paths\/\/v1\/(auth\/(login|password-resets|recoveries)|case-keys|invitations\/accept|unsubscriptions\/\{token\})\//,
    why: 'Who signs in, or has forgotten a password or was invited, or files without an account, has no session yet, and a mail program never has one; guesses are throttled',
  },
  {
    rule: 'owasp:api2:2023-read-restricted',
    at: new RegExp(`^/paths/${open}`),
    why: 'The record and the reference are public: a database role without other rights reads them; a secret address is what a calendar or mail program can bear',
  },
  {
    rule: 'owasp:api2:2023-no-credentials-in-url',
    at: /(calendar-feeds|unsubscriptions)\/\{token\}/,
    why: 'Calendar and mail programs send no headers; the address reads one calendar, or ends mail, alone, is kept as a hash, and ends',
  },
  {
    rule: 'owasp:api8:2023-define-error-responses-401',
    at: new RegExp(`^/paths/${open}`),
    why: 'Open operations ask for no session, and so never answer 401',
  },
  {
    rule: 'owasp:api8:2023-define-cors-origin',
    at: /\/headers$/,
    why: 'No page of another origin may speak for somebody: only the public record has the header',
  },
  {
    rule: 'owasp:api4:2023-rate-limit-responses-429',
    at: /\/responses$/,
    why: 'A quota answers 429 only where one is enforced',
  },
  {
    rule: 'oas3-operation-security-defined',
    at: /\/security\/\d+\/(key|caseKey)\/\d+$/,
    why: 'OpenAPI 3.1 lets any scheme name what it asks for; the rule knows the scopes of OAuth alone',
  },
  {
    rule: 'owasp:api4:2023-string-restricted',
    at: /\/content\/(text\/(plain|html|calendar)|application\/yaml)\/schema$/,
    why: 'The text of a file is whatever its author wrote, a page whatever it says; what is sent and no UTF-8 text is refused by its bytes',
  },
  {
    rule: 'owasp:api8:2023-define-error-(responses-\\d+|validation)',
    at: /\/definition\/(properties\/)?responses$/,
    why: 'A field of that name in the definition of a procedure, no answers of an operation',
  },
];
