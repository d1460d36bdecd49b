import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { edgesOf, type Edge } from './edges.js';
import type { Mutation } from './mutate-address.js';
import { nasty, nastyText } from './nasty.js';
import type { Contract, Described } from './schema.js';

type Container = Record<string, unknown>;

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

/** Every place in a value, as the container and the key in it. */
function places(value: unknown, into: [Container, string][] = []): [Container, string][] {
  if (!isContainer(value) || into.length > 500) return into;
  for (const key of Object.keys(value)) {
    into.push([value, key]);
    places(value[key], into);
  }
  return into;
}

/** Without a setter's surprise: `__proto__` becomes a key like any other. */
const put = (container: Container, key: string, value: unknown): void =>
  void Object.defineProperty(container, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'id', 'version', 'status', ''];

/** What may be wrong with a JSON body, or with the bytes of a file. */
export function bodyMutations(contract: Contract, operation: Described): fc.Arbitrary<Mutation>[] {
  if (operation.mediaType !== 'application/json') return [bytes.map(raw), nastyText.map(textBody)];
  const edges = operation.body ? edgesOf(contract, operation.body) : [];
  const replaced = fc.tuple(fc.nat(), nasty).map(([at, value]) => atPlace(at, value));
  return [
    replaced,
    replaced,
    ...(edges.length > 0 ? [fc.constantFrom(...edges).map(toEdge)] : []),
    fc.nat().map((at) => atPlace(at, undefined)),
    fc.nat().map(asText),
    fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(...KEYS), nastyText), nasty).map(unknownField),
    nasty.map(
      (value): Mutation =>
        (draft) =>
          void (draft.body = value),
    ),
    bytes.map(raw),
    fc.constantFrom(...REENCODED),
  ];
}

function atPlace(at: number, value: unknown): Mutation {
  return (draft) => {
    const all = places(draft.body);
    const [container, key] = all[at % all.length] ?? [];
    if (container && key !== undefined) put(container, key, value);
  };
}

/** A number as text, a text as a list. */
function asText(at: number): Mutation {
  return (draft) => {
    const all = places(draft.body);
    const [container, key] = all[at % all.length] ?? [];
    if (!container || key === undefined) return;
    const value = container[key];
    put(container, key, typeof value === 'string' ? [value] : String(value));
  };
}

function unknownField([at, key, value]: readonly [number, string, unknown]): Mutation {
  return (draft) => {
    const containers = [draft.body, ...places(draft.body).map(([each, name]) => each[name])];
    const open = containers.filter(isContainer).filter((each) => !Array.isArray(each));
    const container = open[at % open.length];
    if (container) put(container, key, value);
  };
}

function toEdge({ at, value }: Edge): Mutation {
  return (draft) => {
    const around: Container = { body: draft.body };
    const path = ['body', ...at];
    let container: unknown = around;
    for (const step of path.slice(0, -1)) if (isContainer(container)) container = container[step];
    if (isContainer(container)) put(container, path.at(-1)!, value);
    draft.body = around['body'];
  };
}

/** Bytes that are no JSON, or hardly. */
const bytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom<string | number[]>(
      '',
      ' ',
      '{',
      '[',
      '"',
      '{"a":}',
      '{"a":1,}',
      "{'a':1}",
      '{"a":1}{"b":2}',
      'null',
      '0',
      'true',
      '"text"',
      '[]',
      'NaN',
      '{"a":NaN}',
      '{"a":Infinity}',
      '{"a":1e999}',
      '{"a":01}',
      '{"a":-}',
      '{"a":"\\ud800"}',
      '{"a":"\\u0000"}',
      '{"a":"\t"}',
      '//c\n{}',
      '<a/>',
      'a=b',
      '{"email":"a@b.ch","email":"c@d.ch","password":"x","password":"y"}',
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
      '[1'.repeat(60_000),
      '['.repeat(120_000),
      '{"a":'.repeat(40_000),
      `"${'a'.repeat(263_000)}"`,
      '\uFEFF{}',
      `{"a":${'9'.repeat(5_000)}}`,
      `[${'0,'.repeat(100_000)}0]`,
      [0xff, 0xfe],
      [0xc3, 0x28],
      [0xed, 0xa0, 0x80],
      [0xf8, 0x88, 0x80, 0x80, 0x80],
      [0],
    )
    .map((each) => (typeof each === 'string' ? Buffer.from(each) : Buffer.from(each))),
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((each) => Buffer.from(each)),
);

const raw =
  (given: Buffer): Mutation =>
  (draft) => {
    draft.raw = given;
  };

const textBody =
  (text: string): Mutation =>
  (draft) => {
    draft.raw = Buffer.from(text);
  };

const written = (body: unknown): string => JSON.stringify(body) ?? '';

/** The right content in the wrong bytes. */
const REENCODED: readonly Mutation[] = [
  (draft) => void (draft.raw = Buffer.from(written(draft.body), 'utf16le')),
  (draft) => void (draft.raw = Buffer.from(`\uFEFF${written(draft.body)}`)),
  (draft) => void (draft.raw = Buffer.from(written(draft.body).normalize('NFD'), 'latin1')),
  (draft) => void (draft.raw = Buffer.from(written(draft.body).slice(0, -2))),
  (draft) => void (draft.raw = Buffer.from(`${written(draft.body)} ,`)),
  (draft) => void (draft.raw = Buffer.from(`[${written(draft.body)}]`)),
  (draft) => void (draft.raw = Buffer.from(written(written(draft.body)))),
  (draft) => {
    draft.raw = gzipSync(written(draft.body));
    draft.headers.push(['content-encoding', 'gzip']);
  },
];
