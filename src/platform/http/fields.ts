import { z } from 'zod';
import { LANGUAGES } from '../labels/languages.js';

/** Fields that the contract uses everywhere, described once. */
export const uuid = z
  .uuid()
  .meta({ id: 'Id', description: 'UUID', example: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10' });
/** Years that JavaScript and PostgreSQL write alike; what is no date at all is refused elsewhere. */
const inCommonEra = (text: string): boolean => {
  const year = new Date(text).getUTCFullYear();
  return !(year < 1 || year > 9999);
};
const ERA = 'the year must be from 0001 to 9999';
export const instant = z.iso.datetime({ offset: true }).max(40).refine(inCommonEra, ERA).meta({
  id: 'Instant',
  description: 'RFC 3339 date-time',
  format: 'date-time',
  example: '2027-05-03T09:00:00+02:00',
});
export const date = z.iso
  .date()
  .refine(inCommonEra, ERA)
  .meta({ id: 'Date', description: 'Calendar date', example: '2027-05-03' });
export const iso3 = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .max(3)
  .meta({ id: 'StateCode', description: 'ISO 3166-1 alpha-3', example: 'SVN' });
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35)
  .meta({ id: 'LanguageTag', description: 'BCP 47 tag', example: 'en' });
export const version = z
  .int()
  .min(1)
  .meta({ description: 'Also the ETag: send it in If-Match', example: 7 });
export const side = z
  .string()
  .regex(
    /^(state:[A-Z]{3}|organization:[0-9a-f-]{36}|secretariat:[a-z0-9-]{1,40}|body:[a-z0-9-]{1,40})$/,
  )
  .max(52)
  .meta({
    id: 'Side',
    description: 'Who acts: a State, an organization, a secretariat or a body',
    example: 'state:SVN',
  });
/** Only where a person sits on several sides that could act. */
export const actingSide = side
  .optional()
  .meta({ description: 'The side to act through, where I sit on several that could' });
export const email = z.email().max(254).toLowerCase().meta({ example: 'head@delegation.example' });
export const password = z.string().min(12).max(200).meta({ format: 'password' });
/** One that there is, however it was chosen. */
export const knownPassword = z.string().min(1).max(200).meta({ format: 'password' });
export const writtenIn = z
  .enum(LANGUAGES)
  .default('en')
  .meta({ description: 'Language of the mail', example: 'fr' });
export const line = (most: number) => z.string().trim().min(1).max(most);

/** Sent by every resource that moves. */
export const action = z
  .strictObject({
    action: z.string(),
    allowed: z.boolean(),
    because: z.string().nullable().meta({ description: 'Code of the refusal, when not allowed' }),
    deadline: instant.nullable(),
  })
  .meta({ id: 'Action' });

export const byId = z.strictObject({ id: uuid });

/** What a dry run answers instead. */
export const dryRun = z
  .strictObject({
    ok: z.boolean(),
    refusals: z.array(
      z.strictObject({ code: z.string(), facts: z.record(z.string(), z.unknown()) }),
    ),
    to: z.string().optional(),
    deadlines: z.array(
      z.strictObject({ key: z.string().meta({ example: 'national-report' }), due: instant }),
    ),
  })
  .meta({ id: 'DryRun' });
