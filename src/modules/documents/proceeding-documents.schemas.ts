import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { handedOver, received, type Family } from '../proceedings/index.js';
import { document, kind, summary, symbol } from './documents.schemas.js';

const { byId, line, side } = fields;

const newDocument = z
  .strictObject({
    kind,
    title: line(500),
    symbol: symbol.optional(),
    as: fields.actingSide,
    onBehalfOf: side
      .optional()
      .meta({ description: 'For a secretariat that files what it was handed' }),
    received: received.optional(),
  })
  .refine(...handedOver)
  .meta({
    id: 'NewDocument',
    example: {
      kind: 'national-report',
      title: 'National report of Slovenia',
      symbol: 'A/HRC/WG.6/34/SVN/1',
    },
  });
const documents = pageOf(summary).meta({ id: 'Documents' });

/** How documents are begun and listed in a proceeding, at the addresses of its family. */
export const documentOperations = ({ tag: family, noun, named }: Family) => ({
  createDocument: operation({
    id: named('createDocument'),
    method: 'POST',
    path: `/v1/${family}/{id}/documents`,
    tag: 'documents',
    summary: 'Begin a document, in my side’s own desk',
    description: 'Nobody else sees it until it is submitted. Upload its content, then submit it.',
    params: byId,
    body: newDocument,
    returns: document,
    status: 201,
    location: '/v1/documents/{id}',
    idempotent: true,
    problems: [
      'wrong-role',
      'permission-missing',
      'side-ambiguous',
      'conflict-of-interest',
      'unknown-kind',
      'wrong-stage',
      'unknown-side',
      'receipt-impossible',
    ],
  }),
  listDocuments: operation({
    id: named('listDocuments'),
    method: 'GET',
    path: `/v1/${family}/{id}/documents`,
    tag: 'documents',
    summary: `The documents of ${noun} that I may see`,
    description: 'In the order in which they were begun. Drafts are those of my own sides.',
    params: byId,
    query: z.strictObject({
      ...pageQuery,
      kind: kind.optional().meta({ description: 'What the procedure calls such documents' }),
    }),
    returns: documents,
  }),
});

export const { createDocument, listDocuments } = documentOperations({
  tag: 'reviews',
  noun: 'a review',
  named: (id) => id,
});
