import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { PARTNER_STATUSES } from '../documents/index.js';
import { maskedSide } from '../record/index.js';

const { byId, instant, sha256, side, uuid, version, words } = fields;

const partner = z
  .strictObject({
    organization: side.meta({ example: 'organization:7d1f0a52-93f1-4c39-9c0e-6a1d1f7f2b11' }),
    name: words.meta({ example: 'Human Rights House' }),
    status: z.enum(PARTNER_STATUSES).meta({
      description: 'One that did not accept in time has `lapsed`; the document stands without it',
      example: 'accepted',
    }),
    sealed: z.boolean().meta({
      description: 'It stands, and nobody but the lead and itself learns of it',
      example: false,
    }),
    askedAt: instant.nullable(),
    answeredAt: instant.nullable(),
    acceptedText: sha256.nullable().meta({
      description:
        'SHA-256 of the original text that it accepted. `asked` beside it: the text is another now',
      example: '9f2c1e5b7a4d8360b1c7e2f94a6d0358c9e1b7f2064d8a3e5c70f1b29d4e6a83',
    }),
    namedTo: z.array(z.enum(['secretariat', 'public'])).meta({
      description: 'To whom its name is told, if the document were handed in as it stands',
      example: ['secretariat', 'public'],
    }),
  })
  .meta({
    id: 'Partner',
    description: 'When it was asked and answered, its lead and itself learn',
  });
const partners = z
  .strictObject({
    id: uuid.meta({ description: 'Of the document' }),
    title: words,
    lead: z.strictObject({ side: maskedSide, name: words }),
    status: z.enum(['draft', 'submitted', 'published']),
    acceptedUntil: instant.nullable().meta({
      description:
        'Until then a partner may accept; who has not falls away. The deadline, or the hours after ' +
        'it in which a registered file may come',
    }),
    partners: z.array(partner).meta({
      description:
        'For the lead all; for a partner itself and who is named; for others who is named',
    }),
    actions: z.array(fields.action),
    version: version.meta({ description: 'Of the document, as I am shown it' }),
  })
  .meta({ id: 'Partners' });

const answered = partner
  .extend({
    version: version.meta({ description: 'Of the document, as I am shown it as long as I am' }),
  })
  .meta({ id: 'AnsweredPartner' });

const organization = uuid.meta({ example: '7d1f0a52-93f1-4c39-9c0e-6a1d1f7f2b11' });

export const listSignatories = operation({
  id: 'listSignatories',
  method: 'GET',
  path: '/v1/documents/{id}/signatories',
  tag: 'documents',
  summary: 'The partners of a joint submission, as far as I may know of them',
  description:
    'A partner counts when it has accepted the text. For the lead, `namedTo` says before handing ' +
    'in who will be named to whom; a sealed partner is named to nobody, and counted nowhere.',
  params: byId,
  returns: partners,
});
export const nameSignatory = operation({
  id: 'nameSignatory',
  method: 'POST',
  path: '/v1/documents/{id}/signatories',
  tag: 'documents',
  summary: 'Ask an organization to file this draft with mine (its lead)',
  description:
    'From now on it reads the draft, and nothing else of mine, until it declines, leaves or is ' +
    'taken off. One that declined, was taken off or answered too late can be asked again.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z.strictObject({ organization }).meta({
    id: 'NewPartner',
    example: { organization: '7d1f0a52-93f1-4c39-9c0e-6a1d1f7f2b11' },
  }),
  returns: partners,
  status: 201,
  location: '/v1/documents/{id}/signatories',
  problems: [
    'wrong-role',
    'permission-missing',
    'not-offered',
    'already-submitted',
    'already-exists',
    'not-your-own',
    'too-late',
    'too-many-partners',
    'unknown-side',
  ],
});
export const removeSignatory = operation({
  id: 'removeSignatory',
  method: 'POST',
  path: '/v1/documents/{id}/signatories/removal',
  tag: 'documents',
  summary: 'Take a partner off a joint submission (its lead)',
  description:
    'At once, and after publication too: the item in the record no longer names it, without saying ' +
    'that it did. The organization reads the document no longer.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z.strictObject({ organization }).meta({
    id: 'PartnerRemoval',
    example: { organization: '7d1f0a52-93f1-4c39-9c0e-6a1d1f7f2b11' },
  }),
  returns: partners,
  status: 200,
  problems: ['wrong-role', 'permission-missing', 'not-offered', 'unknown-side'],
});
export const answerSignatory = operation({
  id: 'answerSignatory',
  method: 'POST',
  path: '/v1/documents/{id}/signatories/answer',
  tag: 'documents',
  summary: 'Accept to be a partner, decline, seal my name, or leave (a partner, for itself)',
  description:
    '`If-Match` names the text that I accept: when it changes before it is handed in, I am asked ' +
    'again. `sealed`, or later `seal`, has me stand without being named to anybody but the lead, ' +
    'for good. I may `leave` at any time, after publication too: nothing public says that I was there. ' +
    'What the text itself says of me, its author corrects.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z
    .strictObject({
      answer: z.enum(['accept', 'decline', 'seal', 'leave']),
      sealed: z
        .boolean()
        .optional()
        .meta({ description: 'With `accept`; not sealed unless asked' }),
      as: fields.actingSide,
    })
    .refine(({ answer, sealed }) => sealed === undefined || answer === 'accept', {
      path: ['sealed'],
      message: 'is for who accepts',
    })
    .meta({ id: 'PartnerAnswer', example: { answer: 'accept', sealed: false } }),
  returns: answered,
  status: 200,
  problems: [
    'conflict-of-interest',
    'wrong-role',
    'permission-missing',
    'side-ambiguous',
    'not-offered',
    'already-given',
    'content-missing',
    'too-early',
    'too-late',
  ],
});
