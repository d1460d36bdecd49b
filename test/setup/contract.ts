import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { Response } from 'supertest';
import { contract, operations } from '../../src/contract.js';
import { codesOf } from '../../src/platform/contract/codes-of.js';
import type { Operation } from '../../src/platform/http/operation.js';

/** Holds every answer that the tests see against the contract, and notes what was exercised. */

interface Documented {
  readonly headers?: Record<string, { $ref: string }>;
  readonly content?: Record<string, object>;
}
interface Description {
  readonly responses: Record<string, Documented & { readonly $ref?: string }>;
}
interface Written {
  readonly paths: Record<string, Record<string, Description>>;
  readonly components: {
    readonly headers: Record<string, { readonly required?: boolean }>;
    readonly responses: Record<string, Documented>;
  };
}

const document = contract();
const { paths, components } = document as unknown as Written;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'contract');

/** Concrete paths before templates, so that `/me` is never somebody's id. */
const routes = operations()
  .map((operation) => ({
    operation,
    pattern: new RegExp(
      `^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`,
    ),
    holes: operation.path.split('{').length,
  }))
  .toSorted((a, b) => a.holes - b.holes);

function operationAt(method: string, url: string): Operation | undefined {
  const [asked = ''] = url.split('?', 1);
  return routes.find(
    ({ operation, pattern }) => operation.method === method.toUpperCase() && pattern.test(asked),
  )?.operation;
}

const lastStep = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** Where the contract has the answers of a status, as steps into it, and what it says there. */
function documentedAt({ path: template, method }: Operation, status: string) {
  const { responses } = paths[template]![method.toLowerCase()]!;
  const response = responses[status];
  if (!response?.$ref) {
    const steps = ['paths', template, method.toLowerCase(), 'responses', status];
    return response && { response, steps };
  }
  const name = lastStep(response.$ref);
  return { response: components.responses[name]!, steps: ['components', 'responses', name] };
}

const everyHeader = new Set(
  [
    ...Object.values(paths).flatMap((item) => Object.values(item)),
    { responses: components.responses },
  ].flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ headers = {} }) => Object.keys(headers)),
  ),
);

/**
 * Checks an answer: its status, headers, media type and body are documented, and so is the code
 * of a problem. Routes that the contract lacks answer 404 and nothing else.
 *
 * @throws Error that names the operation and every fault
 */
export function holdAgainstContract(method: string, url: string, answer: Response): void {
  const operation = operationAt(method, url);
  const faults = faultsAgainstContract(method, url, answer);
  if (faults.length > 0) {
    const what = operation?.id ?? `${method.toUpperCase()} ${url}`;
    throw new Error(`${what}, status ${answer.status}: ${faults.join('; ')}\n${answer.text ?? ''}`);
  }
  if (operation && answer.status < 400) noteExercised(operation.id);
}

/** The part of an answer that the contract speaks of. */
type Answered = Pick<Response, 'status' | 'headers' | 'text' | 'body'>;

/** Every way in which an answer is not as documented. */
export function faultsAgainstContract(method: string, url: string, answer: Answered): string[] {
  const operation = operationAt(method, url);
  if (operation) return faultsOf(operation, answer);
  return answer.status === 404 ? [] : ['answers, but is not in the contract'];
}

function faultsOf(operation: Operation, answer: Answered): string[] {
  const documented = documentedAt(operation, String(answer.status));
  if (!documented) return ['a status that is not documented'];
  return [
    ...headerFaults(documented.response, answer),
    // Of an answer without a body the head is all there is.
    ...(operation.method === 'HEAD' ? [] : bodyFaults(operation, documented, answer)),
  ];
}

function bodyFaults(
  operation: Operation,
  documented: NonNullable<ReturnType<typeof documentedAt>>,
  answer: Answered,
): string[] {
  return [
    ...contentFaults(documented.response, documented.steps, answer),
    ...codeFaults(operation, answer),
  ];
}

function headerFaults({ headers = {} }: Documented, answer: Answered): string[] {
  const sent = (name: string) => answer.headers[name.toLowerCase()] !== undefined;
  const missing = Object.entries(headers)
    .filter(([, { $ref }]) => components.headers[lastStep($ref)]?.required)
    .filter(([name]) => !sent(name));
  const extra = [...everyHeader].filter((name) => sent(name) && !(name in headers));
  const wrong = Object.entries(headers).filter(([name, { $ref }]) => {
    const validate = ajv.getSchema(`contract${$ref}/schema`)!;
    return sent(name) && !validate(answer.headers[name.toLowerCase()]);
  });
  return [
    ...missing.map(([name]) => `no ${name}`),
    ...wrong.map(([name]) => `${name} is written otherwise: ${answer.headers[name.toLowerCase()]}`),
    ...extra.map((name) => `${name} is not documented`),
  ];
}

const fragment = (steps: readonly string[]): string =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('/', '~1'))}`).join('');

function contentFaults(
  { content }: Documented,
  steps: readonly string[],
  answer: Answered,
): string[] {
  const [type = ''] = (answer.headers['content-type'] ?? '').split(';', 1);
  if (!content) return type || answer.text ? ['a body that is not documented'] : [];
  if (!content[type]) return [`${type || 'no media type'} is not documented`];
  if (!type.endsWith('json')) return [];
  const validate = ajv.getSchema(`contract#${fragment([...steps, 'content', type, 'schema'])}`)!;
  if (validate(answer.body)) return [];
  return validate.errors!.map(({ instancePath, message, params }) =>
    [instancePath || '/', message, JSON.stringify(params)].join(' '),
  );
}

function codeFaults(operation: Operation, answer: Answered): string[] {
  if (answer.status < 400) return [];
  const { code } = answer.body as { code: string };
  return codesOf(operation).includes(code) ? [] : [`the code ${code} is not documented`];
}

const noted = new Set<string>();

/** Appends to this process's file in the folder TEST_EXERCISED, which the whole run shares. */
function noteExercised(id: string): void {
  const folder = process.env['TEST_EXERCISED'];
  if (!folder || noted.has(id)) return;
  noted.add(id);
  appendFileSync(path.join(folder, String(process.pid)), `${id}\n`);
}

interface Header {
  readonly name: string;
  readonly required?: boolean;
}

/** What is wrong with what a webhook got, by the contract: nothing where it is right. */
export function faultsOfPosting(headers: Record<string, string>, body: unknown): string[] {
  const steps = ['webhooks', 'receiveNotice', 'post'];
  const { post } = document.webhooks!['receiveNotice'] as { post: { parameters: Header[] } };
  const told = post.parameters.flatMap(({ name, required }, at) => {
    if (headers[name] === undefined) return required ? [`no ${name}`] : [];
    const right = ajv.getSchema(
      `contract#${fragment([...steps, 'parameters', `${at}`, 'schema'])}`,
    )!;
    return right(headers[name]) ? [] : [`${name}: ${ajv.errorsText(right.errors)}`];
  });
  const content = fragment([...steps, 'requestBody', 'content', 'application/json', 'schema']);
  const right = ajv.getSchema(`contract#${content}`)!;
  return right(body) ? told : [...told, ajv.errorsText(right.errors)];
}
