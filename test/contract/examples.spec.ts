import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contractWithGaps, operations } from '../../src/contract.js';
import { addExamples } from '../../src/platform/contract/examples.js';

interface Content {
  readonly $ref?: string;
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly value: unknown }>;
}
type Contents = Record<string, Content>;
interface Described {
  readonly parameters?: readonly Content[];
  readonly requestBody?: { readonly content: Contents };
  readonly responses: Record<string, { readonly content?: Contents }>;
}
interface Written {
  readonly paths: Record<string, Record<string, Described>>;
  readonly components: Record<string, Record<string, Content>>;
}

const { document, lacking } = contractWithGaps();
const { paths, components } = document as unknown as Written;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'contract');

const step = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
interface Place extends Content {
  readonly at: string;
}
const contentsAt = (at: string, contents: Contents = {}): Place[] =>
  Object.entries(contents).map(([media, each]) => ({
    ...each,
    at: `${at}/content/${step(media)}`,
  }));

/** Every place of an operation where an example belongs, with its JSON pointer. */
function placesOf(path: string, method: string): Place[] {
  const { parameters = [], requestBody, responses } = paths[path]![method]!;
  const at = `/paths/${step(path)}/${method}`;
  return [
    ...parameters.map((each, index) => ({ ...each, at: `${at}/parameters/${index}` })),
    ...contentsAt(`${at}/requestBody`, requestBody?.content),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      contentsAt(`${at}/responses/${status}`, content),
    ),
  ];
}
const places = [
  ...operations().flatMap(({ path, method }) => placesOf(path, method.toLowerCase())),
  ...['parameters', 'headers'].flatMap((section) =>
    Object.entries(components[section]!).map(([name, each]) => ({
      ...each,
      at: `/components/${section}/${name}`,
    })),
  ),
].filter(({ $ref }) => !$ref);
const valuesOf = ({ example, examples }: Content): unknown[] =>
  examples ? Object.values(examples).map(({ value }) => value) : [example];

function faultsOf(at: string, value: unknown) {
  const steps = at.split('/').map((each) => encodeURIComponent(each));
  const validate = ajv.getSchema(`contract#${steps.join('/')}`)!;
  return validate(value) ? [] : [{ at, value, errors: validate.errors }];
}

const HOW =
  'has no example: give the field `.meta({ example })`, or a word of its name in ' +
  'src/example-words.ts (a file: a word of its media type)';

describe('the examples of openapi.yaml', () => {
  it('stand beside every parameter, every body and every answer', () => {
    expect(places.length).toBeGreaterThan(operations().length);
    const without = places.filter(
      (place) => !/\/headers\//.test(place.at) && valuesOf(place).includes(undefined),
    );
    expect(without.map(({ at }) => `${at} ${HOW}`)).toEqual([]);
  });

  it('say something in every field', () => {
    expect(lacking.map((place) => `${place} ${HOW}`)).toEqual([]);
  });

  it('are valid by their schemas', () => {
    const held = places.flatMap((place) =>
      valuesOf(place).map((value) => ({ at: `${place.at}/schema`, value })),
    );
    const shown = held.filter(({ value }) => value !== undefined);
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.flatMap(({ at, value }) => faultsOf(at, value))).toEqual([]);
  });

  it('are taken by the operations themselves: one for each body', () => {
    for (const { id, path, method, body } of operations()) {
      if (typeof body !== 'object') continue;
      const { content } = paths[path]![method.toLowerCase()]!.requestBody!;
      for (const example of valuesOf(content['application/json']!)) {
        expect([id, body.safeParse(example).error]).toEqual([id, undefined]);
      }
    }
  });
});

describe('the composing of examples', () => {
  const text = { type: 'string' };
  const contractOf = (schema: object, schemas: object = {}) => {
    const content = { 'application/json': { schema } as Content };
    const responses = { '200': { content } };
    return {
      content,
      paths: { '/a': { get: { operationId: 'readA', responses } } },
      components: { schemas, parameters: {} },
    };
  };

  it('prefers what a field shows itself, then a word that fits, then its type', () => {
    const made = contractOf({
      type: 'object',
      properties: {
        label: { ...text, examples: ['121.10'] },
        kind: { ...text, enum: ['ngo', 'nhri'] },
        title: text,
        at: { anyOf: [{ ...text, format: 'date' }, { type: 'null' }] },
        words: { type: 'integer', minimum: 9 },
      },
    });
    const words = {
      label: '6.12',
      kind: 'national-report',
      title: 'A report',
      at: 'now',
      words: 3,
    };
    expect(addExamples(made, words)).toEqual([]);
    expect(made.content['application/json'].example).toEqual({
      label: '121.10',
      kind: 'ngo',
      title: 'A report',
      at: '2027-05-03',
      words: 9,
    });
  });

  it('names the fields that nobody has a word for', () => {
    const list = { type: 'array', items: { type: 'object', properties: { odd: text } } };
    expect(addExamples(contractOf(list), {})).toEqual(['readA: 200/application/json/odd']);
  });

  it('shows each of several things under its name, and leaves alone what is written', () => {
    const one = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas = { Yes: { const: 'yes' }, No: { const: 'no' } };
    const made = contractOf({ anyOf: [one('Yes'), one('No')] }, schemas);
    addExamples(made, {});
    const { examples } = made.content['application/json'];
    expect(examples).toEqual({ Yes: { value: 'yes' }, No: { value: 'no' } });
    addExamples(made, {});
    expect(made.content['application/json'].examples).toBe(examples);
  });
});
