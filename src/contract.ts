import 'reflect-metadata';
import { stringify } from 'yaml';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { CAPABILITIES, PLATFORM_CONTROLLERS } from './app.module.js';
import { noticePosted } from './modules/webhooks/index.js';
import { TestClockController } from './modules/proceedings/test-clock.controller.js';
import { EXAMPLE_WORDS } from './example-words.js';
import { bound, type Written } from './platform/contract/bounds.js';
import { responses } from './platform/contract/components.js';
import { describeOperation } from './platform/contract/describe-operation.js';
import { describePosting } from './platform/contract/describe-posting.js';
import { addExamples } from './platform/contract/examples.js';
import { headers, parameters } from './platform/contract/headers.js';
import { OPERATION, type Operation } from './platform/http/operation.js';

type ControllerClass = new (...args: never[]) => object;

/** Every controller that the API can have, the test clock's with them. */
export const controllers = (): ControllerClass[] => [
  ...PLATFORM_CONTROLLERS,
  ...CAPABILITIES.flatMap(
    (module) => (Reflect.getMetadata('controllers', module) ?? []) as ControllerClass[],
  ),
  TestClockController,
];

/** Every operation that a controller routes, read from its metadata. */
export const operations = (): Operation[] =>
  controllers().flatMap(({ prototype }) =>
    Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(
      ({ value }) => (Reflect.getMetadata(OPERATION, value as object) ?? []) as Operation | [],
    ),
  );

const TAGS = {
  'sign-in': 'Sessions, and what concerns me',
  directory: 'States, organizations, bodies, accounts and memberships',
  mechanisms: 'The procedures, as data',
  vocabularies: 'What codes are called, in six languages',
  calendar: 'Cycles, sessions, the schedule and the clock',
  reviews: 'Reviews and their moves',
  communications: 'What the public and Parties file, and its moves',
  'follow-up': 'What came of recommendations: the State’s own words and others’, side by side',
  worklists: 'Work that leaves as a workbook, is done offline, and comes back as one act',
  lots: 'What is drawn by lot, and can be drawn again by anybody',
  documents: 'What is filed',
  reports: 'The report of the Working Group, and the addendum to it',
  summaries: 'What the secretariat writes from submissions',
  questions: 'What States ask in advance, and the answers',
  dialogue: 'Who speaks, in which order, for how long, and what came of it',
  notices: 'What I am told of what happened',
  receipts: 'What filings are proved with',
  recommendations: 'What States recommend, and the answers',
  record: 'What has been published, for everybody',
  withdrawals: 'What is taken out of the record for safety',
  operation: 'For whoever runs the service',
};

const DESCRIPTION = `Peer review among States and treaty-compliance procedures.

**Refusals** are problem documents (RFC 9457). A program looks at \`code\`; \`facts\` say what would
mend it, and \`errors\` point at each fault. What is missing and what one may not see are the same 404.
Unknown fields and parameters are refused, never ignored.

**Changes** name the version that they change in \`If-Match\`, and what creates or moves something
takes an \`Idempotency-Key\`. With \`dryRun=true\`, where it is offered, everything runs and nothing
changes.

**Lists** come in pages: follow \`Link: rel="next"\`, or send \`next\` as \`cursor\`; with \`count=true\`
they say how many there are. **Instants** are RFC 3339; States are ISO 3166-1 alpha-3.

**Languages**: answers carry codes, which \`/v1/vocabularies\` explains in English, French, Spanish,
Russian, Arabic and Chinese. \`Accept-Language\` picks the one in which you read titles and labels,
those of refusals too.`;

/** The contract, OpenAPI 3.1, from the operations alone. */
export const contract = () => contractWithGaps().document;

/** The contract, and where an example is still to be given, as `operation: place/field`. */
export function contractWithGaps() {
  const document = describe();
  return { document, lacking: addExamples(document, EXAMPLE_WORDS) };
}

function describe() {
  const paths: ZodOpenApiPathsObject = {};
  for (const each of operations()) {
    const method = each.method.toLowerCase() as 'get';
    (paths[each.path] ??= {})[method] = describeOperation(each);
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Comity',
        version: '1.0.0',
        description: DESCRIPTION,
        contact: { name: 'Comity' },
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'The house itself, in production', 'x-internal': false }],
      security: [{ session: [] }, { key: [] }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths,
      webhooks: { [noticePosted.id]: { post: describePosting(noticePosted) } },
      components: {
        headers,
        parameters,
        responses,
        securitySchemes: {
          session: { type: 'http', scheme: 'bearer', description: 'From `POST /v1/auth/login`' },
          key: {
            type: 'http',
            scheme: 'bearer',
            description:
              'From `POST /v1/api-keys`, for programs; good for what its scopes name, which is ' +
              '`x-scope` of each operation, and never for passwords, sessions and keys themselves, ' +
              'nor to add people, change seats, or open and shut accounts',
          },
          caseKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              'From `POST /v1/case-keys`, for people without an account; good for what its bearer ' +
              'takes part in, as each operation says',
          },
        },
      },
    },
    { override: ({ jsonSchema, io }) => bound(jsonSchema as Written, io) },
  );
}

/** `openapi.yaml`, to the byte. */
export const contractText = (): string =>
  stringify(contract(), { lineWidth: 100, aliasDuplicateObjects: false });
