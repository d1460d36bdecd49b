import { z } from 'zod';
import { byId, language } from '../../platform/http/fields.js';
import { sentDigest } from './texts.schemas.js';
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
    'handed over by other means, `receivedAt`. The stage must still take it, whenever it was received. ' +
    'Where there is a kind for joint submissions, a side hands in one of its own (`already-exists` names ' +
    'it), which a corrigendum replaces in time.',
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
export const registerFile = operation({
  id: 'registerFile',
  method: 'PUT',
  path: '/v1/documents/{id}/registration',
  tag: 'documents',
  summary: 'Register a file before its deadline, to send it when the line allows',
  description:
    'For a draft whose kind has it. Register the SHA-256 of the original file in time; handed in ' +
    'within the hours after the deadline that the procedure gives (`until` in the answer), that very ' +
    'file counts as having come now, however early it was registered. Texts in ' +
    'other languages must have been sent by the deadline. A later registration takes its place.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ sha256: sentDigest }).meta({
    id: 'FileRegistration',
    example: { sha256: '9f2c1e5b7a4d8360b1c7e2f94a6d0358c9e1b7f2064d8a3e5c70f1b29d4e6a83' },
  }),
  returns: document,
  status: 200,
  problems: [
    'wrong-role',
    'permission-missing',
    'wrong-stage',
    'not-offered',
    'too-late',
    'already-submitted',
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
