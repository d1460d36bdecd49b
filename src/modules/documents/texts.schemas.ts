import { z } from 'zod';
import { FINDINGS } from '../../platform/formats/finding.js';
import {
  code,
  instant,
  language,
  mediaType,
  sha256,
  uuid,
  words,
} from '../../platform/http/fields.js';
import { maskedSide } from '../record/index.js';

const standing = z
  .enum(['original', 'official', 'courtesy', 'machine'])
  .meta({ id: 'Standing', description: 'What this language version is' });
/** Of a file that is to be sent. */
export const sentDigest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .max(64)
  .meta({ description: 'SHA-256 of the file as it will be sent, in hexadecimal digits' });

const finding = z
  .strictObject({
    what: z.enum(FINDINGS),
    where: words.meta({ description: 'The part of the file', example: 'docProps/core.xml' }),
    value: words
      .nullable()
      .meta({ description: 'As it stands there, shortened', example: 'A. Drafter' }),
  })
  .meta({ id: 'Finding', description: 'What a file tells beside its words' });
const original = z
  .strictObject({
    bytes: z.int(),
    sha256,
    found: z.array(finding).meta({ description: 'What was taken out of what others get' }),
  })
  .meta({ id: 'OriginalFile' });
/** One language of a version. */
const text = z
  .strictObject({
    language,
    standing,
    mediaType: mediaType.meta({ description: 'As it was found to be' }),
    bytes: z.int().meta({ description: 'Of the copy that others get, as is the digest' }),
    sha256,
    words: z.int().meta({ description: 'Counted without what is left out' }),
    leftOut: z.array(z.strictObject({ part: code, words: z.int() })),
    languageFound: language.nullable().meta({
      description: 'What the text seems to be in; null where it is too short to say',
      example: 'en',
    }),
    languageDiffers: z.boolean().meta({ description: 'It seems to be in another language' }),
    original: original
      .nullable()
      .meta({ description: 'The file as it was sent, for the side that filed it alone' }),
    receiptId: uuid.nullable().meta({
      description: 'The receipt of its filing, for the side that filed it alone',
    }),
    uploadedAt: instant.nullable().meta({ description: 'For the side that filed it alone' }),
  })
  .meta({ id: 'DocumentText' });

/** The first version, or a corrigendum, in its languages. */
export const documentVersion = z.strictObject({
  n: z.int(),
  status: z.enum(['draft', 'submitted']),
  by: maskedSide,
  reason: words.nullable(),
  submittedAt: instant.nullable(),
  texts: z.array(text),
});

/** Which text of a document a file is. */
export const contentQuery = z.strictObject({
  language: language.default('en').meta({ description: 'The language of the text' }),
  standing: standing.default('original').meta({ description: 'What this text is' }),
});
