import fc from 'fast-check';
import type { Mutation } from './mutate-address.js';

const DIGEST = 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:';

/** Values of the headers that operations look at, or that a framework might. */
const GARBAGE: Readonly<Record<string, readonly string[]>> = {
  'if-match': [
    '',
    '*',
    '7',
    '"x"',
    '"-1"',
    '"1.5"',
    '"0"',
    '"999999999"',
    '"9999999999"',
    'W/"1"',
    '"1", "2"',
    '"1',
    '"1\'; --"',
    '"__proto__"',
    `"${'9'.repeat(400)}"`,
  ],
  'idempotency-key': [
    '',
    'short',
    'a'.repeat(129),
    'with space in it',
    'ключ-ключ-ключ',
    '__proto__',
  ],
  'repr-digest': [
    '',
    'sha-256',
    'sha-256=',
    'sha-256=::',
    'sha-256=:!!!!:',
    'md5=:AAAA:',
    DIGEST,
    `${DIGEST}, ${DIGEST}`,
    'sha-256=:AAAA:;a=b',
    `${'a=:AA==:, '.repeat(200)}b=:AA==:`,
  ],
  'if-none-match': ['*', '"x"', ',,,', 'W/', `"${'a'.repeat(4_000)}"`],
  range: ['bytes=0-0', 'bytes=-1', 'bytes=9-1', `bytes=${'0-1,'.repeat(500)}2-3`],
  authorization: [
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Basic YTpi',
    'bearer x',
    'Digest a=b',
    '\u0001',
    `Bearer ${'a'.repeat(5_000)}`,
    "Bearer cs_' OR 1=1 --",
    'Bearer cs_\u00e9',
  ],
  'content-type': [
    '',
    'text/html',
    'application/xml',
    'application/json; charset=utf-16',
    'application/json;',
    'application/jsonx',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/json, text/plain',
    'text/plain; charset=klingon',
    '/',
    'a'.repeat(900),
  ],
  'content-encoding': ['gzip', 'br', 'identity', 'gzip, gzip', 'x'],
  accept: ['text/html', 'application/xml;q=1, */*;q=0', ',', 'a'.repeat(3_000)],
  'accept-language': ['xx', '*', 'fr;q=9', `${'en,'.repeat(900)}fr`, '__proto__', 'zh-'],
  'accept-encoding': ['gzip', 'identity;q=0, *;q=0'],
  'x-forwarded-for': ['::1', 'not an address', '127.0.0.1, '.repeat(100)],
  'x-http-method-override': ['DELETE'],
  origin: ['null', 'https://evil.example'],
  cookie: ['session=1', 'a'.repeat(3_000)],
  expect: ['100-continue', '200-ok'],
  upgrade: ['websocket', 'h2c'],
  host: ['evil.example', '', '[::1', 'a b'],
  'x-correlation-id': ['mine', '\u00e9'],
  prefer: ['return=minimal'],
  __proto__: ['x'],
};
const VARIED = Object.entries(GARBAGE).flatMap(([name, values]) =>
  values.map((value) => [name, value] as const),
);

/** What may be wrong with the headers. */
export const headerMutations: readonly fc.Arbitrary<Mutation>[] = [
  fc.constantFrom(...VARIED).map(set),
  fc.constantFrom(...VARIED).map(set),
  fc.constantFrom(...VARIED).map(again),
  fc
    .constantFrom('content-type', 'if-match', 'idempotency-key', 'authorization')
    .map((name): Mutation => (draft) => {
      draft.headers = draft.headers.filter(([each]) => each !== name);
    }),
];

function set([name, value]: readonly [string, string]): Mutation {
  return (draft) => {
    draft.headers = [...draft.headers.filter(([each]) => each !== name), [name, value]];
  };
}

function again([name, value]: readonly [string, string]): Mutation {
  return (draft) => {
    draft.headers.push([name, value]);
  };
}

/** Requests that are no HTTP, or break off. Each goes out on a connection of its own. */
const BROKEN: readonly Mutation[] = [
  line('GET / HTTP/9.9'),
  line('GET  /v1/states HTTP/1.1'),
  line('get /v1/states HTTP/1.1'),
  line('GET /v1/states'),
  line('GET http://evil.example/v1/states HTTP/1.1'),
  line('CONNECT evil.example:443 HTTP/1.1'),
  line('\u0016\u0003\u0001\u0002'),
  line(`GET /v1/states?${'a'.repeat(70_000)} HTTP/1.1`),
  set(['x-long', 'a'.repeat(70_000)]),
  (draft) =>
    draft.headers.push(
      ...Array.from({ length: 2_500 }, (_, i) => [`x-${i}`, '1'] as [string, string]),
    ),
  set(['bad name', 'x']),
  set(['x-nul', 'a\0b']),
  set(['x-break', 'a\rb']),
  set(['content-length', '-1']),
  set(['content-length', 'many']),
  set(['content-length', '9'.repeat(30)]),
  set(['transfer-encoding', 'chunked']),
  set(['transfer-encoding', 'gzip']),
  (draft) => draft.headers.push(['content-length', '3'], ['content-length', '4']),
  (draft) => draft.headers.push(['content-length', '3'], ['transfer-encoding', 'chunked']),
  (draft) => void (draft.framing = { longer: 50 }),
  (draft) => void (draft.framing = { longer: -1 }),
  (draft) => void (draft.framing = { cut: 1 }),
];

function line(text: string): Mutation {
  return (draft) => {
    draft.framing = { line: text };
  };
}

export const brokenFraming: fc.Arbitrary<Mutation> = fc
  .constantFrom(...BROKEN)
  .map((broken) => (draft) => {
    broken(draft);
    draft.framing ??= {};
  });
