import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { readFileSync, writeFileSync } from 'node:fs';
import { contractText, contractWithGaps, operations } from '../../src/contract.js';
import { CODES } from '../../src/kernel/codes.js';
import { codesOf } from '../../src/platform/contract/codes-of.js';
import { STATUS } from '../../src/platform/http/problem.js';

const file = new URL('../../openapi.yaml', import.meta.url);

interface Written {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly [name: string]: unknown;
}
const { document: whole } = contractWithGaps();
const document = whole as unknown as {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Record<string, Record<string, Written>>;
  readonly components: Record<string, Record<string, Written>>;
};
const described = operations().map((operation) => ({
  operation,
  entry: document.paths[operation.path]![operation.method.toLowerCase()]!,
}));

/** Every object of the document, with the JSON pointer of each. */
function* walk(value: unknown, pointer = ''): Generator<{ pointer: string; written: Written }> {
  if (typeof value !== 'object' || value === null) return;
  yield { pointer, written: value as Written };
  for (const [key, inner] of Object.entries(value)) {
    yield* walk(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}
const everything = [...walk(document)];
const references = everything.flatMap(({ written }) =>
  typeof written.$ref === 'string' ? [written.$ref] : [],
);

describe('openapi.yaml', () => {
  it('is what the operations say (UPDATE=1 rewrites it)', () => {
    if (process.env['UPDATE']) writeFileSync(file, contractText());
    const written = readFileSync(file, 'utf8').split('\n');
    const generated = contractText().split('\n');
    expect(written.find((line, index) => line !== generated[index])).toBeUndefined();
    expect(written).toHaveLength(generated.length);
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate({ ...whole });
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('refers only to what it has, and has only what it refers to', () => {
    const pointers = new Set(everything.map(({ pointer }) => `#${pointer}`));
    expect(references.filter((ref) => !pointers.has(ref))).toEqual([]);
    const used = new Set(references);
    const { securitySchemes: _, ...referable } = document.components;
    const components = Object.entries(referable).flatMap(([section, entries]) =>
      Object.keys(entries).map((name) => `#/components/${section}/${name}`),
    );
    expect(components.filter((ref) => !used.has(ref))).toEqual([]);
  });

  it('documents the statuses that follow from the codes of each operation, and no other', () => {
    for (const { operation, entry } of described) {
      const statuses = Object.keys(entry['responses'] as object).filter(
        (status) => status >= '400',
      );
      const following = codesOf(operation).map((code) => String(STATUS[CODES.get(code)!.kind]));
      expect([operation.id, statuses]).toEqual([operation.id, [...new Set(following)].toSorted()]);
    }
  });

  it('uses the tags that it explains, all of them', () => {
    const used = new Set(operations().map(({ tag }) => tag));
    expect([...used].toSorted()).toEqual(document.tags.map(({ name }) => name).toSorted());
  });

  it('marks what exists in test mode alone', () => {
    const marked = described.filter(({ entry }) => entry['x-test-only']);
    expect(marked.map(({ operation }) => operation.id)).toEqual(['advanceClock']);
  });
});
