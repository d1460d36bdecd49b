import fc from 'fast-check';
import { encode, type Draft } from './draft.js';
import { valuesAt } from './edges.js';
import { nastyText } from './nasty.js';
import type { Contract, Described } from './schema.js';

/** Changes a request in place. */
export type Mutation = (draft: Draft) => void;

const BROKEN = [
  '%',
  '%zz',
  '%C0%80',
  '%ff',
  '%u0041',
  '%00',
  '..%2f..',
  ';',
  '%2F',
  '.',
  '..',
  '*',
];
const TAILS = [
  '/',
  '//',
  '/../..',
  '/.',
  '.json',
  '%20',
  '/%00',
  ';a=b',
  '/extra',
  '#part',
  '?',
  '??',
];
const PARAMETERS = ['__proto__', 'constructor', 'a[]', 'a[b]', 'limit[]', 'dryRun', 'fields', ''];
const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'LOCK',
  'SEARCH',
];

const encoded = fc.oneof(
  { weight: 4, arbitrary: nastyText.map((text) => encode(text.slice(0, 10_001))) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
);

/** What may be wrong with method, path and query. */
export function addressMutations(
  contract: Contract,
  operation: Described,
): fc.Arbitrary<Mutation>[] {
  const names = (where: string): string[] =>
    operation.parameters.filter((each) => each.in === where).map(({ name }) => name);
  const holes = names('path');
  const known = names('query');
  const edges = operation.parameters
    .filter((each) => each.in === 'query' && each.schema)
    .flatMap(({ name, schema }) =>
      valuesAt(contract.resolve(schema!)).map((value) => [name, encode(String(value))] as const),
    );
  return [
    ...(holes.length > 0 ? [fc.tuple(fc.constantFrom(...holes), encoded).map(inHole)] : []),
    ...(known.length > 0 ? [fc.tuple(fc.constantFrom(...known), encoded).map(added)] : []),
    ...(edges.length > 0 ? [fc.constantFrom(...edges).map(added)] : []),
    ...(known.length > 0 ? [fc.constantFrom(...known).map(twice)] : []),
    fc.tuple(fc.constantFrom(...PARAMETERS), encoded).map(added),
    fc.constantFrom(...TAILS).map(
      (tail): Mutation =>
        (draft) =>
          void (draft.tail += tail),
    ),
    fc.constantFrom(...METHODS).map(
      (method): Mutation =>
        (draft) =>
          void (draft.method = method),
    ),
    fc.constantFrom(300, 9_000).map((n): Mutation => (draft) => {
      draft.query.push(['cursor', 'A'.repeat(n)]);
    }),
    fc.constantFrom(1_500).map((n): Mutation => (draft) => {
      for (let i = 0; i < n; i += 1) draft.query.push([`p${i}`, '1']);
    }),
  ];
}

const inHole =
  ([hole, value]: readonly [string, string]): Mutation =>
  (draft) => {
    draft.holes[hole] = value;
  };

const added =
  ([name, value]: readonly [string, string]): Mutation =>
  (draft) => {
    draft.query = [...draft.query.filter(([each]) => each !== name), [name, value]];
  };

const twice =
  (name: string): Mutation =>
  (draft) => {
    const [, value = '1'] = draft.query.find(([each]) => each === name) ?? [];
    draft.query.push([name, value], [name, value]);
  };
