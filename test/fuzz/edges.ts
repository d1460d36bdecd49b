import type { Contract, Schema } from './schema.js';

/** Where in a body, and what to put there. */
export interface Edge {
  readonly at: readonly string[];
  readonly value: unknown;
}

const DEEPEST = 5;

/** The values at every bound that a schema sets, and one step beyond it. */
export function edgesOf(contract: Contract, written: Schema, at: readonly string[] = []): Edge[] {
  if (at.length > DEEPEST) return [];
  const schema = contract.resolve(written);
  const here = valuesAt(schema).map((value) => ({ at, value }));
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
    edgesOf(contract, each, [...at, key]),
  );
  const items = schema.items ? edgesOf(contract, schema.items, [...at, '0']) : [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [...here, ...below, ...items, ...branches.flatMap((each) => edgesOf(contract, each, at))];
}

const around = (n: number | undefined): number[] => (n === undefined ? [] : [n - 1, n, n + 1]);
const sized = (sizes: readonly (number | undefined)[]): number[] =>
  sizes.flatMap(around).filter((n) => n >= 0 && n <= 250_000);

export function valuesAt(schema: Schema): unknown[] {
  const { enum: allowed = [], minItems, maxItems, minLength, maxLength } = schema;
  const texts = sized([minLength, maxLength]).map((n) => 'a'.repeat(n));
  const lists = sized([minItems, maxItems]).map((n) => Array.from({ length: n }, () => 'a'));
  const numbers = [...around(schema.minimum), ...around(schema.maximum)];
  const words = allowed.filter((each) => typeof each === 'string');
  return [
    ...texts,
    ...lists,
    ...numbers,
    ...numbers.map(String),
    ...words.slice(0, 2).flatMap((word) => [word.toUpperCase(), `${word} `, [word]]),
  ];
}
