/**
 * What the contract says of the size of things, so that a client knows what to make room for.
 * What is taken in has the bounds that validation has; what comes back, where its field names
 * none, has a ceiling that no answer reaches. The tests hold every answer to both.
 */
const CEILING = { text: 262_144, items: 1000 };

/** No house takes a bigger one (`COMITY_MAX_UPLOAD`). */
export const BIGGEST_FILE = 100_000_000;

/** Of the formats whose texts have one length, whatever they say. */
const BY_FORMAT: Record<string, number> = { uuid: 36, date: 10 };
const BIGGEST_INT32 = 2 ** 31 - 1;

export interface Written {
  type?: string | readonly string[];
  format?: string;
  pattern?: string;
  enum?: readonly unknown[];
  const?: unknown;
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  example?: unknown;
  examples?: unknown[];
}

/** Completes a schema by the bounds that follow; examples in 3.1's way. */
export function bound(schema: Written, io: 'input' | 'output'): void {
  if (schema.format) delete schema.pattern; // which says the same at length
  if (schema.type === 'integer') schema.format = widthOf(schema);
  if (schema.type === 'string' && !schema.enum && schema.const === undefined) {
    const most = BY_FORMAT[schema.format ?? ''] ?? (io === 'output' ? CEILING.text : undefined);
    if (most !== undefined) schema.maxLength ??= most;
  }
  if (schema.type === 'array' && io === 'output') schema.maxItems ??= CEILING.items;
  if ('example' in schema) {
    schema.examples = [schema.example];
    delete schema.example;
  }
}

function widthOf({ minimum, maximum, exclusiveMaximum }: Written): 'int32' | 'int64' {
  const most = maximum ?? exclusiveMaximum ?? Infinity;
  return most <= BIGGEST_INT32 && (minimum ?? 0) >= -BIGGEST_INT32 ? 'int32' : 'int64';
}
