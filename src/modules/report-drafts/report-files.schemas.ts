import { z } from 'zod';
import { FORMATS } from '../../platform/formats/format.js';
import { byId } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { documentSchema } from '../documents/index.js';
import { kind } from './report-drafts.schemas.js';

export const exportReport = operation({
  id: 'exportReport',
  method: 'GET',
  path: '/v1/reviews/{id}/report/content',
  tag: 'reports',
  summary: 'The draft as a file: Word, or HTML',
  description: 'As it stands, with what nobody has said yet as `[…]`.',
  params: byId,
  query: z.strictObject({
    kind,
    as: z.enum(['docx', 'html']).default('docx').meta({ description: 'The format' }),
  }),
  returns: 'file',
  mediaTypes: [FORMATS.docx, 'text/html'],
});

export const fileReport = operation({
  id: 'fileReport',
  method: 'PUT',
  path: '/v1/documents/{id}/content/report',
  tag: 'reports',
  summary: 'Put the draft as the content of its document',
  description:
    'The same as uploading the Word file: it is looked through and counted. Nothing may be blank, ' +
    'and every label is that of its place. A new version of what was handed in is signed off anew.',
  params: byId,
  ifMatch: true,
  returns: documentSchema,
  status: 200,
  problems: [
    'permission-missing',
    'report-unfinished',
    'labels-differ',
    'wrong-role',
    'already-submitted',
    'already-exists',
    'unknown-kind',
    'withdrawn',
    'over-word-limit',
  ],
});
