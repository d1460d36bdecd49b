import fc from 'fast-check';
import type { Known } from './known.js';
import type { Contract, Schema } from './schema.js';

/** Found in no other text: whatever carries it was sent by the fuzzer. */
export const MARK = 'zq-sent-by-the-fuzzer';

const DEEPEST = 6;
const DAY = 86_400_000;
const SPAN = {
  noInvalidDate: true,
  min: new Date('2026-06-01T00:00:00Z'),
  max: new Date('2028-06-01T00:00:00Z'),
};

/** Values that a schema allows, real ones where the house has some that fit. */
export class Valid {
  constructor(
    private readonly contract: Contract,
    private readonly known: Known,
  ) {}

  of(written: Schema, name = '', depth = 0): fc.Arbitrary<unknown> {
    const schema = this.contract.resolve(written);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const branches = schema.anyOf ?? schema.oneOf;
    if (depth > DEEPEST) return fc.constant(null);
    if (branches) return fc.oneof(...branches.map((each) => this.of(each, name, depth + 1)));
    return this.plain(schema, name, depth);
  }

  private plain(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    switch (schema.type) {
      case 'object':
        return this.object(schema, depth);
      case 'array': {
        const least = schema.minItems ?? 0;
        const most = Math.max(least, Math.min(schema.maxItems ?? 3, least + 3));
        const items = this.of(schema.items ?? {}, name, depth + 1);
        return fc.array(items, { minLength: least, maxLength: most });
      }
      case 'string':
        return this.text(schema, name);
      case 'integer':
      case 'number':
        return fc.oneof(
          fc.integer({
            min: schema.minimum ?? 0,
            max: Math.min(schema.maximum ?? 100, 2 ** 31 - 1),
          }),
          ...this.choice(this.known.numbers(name)),
        );
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case undefined:
      default:
        return fc.constantFrom<unknown>(MARK, 1, null, []);
    }
  }

  private object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const shape = Object.entries(schema.properties ?? {}).map(
      ([key, each]) => [key, this.of(each, key, depth + 1)] as const,
    );
    if (shape.length === 0 && typeof schema.additionalProperties === 'object') {
      const keys = this.of(schema.propertyNames ?? { type: 'string', maxLength: 20 });
      const values = this.of(schema.additionalProperties, '', depth + 1);
      return fc.dictionary(keys as fc.Arbitrary<string>, values, { maxKeys: 3 });
    }
    const requiredKeys = [...(schema.required ?? [])];
    return fc.record(Object.fromEntries(shape), { requiredKeys, noNullPrototype: true });
  }

  private text(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const some = this.choice([
      ...((schema.examples ?? []) as string[]),
      ...this.known.texts(name, schema),
    ]);
    switch (schema.format) {
      case 'uuid':
        return fc.oneof(...some, fc.uuid());
      case 'email':
        return fc.oneof(...some, fc.constant(`${MARK}@comity.test`));
      case 'date':
        return fc.date(SPAN).map((at) => at.toISOString().slice(0, 10));
      case 'date-time':
        return fc
          .date(SPAN)
          .map((at) => new Date(at.getTime() - (at.getTime() % DAY)).toISOString());
      case undefined:
      default:
    }
    if (schema.pattern) return fc.oneof(...some, fc.stringMatching(new RegExp(schema.pattern)));
    return fc.oneof(...some, fc.constant(this.ofLength(schema)));
  }

  private ofLength({ minLength = 0, maxLength = Infinity }: Schema): string {
    return MARK.padEnd(minLength, ' and words').slice(0, maxLength);
  }

  private choice<T>(values: readonly T[]): fc.Arbitrary<T>[] {
    return values.length > 0 ? [fc.constantFrom(...values)] : [];
  }
}
