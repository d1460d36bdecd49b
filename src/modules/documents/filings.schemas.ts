import { z } from 'zod';
import { byId, language } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { document } from './documents.schemas.js';

export const submitDocument = operation({
  id: 'submitDocument',
  method: 'POST',
  path: '/v1/documents/{id}/submit',
  tag: 'documents',
  summary: 'Hand in the draft version; it can no longer be changed',
  description:
    'What counts for the deadline is the instant at which this request arrives; for what a side ' +
    'handed over by other means, `receivedAt`. The stage must still take it, whenever it was received.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  returns: document,
  status: 200,
  problems: [
    'wrong-role',
    'permission-missing',
    'wrong-stage',
    'too-late',
    'already-submitted',
    'already-exists',
    'content-missing',
    'over-word-limit',
  ],
});
export const declareLanguages = operation({
  id: 'declareLanguages',
  method: 'PUT',
  path: '/v1/documents/{id}/languages',
  tag: 'documents',
  summary: 'Say in which languages a document is to be had',
  description:
    'By the secretariat, the side whose document it is, or who filed it. What is missing among them ' +
    'shows as in translation at the desk of its session. None: nothing is said of it any more.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({ languages: z.array(language).max(20) })
    .meta({ id: 'DeclaredLanguages', example: { languages: ['en', 'fr', 'es'] } }),
  returns: document,
  status: 200,
  problems: ['wrong-role', 'permission-missing'],
});
