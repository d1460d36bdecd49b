import { z } from 'zod';
import { XLSX } from '../../platform/formats/media-types.js';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { languageQuery } from '../../platform/http/speaking.js';
import { WORKLISTS } from './worklists.rules.js';

const { actingSide, uuid } = fields;

const params = z.strictObject({
  id: uuid,
  kind: z.enum(WORKLISTS).meta({ description: 'What is on the list' }),
});
const ACTING = [
  'not-offered',
  'wrong-role',
  'permission-missing',
  'side-ambiguous',
  'conflict-of-interest',
  'wrong-stage',
  'unknown-kind',
] as const;
const tag = 'worklists';

export const exportWorklist = operation({
  id: 'exportWorklist',
  method: 'GET',
  path: '/v1/reviews/{id}/worklists/{kind}',
  tag,
  summary: 'What I may act on, as a workbook to fill in offline',
  description:
    'A row an item, with its id and the version of which the row speaks; locked columns to read, and ' +
    'columns to fill in, whose values are those of the JSON operations. `positions` and `follow-up` ' +
    'come with what is prepared already. A second sheet says how to fill it in, in the language of ' +
    '`Accept-Language`.',
  params,
  query: z.strictObject({ as: actingSide, ...languageQuery }),
  localized: true,
  returns: 'file',
  mediaType: XLSX,
  problems: ACTING,
});

export const importWorklist = operation({
  id: 'importWorklist',
  method: 'PUT',
  path: '/v1/reviews/{id}/worklists/{kind}',
  tag,
  summary: 'Do what a filled-in worklist says: all of it, or nothing',
  description:
    'By the same acts, and under the same rules, as item by item: `positions` and `follow-up` are ' +
    'prepared, and with `submit=true` handed in as well; `amendments` are proposed; `statements` are ' +
    'published. Rows may be moved, left out, or left as they were. `worklist-refused` names every cell ' +
    'that stands against it; with `dryRun=true` they are told and nothing is done. A file that is sent ' +
    'again finds that all of it is there.',
  params,
  query: z.strictObject({
    as: actingSide,
    submit: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Hand in what is prepared, too' }),
  }),
  dryRun: true,
  body: 'file',
  mediaType: XLSX,
  returns: z
    .strictObject({
      changed: z.int().meta({ description: 'Rows that changed something' }),
      unchanged: z.int().meta({ description: 'Rows that say what is there' }),
      submitted: z.int().meta({ description: 'Items handed in' }),
    })
    .meta({ id: 'WorklistDone', example: { changed: 12, unchanged: 140, submitted: 0 } }),
  status: 200,
  problems: [
    ...ACTING,
    'unsupported-media-type',
    'unsupported-type',
    'file-too-large',
    'empty-file',
    'executable-file',
    'image-file',
    'old-format',
    'encrypted-file',
    'active-content',
    'damaged-file',
    'zip-bomb',
    'document-too-complex',
    'digest-mismatch',
    'malware-found',
    'unavailable',
    'worklist-differs',
    'worklist-incomplete',
    'worklist-refused',
    'cell-locked',
    'cell-formula',
    'cell-unreadable',
    'row-unknown',
    'row-repeated',
    'stale',
    'invalid-content',
    'position-unknown',
    'grade-unknown',
    'text-unchanged',
    'dates-in-disorder',
    'nothing-to-submit',
    'wording-changed',
  ],
});
