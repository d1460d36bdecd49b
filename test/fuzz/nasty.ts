import fc from 'fast-check';

/** What no schema means and some client sends. */

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\uD800',
  'x\uDFFFy',
  '\u202Egnp.exe',
  '\uFEFFmark',
  'e\u0301'.repeat(3),
  `Z${'\u0351'.repeat(400)}`,
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'ﬁ①Å',
  '\r\nset-cookie: a=b',
  "' OR 1=1 --",
  '$1); DROP TABLE casework.proceeding; --',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%00%2e%2e%2f',
  '${jndi:ldap://127.0.0.1/a}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e3',
  '0x10',
  '١٢٣',
  '9'.repeat(40),
  '9999-12-31',
  '0000-00-00',
  '2027-02-30',
  '2027-13-01T00:00:00Z',
  '2027-01-01T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'svn',
  'SVN ',
  'ＳＶＮ',
];

export const nastyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(100, 1_001, 10_001, 100_001).map((n) => 'a'.repeat(n)) },
);

const NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1e-320,
  1e308,
  2 ** 31,
  2 ** 31 - 1,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  -(2 ** 63),
  201,
  10_000,
];
const nastyNumber = fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true }));

const nested = (depth: number, how: 'array' | 'object'): unknown => {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = how === 'array' ? [value] : { a: value };
  return value;
};
/** As JSON brings it: a key of its own, not a prototype. */
const polluting = (): unknown =>
  JSON.parse('{"__proto__":{"administrator":true},"constructor":{"prototype":{"a":1}}}');

const structure = fc.oneof(
  fc.constantFrom<unknown>([], {}, [null], [[]], null, true, false),
  fc.constant(null).map(polluting),
  fc
    .tuple(fc.constantFrom(50, 2_000), fc.constantFrom('array' as const, 'object' as const))
    .map(([depth, how]) => nested(depth, how)),
  fc.constantFrom(300, 5_000).map((n) => Array.from({ length: n }, (_, i) => i)),
  fc
    .constantFrom(300, 3_000)
    .map((n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, i]))),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Any value that JSON can hold. */
export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: nastyText },
  { weight: 3, arbitrary: nastyNumber },
  { weight: 3, arbitrary: structure },
);
