import fc from 'fast-check';
import {
  CURRENT_VERSION,
  encode,
  FRESH_KEY,
  writeDown,
  type Attempt,
  type Draft,
} from './draft.js';
import type { Known } from './known.js';
import { addressMutations, type Mutation } from './mutate-address.js';
import { bodyMutations } from './mutate-body.js';
import { brokenFraming, headerMutations } from './mutate-headers.js';
import type { Contract, Described } from './schema.js';
import { MARK, Valid } from './valid.js';

/** Header parameters that a good request carries. */
const HEADERS: Readonly<Record<string, string>> = {
  'If-Match': CURRENT_VERSION,
  'Idempotency-Key': FRESH_KEY,
};
/** How often so many things are wrong; nothing is, where only who asks may be. */
const WRONG = [1, 6, 2, 1];

/**
 * Requests to one operation: a good one by the contract, by somebody, with a few things wrong.
 * They shrink to simpler values.
 */
export function attemptsAt(
  contract: Contract,
  known: Known,
  operation: Described,
  viewers: readonly string[],
): fc.Arbitrary<Attempt> {
  const mutation = mutationOf(contract, operation);
  const mutations = fc.oneof(
    ...WRONG.map((weight, count) => ({
      weight,
      arbitrary: fc.array(mutation, { minLength: count, maxLength: count }),
    })),
  );
  return fc
    .tuple(goodRequest(contract, known, operation), fc.constantFrom(...viewers), mutations)
    .map(([good, viewer, wrong]) => {
      const draft: Draft = {
        ...good,
        viewer,
        holes: { ...good.holes },
        query: [...good.query],
        headers: [...good.headers],
        body: structuredClone(good.body),
      };
      for (const each of wrong) each(draft);
      return writeDown(draft);
    });
}

function mutationOf(contract: Contract, operation: Described): fc.Arbitrary<Mutation> {
  const groups = [
    { weight: 4, some: addressMutations(contract, operation) },
    { weight: 3, some: headerMutations },
    { weight: operation.mediaType ? 14 : 1, some: bodyMutations(contract, operation) },
    { weight: 1, some: [brokenFraming] },
  ];
  return fc.oneof(...groups.map(({ weight, some }) => ({ weight, arbitrary: fc.oneof(...some) })));
}

/** What the contract allows, with ids that there are. */
function goodRequest(
  contract: Contract,
  known: Known,
  operation: Described,
): fc.Arbitrary<Omit<Draft, 'viewer'>> {
  const valid = new Valid(contract, known);
  const named = (where: string) => operation.parameters.filter((each) => each.in === where);
  const ids = [...known.ids]
    .filter(([prefix]) => operation.path.startsWith(prefix))
    .toSorted(([a], [b]) => b.length - a.length)[0]?.[1];
  const holes = Object.fromEntries(
    named('path').map(({ name, schema }) => [
      name,
      ids && ids.length > 0 && name === 'id' ? fc.constantFrom(...ids) : valid.of(schema!, name),
    ]),
  );
  // A cursor is opaque: good ones come from the lists themselves.
  const asked = named('query').filter(({ name }) => name !== 'cursor');
  const query = asked.map(({ name, schema }) =>
    fc.option(
      valid.of(schema!, name).map((value) => [name, encode(String(value))] as [string, string]),
      { freq: 2 },
    ),
  );
  const json = operation.mediaType === 'application/json';
  const words = fc.constant(Buffer.from(`${MARK} and a few words of a report.`));
  return fc
    .record({
      holes: fc.record(holes, { noNullPrototype: true }),
      query: fc.tuple(...query),
      body: json && operation.body ? valid.of(operation.body) : fc.constant(undefined),
      raw: operation.mediaType && !json ? words : fc.constant(undefined),
    })
    .map((made) => ({
      operation,
      method: operation.method,
      holes: Object.fromEntries(
        Object.entries(made.holes).map(([name, value]) => [name, encode(String(value))]),
      ),
      tail: '',
      query: made.query.filter((each) => each !== null),
      headers: [
        ...named('header').flatMap(({ name }): [string, string][] =>
          HEADERS[name] ? [[name.toLowerCase(), HEADERS[name]]] : [],
        ),
        ...(operation.mediaType ? [['content-type', operation.mediaType] as [string, string]] : []),
      ],
      body: made.body,
      raw: made.raw,
      framing: undefined,
    }));
}
