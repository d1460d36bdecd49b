import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { contentQuery, putContent } from '../documents/index.js';
import { ALGORITHMS, EXTENSIONS } from './uploads.rules.js';

const upload = z
  .strictObject({
    id: fields.uuid,
    documentId: fields.uuid,
    language: fields.language,
    standing: contentQuery.shape.standing.unwrap(),
    mediaType: fields.mediaType.meta({ description: 'What the file was said to be' }),
    length: z.int().meta({ description: 'Bytes of the whole file', example: 9_437_184 }),
    offset: z.int().meta({ description: 'Bytes that have come', example: 524_288 }),
    expiresAt: fields.instant.meta({ description: 'It ends then, unless more comes of it' }),
  })
  .meta({ id: 'Upload' });
export type Shown = z.infer<typeof upload>;
/** With what the protocol tells in headers. */
type Told = Shown & { readonly metadata?: string | null };

const CHUNK = 'application/offset+octet-stream';
const bytes = z
  .string()
  .regex(/^\d{1,15}$/)
  .max(15)
  .transform(Number);
const checksum = z
  .string()
  .regex(new RegExp(`^(${ALGORITHMS.join('|')}) [A-Za-z0-9+/]+={0,2}$`), {
    error: `${ALGORITHMS.join(' or ')}, a blank, and the digest in Base64`,
  })
  .max(60)
  .optional()
  .meta({
    description: 'Of the bytes that you send: checked before they count',
    example: 'sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=',
  });
const METADATA = /^[!-+\--~]+( [A-Za-z0-9+/]*={0,2})?(,[!-+\--~]+( [A-Za-z0-9+/]*={0,2})?)*$/;

/** The codes with which a chunk can be refused; the last one as the whole file is. */
const OF_CHUNKS = [
  ...putContent.problems.filter((code) => !code.startsWith('digest-')),
  'unsupported-media-type',
  'checksum-mismatch',
  'too-many-chunks',
  'upload-ended',
  'upload-offset-differs',
];
const offset = { 'Upload-Offset': (told: Told) => String(told.offset) };
const expires = {
  'Upload-Expires': (told: Told) => new Date(told.expiresAt).toUTCString(),
};

export const describeUploads = operation({
  id: 'describeUploads',
  method: 'OPTIONS',
  path: '/v1/documents/{id}/uploads',
  tag: 'documents',
  summary: 'What of the protocol of resumable uploads is spoken here',
  description: 'tus 1.0.0 (https://tus.io), the same for every document: nothing is looked up.',
  open: true,
  tus: true,
  params: fields.byId,
  tells: {
    'Tus-Extension': () => EXTENSIONS.join(','),
    'Tus-Max-Size': (told: { maxUpload: number }) => String(told.maxUpload),
    'Tus-Checksum-Algorithm': () => ALGORITHMS.join(','),
  },
});
export const createUpload = operation({
  id: 'createUpload',
  method: 'POST',
  path: '/v1/documents/{id}/uploads',
  tag: 'documents',
  summary: 'Begin an upload that can be resumed',
  description:
    'For what `PUT /v1/documents/{id}/content` takes, over a line that breaks: tus 1.0.0 ' +
    '(https://tus.io). Send the bytes to the address that `Location` gives; the first of them ' +
    'may come along. `filetype` of `Upload-Metadata` is the content type of the file. The ' +
    'upload is yours alone, and of the version of the document that `If-Match` names.',
  tus: true,
  params: fields.byId,
  query: contentQuery,
  headers: z.strictObject({
    'Upload-Length': bytes.meta({ description: 'Bytes of the whole file', example: '9437184' }),
    'Upload-Metadata': z.string().regex(METADATA).max(1000).optional().meta({
      description: 'Keys, each with a value in Base64; only `filetype` is looked at',
      example: 'filetype dGV4dC9wbGFpbg==',
    }),
    'Upload-Checksum': checksum,
  }),
  ifMatch: true,
  idempotent: true,
  body: 'chunk',
  mediaType: CHUNK,
  returns: upload,
  status: 201,
  location: '/v1/uploads/{id}',
  tells: { ...offset, ...expires },
  problems: [...OF_CHUNKS, 'too-many-uploads'],
});
export const headUpload = operation({
  id: 'headUpload',
  method: 'HEAD',
  path: '/v1/uploads/{id}',
  tag: 'documents',
  summary: 'How much of an upload has come',
  description:
    'The whole length is told only when the file has been taken: until then the last byte has ' +
    'not come, and is what to send.',
  tus: true,
  params: fields.byId,
  tells: {
    ...offset,
    ...expires,
    'Upload-Length': (told: Told) => String(told.length),
    'Upload-Metadata': (told: Told) => told.metadata ?? undefined,
  },
  problems: ['wrong-role', 'permission-missing', 'already-submitted', 'withdrawn', 'upload-ended'],
});
export const patchUpload = operation({
  id: 'patchUpload',
  method: 'PATCH',
  path: '/v1/uploads/{id}',
  tag: 'documents',
  summary: 'Send the next bytes of an upload',
  description:
    'What came before a line broke is kept: ask by `HEAD` how much, and go on from there. With ' +
    'the last byte the file goes the way of `PUT /v1/documents/{id}/content`, and what would be ' +
    'refused there is refused here: a file for what it holds ends the upload; else the last ' +
    'byte can be sent again, with the version as it is by now in `If-Match`.',
  tus: true,
  params: fields.byId,
  headers: z.strictObject({
    'Upload-Offset': bytes.meta({ description: 'Where your bytes begin', example: '524288' }),
    'Upload-Checksum': checksum,
  }),
  ifMatch: 'optional',
  body: 'chunk',
  mediaType: CHUNK,
  tells: { ...offset, ...expires },
  problems: OF_CHUNKS,
});
export const deleteUpload = operation({
  id: 'deleteUpload',
  method: 'DELETE',
  path: '/v1/uploads/{id}',
  tag: 'documents',
  summary: 'End an upload: what has come of it is thrown away',
  description: 'A document that it has become stays.',
  tus: true,
  params: fields.byId,
  problems: ['upload-ended'],
});
