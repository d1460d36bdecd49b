/**
 * Examples for everything that an operation takes and answers, composed from those of the fields:
 * what a schema gives itself wins, then a word for a field of that name, then what its type says.
 */

/** A value for a field of a name that says what it holds, or for a media type. */
export type Words = Readonly<Record<string, unknown>>;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}
interface Exemplified {
  readonly $ref?: string;
  readonly name?: string;
  readonly schema?: Schema;
  example?: unknown;
  examples?: Record<string, { readonly value: unknown }>;
}
type Contents = Readonly<Record<string, Exemplified>>;
interface Described {
  readonly parameters?: readonly Exemplified[];
  readonly requestBody?: { readonly content: Contents };
  readonly responses: Readonly<Record<string, { readonly content?: Contents }>>;
}
type Operations = Readonly<Record<string, Readonly<Record<string, Described>>>>;
interface Contract {
  readonly paths: Operations;
  readonly webhooks: Operations;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Exemplified>>;
  };
}

const BY_FORMAT: Record<string, unknown> = {
  uuid: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
  date: '2027-05-03',
  'date-time': '2027-05-03T11:00:00Z',
  email: 'head@delegation.example',
  uri: 'https://delegation.example/hook',
};
const FORMS: Record<string, RegExp> = {
  uuid: /^[0-9a-f-]{36}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/,
  email: /@/,
  uri: /^https?:/,
};
const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/**
 * Writes an example beside every parameter and every content that has none.
 *
 * @returns where a text has neither an example nor a word: each as `operation: place/field`
 */
export function addExamples(document: object, words: Words): string[] {
  const contract = document as Contract;
  const composer = new Composer(contract.components.schemas, words);
  for (const [name, parameter] of Object.entries(contract.components.parameters)) {
    composer.exemplify(parameter, `parameter ${name}`, parameter.name);
  }
  for (const methods of Object.values({ ...contract.paths, ...contract.webhooks })) {
    for (const each of Object.values(methods)) exemplify(each, composer);
  }
  return composer.lacking;
}

function exemplify(operation: Described, composer: Composer): void {
  const { operationId } = operation as Described & { operationId: string };
  for (const parameter of operation.parameters ?? []) {
    const at = `${operationId}: parameter ${parameter.name}`;
    if (!parameter.$ref) composer.exemplify(parameter, at, parameter.name);
  }
  for (const [media, content] of Object.entries(operation.requestBody?.content ?? {})) {
    composer.exemplify(content, `${operationId}: request`, media);
  }
  for (const [status, { content = {} }] of Object.entries(operation.responses)) {
    for (const [media, each] of Object.entries(content)) {
      composer.exemplify(each, `${operationId}: ${status}`, media);
    }
  }
}

class Composer {
  readonly lacking: string[] = [];

  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly words: Words,
  ) {}

  /** @param name of the parameter, or the media type */
  exemplify(target: Exemplified, at: string, name = ''): void {
    const { schema } = target;
    if (!schema || 'example' in target || target.examples) return;
    const whole = this.resolve(schema);
    const options = (whole.anyOf ?? whole.oneOf ?? []).filter(({ $ref }) => $ref);
    if (options.length < 2 || whole.examples) {
      target.example = this.compose(schema, name, at);
      return;
    }
    // One of several things: each is shown, under its name.
    target.examples = Object.fromEntries(
      options.map((option) => [
        nameOf(option.$ref!),
        { value: this.compose(option, name, `${at} ${nameOf(option.$ref!)}`) },
      ]),
    );
  }

  private resolve(schema: Schema): Schema {
    const { $ref, ...beside } = schema;
    return $ref ? { ...this.resolve(this.schemas[nameOf($ref)]!), ...beside } : schema;
  }

  private compose(given: Schema, name: string, at: string): unknown {
    const schema = this.resolve(given);
    if (schema.examples) return schema.examples[0];
    if (schema.const !== undefined) return schema.const;
    const word = this.words[name];
    if (word !== undefined && this.fits(word, schema)) return word;
    if (schema.enum) return schema.enum[0];
    if (schema.default !== undefined) return schema.default;
    const options = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (options) {
      const option = options.find(({ type }) => type !== 'null');
      return option ? this.compose(option, name, at) : null;
    }
    return this.byType(schema, name, at);
  }

  private byType(schema: Schema, name: string, at: string): unknown {
    const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
    if (type === 'object') return this.composeObject(schema, at);
    if (type === 'array') {
      return schema.items ? [this.compose(schema.items, name, `${at}/${name}`)] : [];
    }
    if (type === 'boolean') return false;
    if (type === 'null') return null;
    if (type === 'integer' || type === 'number') {
      return Math.min(Math.max(schema.minimum ?? 1, 1), schema.maximum ?? Infinity);
    }
    const formatted = BY_FORMAT[schema.format ?? ''];
    if (formatted !== undefined) return formatted;
    this.lacking.push(at);
    return name;
  }

  private composeObject(schema: Schema, at: string): object {
    const { properties, additionalProperties } = schema;
    if (properties) {
      return Object.fromEntries(
        Object.entries(properties).map(([field, inner]) => [
          field,
          this.compose(inner, field, `${at}/${field}`),
        ]),
      );
    }
    if (additionalProperties) this.lacking.push(`${at} (its keys)`);
    return {};
  }

  /** Whether a word can stand here: a field of that name may hold something else. */
  private fits(word: unknown, given: Schema): boolean {
    const schema = this.resolve(given);
    const options = schema.anyOf ?? schema.oneOf;
    if (options) return options.some((option) => this.fits(word, option));
    if (schema.enum) return schema.enum.includes(word);
    const types = [schema.type ?? []].flat();
    if (types.length === 0) return true;
    if (Array.isArray(word)) {
      const { items } = schema;
      return items !== undefined && word.every((each) => this.fits(each, items));
    }
    if (typeof word === 'object' && word !== null) {
      const { additionalProperties: inner } = schema;
      if (!(inner instanceof Object)) return false;
      return Object.values(word).every((each) => this.fits(each, inner));
    }
    if (typeof word === 'number') {
      const within = word >= (schema.minimum ?? word) && word <= (schema.maximum ?? word);
      return within && (types.includes('integer') || types.includes('number'));
    }
    return types.includes(typeof word) && (typeof word !== 'string' || fitsText(word, schema));
  }
}

function fitsText(word: string, { format, pattern, maxLength }: Schema): boolean {
  if (format !== undefined && FORMS[format]?.test(word) === false) return false;
  if (word.length > (maxLength ?? Infinity)) return false;
  return !pattern || new RegExp(pattern, 'u').test(word);
}
