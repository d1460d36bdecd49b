import { z } from 'zod';
import { CONFIDENCE_GROUNDS, NAMINGS } from '../../kernel/intake-rules.js';
import { action, byId, code, line, prose, version, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

export const naming = z.enum(NAMINGS).meta({
  id: 'Naming',
  description:
    'Who learns the names of those who file: `public` everybody, `parties` those who take part, ' +
    '`committee` the secretariat and the committee alone, `sealed` nobody without a release',
  example: 'sealed',
});
const field = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ description: 'A field of the form', example: 'facts' });
const KINDS = ['person', 'organization', 'group'] as const;
const ground = z.enum(CONFIDENCE_GROUNDS).meta({
  description: 'On what ground: others learn that much',
  example: 'penalization',
});
const explanation = prose(1000, 3).meta({
  description: 'What would happen if others knew it, for those alone who read it',
  example: 'The witness works for the authority',
});
const paragraph = z
  .strictObject({
    text: prose(10_000).meta({ example: 'On 3 May the permit was granted without a hearing.' }),
    inConfidence: z
      .strictObject({ ground, explanation: explanation.optional() })
      .optional()
      .meta({ description: 'Kept from the Party and the public: why' }),
  })
  .meta({ id: 'NewIntakeParagraph' });
const told = z.strictObject({ ground, explanation: words.nullable() });
const shownParagraph = z
  .strictObject({
    text: words.nullable().meta({ description: 'Null where it was given in confidence to others' }),
    inConfidence: told.nullable(),
  })
  .meta({ id: 'IntakeParagraph' });
const form = z
  .strictObject({
    naming: naming.nullable().meta({ description: 'What was chosen, for those who file' }),
    namings: z.array(naming).meta({ description: 'What can be chosen' }),
    fields: z.array(
      z.strictObject({
        field: code,
        required: z.boolean(),
        paragraphs: z.array(shownParagraph),
        words: z.int().nonnegative(),
      }),
    ),
    words: z.int().nonnegative().meta({ description: 'Of all fields together' }),
    limit: z.int().positive(),
    missing: z.array(code).meta({ description: 'Required fields that are empty' }),
    version: version.nullable().meta({ description: 'Of the form, for those who prepare it' }),
    actions: z.array(action),
  })
  .meta({ id: 'Intake' });
const communicant = z
  .strictObject({ kind: z.enum(KINDS), name: words.nullable(), contact: words.nullable() })
  .meta({ id: 'Communicant' });
const communicants = z
  .strictObject({
    naming: naming.nullable(),
    communicants: z.array(communicant),
    version: version.nullable(),
  })
  .meta({ id: 'Communicants' });
const reading = z
  .strictObject({
    role: code,
    from: code.meta({ description: 'The stage from which on it is read' }),
  })
  .meta({ id: 'ReadingFrom' });
const readers = z
  .strictObject({
    naming,
    names: z
      .array(reading)
      .meta({ description: 'Who learns the names; whoever prepares knows them' }),
    contacts: z.array(reading),
    text: z.array(reading).meta({ description: 'Who reads what was not given in confidence' }),
    inConfidence: z.array(reading),
    paragraphsInConfidence: z.int().nonnegative(),
    toEverybody: z.boolean().meta({ description: 'Whether the names can be published' }),
  })
  .meta({ id: 'IntakeReaders' });

const PREPARING = ['not-offered', 'wrong-role', 'permission-missing', 'already-submitted'] as const;

export const getIntake = operation({
  id: 'getIntake',
  method: 'GET',
  path: '/v1/communications/{id}/intake',
  tag: 'communications',
  summary: 'The form by which a communication is filed, as far as I may read it',
  description:
    'While it is prepared, nobody reads it but those who prepare it. What was given in confidence ' +
    'shows to others that something stands there, and on which ground.',
  params: byId,
  returns: form,
});
export const putIntakeField = operation({
  id: 'putIntakeField',
  method: 'PUT',
  path: '/v1/communications/{id}/intake/fields/{field}',
  tag: 'communications',
  summary: 'Fill in a field of the form',
  description:
    'Paragraph by paragraph; each can be given in confidence. No paragraphs: it is empty.',
  params: byId.extend({ field }),
  ifMatch: true,
  body: z.strictObject({ paragraphs: z.array(paragraph).max(200) }).meta({
    id: 'IntakeFieldText',
    example: {
      paragraphs: [
        { text: 'On 3 May the permit was granted without a hearing.' },
        {
          text: 'A member of the staff told us so on 7 May.',
          inConfidence: { ground: 'penalization', explanation: 'She would lose her post' },
        },
      ],
    },
  }),
  returns: form,
  problems: [...PREPARING, 'unknown-intake-field'],
});
export const getCommunicants = operation({
  id: 'getCommunicants',
  method: 'GET',
  path: '/v1/communications/{id}/communicants',
  tag: 'communications',
  summary: 'Those who file a communication, by name as far as I may know it',
  description:
    'A name that is null is kept from me. Names under seal are shown to those who prepare it alone.',
  params: byId,
  returns: communicants,
});
export const putCommunicants = operation({
  id: 'putCommunicants',
  method: 'PUT',
  path: '/v1/communications/{id}/communicants',
  tag: 'communications',
  summary: 'Say who files it, and who may learn that',
  description:
    'All of them at once, while it is prepared. Under `sealed` the names are never written down but ' +
    'encrypted. An address is never required.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      naming,
      communicants: z
        .array(
          z.strictObject({
            kind: z.enum(KINDS),
            name: line(300),
            contact: prose(1000).optional(),
          }),
        )
        .min(1)
        .max(50),
    })
    .meta({
      id: 'NewCommunicants',
      example: {
        naming: 'sealed',
        communicants: [{ kind: 'person', name: 'A. Person', contact: 'By the case key alone' }],
      },
    }),
  returns: communicants,
  problems: [...PREPARING, 'naming-not-offered', 'unavailable'],
});
export const getIntakeReaders = operation({
  id: 'getIntakeReaders',
  method: 'GET',
  path: '/v1/communications/{id}/intake/readers',
  tag: 'communications',
  summary: 'Who will read what, before it is handed in',
  description:
    'For those who prepare it: by the rules of the procedure, which roles learn the names, the contacts, the ' +
    'text, and what is given in confidence, each from which stage on. What files tell beside their words stands with each ' +
    'document.',
  params: byId,
  returns: readers,
});
