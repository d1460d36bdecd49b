/** JSON Schema as the contract writes it, the part of it that the contract uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

interface Parameter {
  readonly $ref?: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly name: string;
  readonly schema?: Schema;
}

/** An operation as a reader of `openapi.yaml` knows it. */
export interface Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly open: boolean;
  readonly testOnly: boolean;
  readonly parameters: readonly Parameter[];
  readonly mediaType: string | undefined;
  readonly body: Schema | undefined;
}

interface Item {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly 'x-test-only'?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema?: Schema }> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The contract, read as a stranger reads it: the document alone. */
export class Contract {
  readonly operations: readonly Described[];

  constructor(private readonly document: object) {
    const { paths } = document as { paths: Record<string, Record<string, Item>> };
    const all = Object.entries(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) =>
        item[method] ? [this.describe(path, method, item[method])] : [],
      ),
    );
    // What moves everything, such as the clock, comes last.
    this.operations = all.toSorted((a, b) => Number(a.testOnly) - Number(b.testOnly));
  }

  /** What a reference leads to. */
  resolve<T extends { readonly $ref?: string }>(written: T): T {
    if (!written.$ref) return written;
    const { $ref, ...beside } = written;
    const steps = $ref.slice(2).split('/');
    const found = steps.reduce<unknown>(
      (at, step) => (at as Record<string, unknown>)[step],
      this.document,
    );
    const whole: T = { ...this.resolve(found as T), ...beside };
    return whole;
  }

  private describe(path: string, method: string, item: Item): Described {
    const [content] = Object.entries(item.requestBody?.content ?? {});
    return {
      id: item.operationId,
      method: method.toUpperCase(),
      path,
      open: item.security?.length === 0,
      testOnly: item['x-test-only'] ?? false,
      parameters: (item.parameters ?? []).map((each) => this.resolve(each)),
      mediaType: content?.[0],
      body: content?.[1].schema,
    };
  }
}
