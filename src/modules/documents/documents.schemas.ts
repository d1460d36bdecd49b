import { z } from 'zod';
import { MEDIA_TYPES } from '../../platform/formats/media-types.js';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { contentQuery, documentVersion } from './texts.schemas.js';
import { receivedHow } from '../proceedings/index.js';
import { maskedSide, withdrawnSchema } from '../record/index.js';

const { byId, instant, language, line, prose, side, uuid, version, words } = fields;

const number = z.coerce.number().int().min(1).max(9999);
export const kind = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ example: 'national-report' });
export const symbol = line(100).meta({
  description: 'The document’s symbol',
  example: 'A/HRC/WG.6/34/SVN/1',
});

const publication = z
  .strictObject({
    audience: z.enum(['public', 'parties']),
    until: instant.nullable().meta({ description: 'End of its embargo' }),
    publishedAt: instant.nullable().meta({
      description: 'When it is published at the earliest, unless the embargo is extended',
    }),
    reason: words.nullable(),
    askedBy: side.meta({ description: 'Who asked; its own side, once that has asked' }),
  })
  .meta({
    id: 'Publication',
    description: 'For the side whose document it is, who filed it, and the secretariat alone',
  });
const registration = z
  .strictObject({
    sha256: fields.sha256,
    registeredAt: instant,
    until: instant.meta({
      description: 'Some hours after the deadline: handed in by then, it has come in time',
    }),
  })
  .meta({ id: 'RegisteredFile', description: 'For the side that files alone' });
export const document = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    kind,
    title: words,
    symbol: words.nullable(),
    side: maskedSide,
    filedBy: maskedSide.meta({ description: 'Differs from `side` when filed on its behalf' }),
    status: z.enum(['draft', 'submitted', 'published']),
    late: z.boolean(),
    overLimit: z.boolean(),
    limit: z.int().nullable().meta({ description: 'Words allowed' }),
    createdAt: instant.nullable().meta({ description: 'For the side that filed it alone' }),
    submittedAt: instant.nullable(),
    receivedAt: instant.nullable().meta({
      description: 'When its side handed it to who filed it: what counts for the deadline',
    }),
    receivedHow: receivedHow.nullable().meta({ description: 'By what means' }),
    languages: z
      .array(language)
      .meta({ description: 'Those that it is to be had in, once that was said' }),
    publicId: uuid.nullable().meta({ description: 'Its id in the record' }),
    versions: z.array(documentVersion),
    publication: publication.nullable(),
    registration: registration.nullable(),
    withdrawn: withdrawnSchema.nullable(),
    actions: z.array(fields.action),
    version,
  })
  .meta({ id: 'Document' });
export const summary = document
  .omit({
    languages: true,
    versions: true,
    publication: true,
    registration: true,
    withdrawn: true,
    actions: true,
    limit: true,
  })
  .meta({ id: 'DocumentSummary' });

export const getDocument = operation({
  id: 'getDocument',
  method: 'GET',
  path: '/v1/documents/{id}',
  tag: 'documents',
  summary: 'A document, with its versions and languages',
  description: '`actions` says what I could do with it now.',
  params: byId,
  returns: document,
});
export const reviseDocument = operation({
  id: 'reviseDocument',
  method: 'POST',
  path: '/v1/documents/{id}/versions',
  tag: 'documents',
  summary: 'Begin a corrigendum: a new version of what was submitted',
  description:
    'What was submitted stays as it is; the new version stands beside it, with the reason. A ' +
    'deadline that is final for the document is final for its corrigenda.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z
    .strictObject({ reason: prose(1000) })
    .meta({ id: 'NewVersion', example: { reason: 'Table 2 gave the figures of another year' } }),
  returns: document,
  status: 201,
  location: '/v1/documents/{id}',
  problems: ['wrong-role', 'permission-missing', 'already-exists', 'withdrawn'],
});
export const putContent = operation({
  id: 'putContent',
  method: 'PUT',
  path: '/v1/documents/{id}/content',
  tag: 'documents',
  summary: 'Upload the text of the draft version, in one language',
  description:
    'DOCX, ODT, PDF or plain text in UTF-8, as the raw body; what was submitted takes ' +
    'translations still. The type is looked at, not believed; a `Repr-Digest` with sha-256 is ' +
    'checked. Everybody else gets a copy without authors, revisions, comments and the like. The ' +
    'answer says how many words were counted, what was left out, what the file told beside ' +
    'them, and whether it seems to be in another language.',
  params: byId,
  query: contentQuery,
  ifMatch: true,
  body: 'file',
  mediaTypes: MEDIA_TYPES,
  returns: document,
  status: 200,
  problems: [
    'wrong-role',
    'permission-missing',
    'already-submitted',
    'already-exists',
    'too-late',
    'withdrawn',
    'over-word-limit',
    'unsupported-media-type',
    'unsupported-type',
    'type-differs',
    'executable-file',
    'image-file',
    'old-format',
    'file-too-large',
    'text-too-long',
    'empty-file',
    'not-text',
    'not-utf8',
    'damaged-file',
    'encrypted-file',
    'active-content',
    'no-text-layer',
    'zip-bomb',
    'document-too-complex',
    'unscrubbable',
    'malware-found',
    'digest-malformed',
    'digest-mismatch',
  ],
});
export const getContent = operation({
  id: 'getContent',
  method: 'GET',
  path: '/v1/documents/{id}/content',
  tag: 'documents',
  summary: 'The bytes of a document that I may see',
  description:
    'The latest version with a text unless one is named, the original unless a language is. ' +
    'It is the copy that others get; who filed it may ask for the file as it was sent.',
  params: byId,
  query: z.strictObject({
    version: number.optional().meta({ description: 'The number of the version' }),
    language: language.optional().meta({ description: 'The language of the text' }),
    which: z.enum(['copy', 'original']).default('copy').meta({
      description: '`original`: as it was sent, for the side that filed it alone',
    }),
  }),
  returns: 'file',
  mediaTypes: MEDIA_TYPES,
  problems: ['withdrawn'],
});
