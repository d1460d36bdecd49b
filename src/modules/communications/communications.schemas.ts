import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { documentOperations } from '../documents/index.js';
import { naming } from '../intake/index.js';
import { MOVING, partsOf } from '../proceedings/index.js';

const { action, byId, code, instant, iso3, prose, uuid, version, words } = fields;
const named = (example: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,59}$/)
    .max(60)
    .meta({ example });

const communication = z
  .strictObject({
    id: uuid,
    mechanism: code,
    mechanismVersion: z.int(),
    trigger: code.meta({ description: 'What set it off' }),
    number: words
      .nullable()
      .meta({ description: 'Once it is registered', example: 'ACCC/C/2027/207' }),
    partyConcerned: iso3,
    status: code.meta({ description: 'The stage that it has reached' }),
    statusSince: instant,
    openedAt: instant.meta({ description: 'When it was handed in; begun, while it is prepared' }),
    test: z.boolean().meta({ description: 'Never published' }),
    publicId: uuid.nullable().meta({ description: 'Its id in the record' }),
    version,
  })
  .meta({ id: 'Communication' });
const withActions = communication
  .extend({
    roles: z.array(code).meta({ description: 'Mine here' }),
    actions: z.array(action),
  })
  .meta({ id: 'CommunicationWithActions' });

export const openCommunication = operation({
  id: 'openCommunication',
  method: 'POST',
  path: '/v1/communications',
  tag: 'communications',
  summary: 'Begin a communication, a submission, or whatever else the procedure lets me file',
  description:
    'Nobody else learns of it before it is handed in: fill in its form, say who files it, add documents, ' +
    'then make the move `submit`. A member of the public files through a side of its own, which names nobody; ' +
    '`organization` says in whose name it is filed, where it is not in my own.',
  body: z
    .strictObject({
      mechanism: named('aarhus').meta({ description: 'The procedure' }),
      trigger: named('communication').meta({ description: 'One of the procedure’s triggers' }),
      party: iso3.meta({ description: 'The Party concerned' }),
      naming,
      organization: uuid.optional().meta({ description: 'In whose name: one that I act for' }),
      as: fields.actingSide,
      test: z.boolean().default(false),
    })
    .meta({
      id: 'NewCommunication',
      example: { mechanism: 'aarhus', trigger: 'communication', party: 'KAZ', naming: 'sealed' },
    }),
  returns: withActions,
  status: 201,
  location: '/v1/communications/{id}',
  idempotent: true,
  problems: [
    'unknown-mechanism',
    'unknown-trigger',
    'unknown-state',
    'unknown-side',
    'wrong-role',
    'permission-missing',
    'side-ambiguous',
    'naming-not-offered',
    'party-mismatched',
    'not-a-party',
  ],
});
export const listCommunications = operation({
  id: 'listCommunications',
  method: 'GET',
  path: '/v1/communications',
  tag: 'communications',
  summary: 'The communications that I may see',
  description: 'In the order in which they were handed in; what is prepared, as it was begun.',
  query: z.strictObject({
    ...pageQuery,
    party: iso3.optional().meta({ description: 'The Party concerned' }),
    status: named('forwarded').optional().meta({ description: 'At this stage' }),
  }),
  returns: pageOf(communication).meta({ id: 'Communications' }),
});
export const getCommunication = operation({
  id: 'getCommunication',
  method: 'GET',
  path: '/v1/communications/{id}',
  tag: 'communications',
  summary: 'A communication, with my roles in it and what I could do now',
  description: 'Each action is allowed, or says by its code why not.',
  params: byId,
  returns: withActions,
});
export const moveCommunication = operation({
  id: 'moveCommunication',
  method: 'POST',
  path: '/v1/communications/{id}/moves',
  tag: 'communications',
  summary: 'Make a move of the procedure',
  description:
    '`actions` of the communication names the moves. What follows from one happens with it, or not at all.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({ move: named('submit'), reason: prose(1000).optional() })
    .meta({ id: 'CommunicationMove', example: { move: 'submit' } }),
  returns: withActions,
  status: 200,
  problems: [
    ...MOVING,
    'intake-incomplete',
    'over-word-limit',
    'filer-unnamed',
    'curator-missing',
    'tests-open',
    'test-failed',
    'no-test-failed',
  ],
});

const parts = partsOf({
  tag: 'communications',
  noun: 'a communication',
  named: (id) => id.replace(/(Journal|[A-Z][a-z]+)$/, 'Communication$1'),
});
export const { listMoves, listDeadlines, listParticipants } = parts;
export const { verifyJournal, readJournal, proveJournal } = parts;
export const { createDocument, listDocuments } = documentOperations({
  tag: 'communications',
  noun: 'a communication',
  named: (id) => id.replace('Document', 'CommunicationDocument'),
});
