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
  .meta({
    id: 'StateCode',
    description: 'ISO 3166-1 alpha-3; `EUU` is the European Union',
    example: 'SVN',
  });
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
    /^(state:[A-Z]{3}|organization:[0-9a-f-]{36}|communicant:[0-9a-f-]{36}|member:[0-9a-f-]{36}|secretariat:[a-z0-9-]{1,40}|body:[a-z0-9-]{1,40})$/,
  )
  .max(52)
  .meta({
    id: 'Side',
    description:
      'Who acts: a State, an organization, a communicant, whom the key does not name, a member of a ' +
      'committee, a secretariat or a body',
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

// Whatever script it is written in: no control character is part of one.
// oxlint-disable-next-line no-control-regex
const LINE = /^[^\u0000-\u001f\u007f]*$/;
// oxlint-disable-next-line no-control-regex
const LINES = /^[^\u0000-\u0008\u000e-\u001f\u007f]*$/;
/** A name or a title that is sent: one line. */
export const line = (most: number) =>
  z.string().trim().min(1).max(most).regex(LINE, 'holds a control character or a line break');
/** What somebody says: lines and tabs. */
export const prose = (most: number, least = 1) =>
  z.string().trim().min(least).max(most).regex(LINES, 'holds a control character');

/** What the contract says of a text: nobody is refused for it, and no answer fails by it. */
export const written = (pattern: RegExp) => z.string().meta({ pattern: pattern.source });
/** What somebody wrote, as it comes back. */
export const words = written(LINES);
/** A word of a vocabulary, of a procedure or of the house's own. */
export const code = written(/^[A-Za-z][A-Za-z0-9_.:-]*$/);
export const sha256 = written(/^[0-9a-f]{64}$/).meta({
  description: 'SHA-256, in hexadecimal digits',
});
export const localTime = written(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/).meta({
  description: 'Local date and time in the zone',
  example: '2026-11-02T17:00',
});
export const zone = written(/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)*$/).meta({
  description: 'IANA time zone',
  example: 'Europe/Zurich',
});
export const mediaType = written(/^[a-z]+\/[a-z0-9.+-]+$/);
/** What was given out once, to be shown again. */
export const token = written(/^[A-Za-z0-9_-]+$/);

/** Sent by every resource that moves. */
export const action = z
  .strictObject({
    action: code,
    allowed: z.boolean(),
    because: code.nullable().meta({ description: 'Code of the refusal, when not allowed' }),
    deadline: instant.nullable(),
  })
  .meta({ id: 'Action' });

export const byId = z.strictObject({ id: uuid });

/** What a dry run answers instead. */
export const dryRun = z
  .strictObject({
    ok: z.boolean(),
    refusals: z.array(z.strictObject({ code, facts: z.record(code, z.unknown()) })),
    to: code.optional(),
    deadlines: z.array(
      z.strictObject({ key: code.meta({ example: 'national-report' }), due: instant }),
    ),
  })
  .meta({ id: 'DryRun' });
