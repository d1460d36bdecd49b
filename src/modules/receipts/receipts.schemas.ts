import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const { byId, code, instant, language, sha256, uuid, written } = fields;

const keyId = written(/^[a-z]-[0-9a-f-]{36}$/).meta({
  example: 's-8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
});
const key = z
  .strictObject({
    id: keyId,
    algorithm: z.literal('Ed25519'),
    publicKey: written(/^[A-Za-z0-9+/]+=*$/).meta({
      description: 'Base64 of SubjectPublicKeyInfo (RFC 8410) in DER',
      example: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
    }),
    from: instant,
    until: instant.nullable().meta({ description: 'Null for the one that signs now' }),
    revokedAt: instant.nullable().meta({
      description: 'Since when nothing is believed that it signed, for it was stolen',
    }),
  })
  .meta({ id: 'ReceiptKey' });
const receipt = z
  .strictObject({
    v: z.literal(1),
    mechanism: code,
    receiptId: uuid,
    filedAt: instant,
    filing: z
      .enum(['document', 'corrigendum', 'language'])
      .meta({ description: 'What was filed: a document, a corrigendum, or a further language' }),
    rehearsal: z.boolean().meta({
      description: 'Made in a rehearsal, or by a moved clock: it proves nothing outside',
    }),
    contentDigest: sha256.meta({
      description: 'SHA-256 over the salt and the file’s SHA-256, 32 bytes each',
      example: '1f0c5d9a7be24c38d6018f5a2b94e7c30d6a8f91b2c74e5d3a0916f8e7b2c45d',
    }),
    keyId,
    signature: written(/^[A-Za-z0-9+/]{86}==$/).meta({
      description: 'Ed25519 over the canonical JSON (RFC 8785) of all the other fields; base64',
      example: `${'kT0bW3'.repeat(14)}kA==`,
    }),
  })
  .meta({
    id: 'Receipt',
    description:
      'Proves to anybody, offline, that this content was filed then; tells neither it nor whose',
  });
const opening = z
  .strictObject({
    receiptId: uuid,
    version: z.int(),
    language,
    salt: sha256.meta({ description: '32 random bytes, in hexadecimal digits' }),
    sha256: sha256.meta({ description: 'Of the file as it was sent, in hexadecimal digits' }),
  })
  .meta({
    id: 'ReceiptOpening',
    description: 'What proves that it is this very file, to whom you show it with the file',
  });

const whichText = z.strictObject({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(9999)
    .optional()
    .meta({ description: 'The number of the version: the latest that was filed, unless named' }),
  language: language
    .optional()
    .meta({ description: 'The language of the text: the original’s, unless named' }),
});

export const listReceiptKeys = operation({
  id: 'listReceiptKeys',
  method: 'GET',
  path: '/v1/receipt-keys',
  tag: 'receipts',
  summary: 'The keys that receipts are checked with',
  description:
    'All that ever signed, in the order in which they were made; none is ever taken away. Keep a ' +
    'copy: a receipt is checked offline (`npm run verify-receipt`, docs/receipts.md).',
  open: true,
  cached: true,
  query: z.strictObject(pageQuery),
  returns: pageOf(key).meta({ id: 'ReceiptKeys' }),
});
export const getReceipt = operation({
  id: 'getReceipt',
  method: 'GET',
  path: '/v1/documents/{id}/receipt',
  tag: 'documents',
  summary: 'The signed receipt of a filing, for the side that filed it',
  description:
    'Hand it on as you like: it names neither the content nor who filed it. `Accept: text/html` ' +
    'gives a page for print, with a code that holds the receipt.',
  params: byId,
  query: whichText,
  returns: receipt,
  printable: true,
});
export const getReceiptOpening = operation({
  id: 'getReceiptOpening',
  method: 'GET',
  path: '/v1/documents/{id}/receipt/opening',
  tag: 'documents',
  summary: 'What opens the digest of a receipt, for the side that filed it',
  description:
    'Show it with the file to whom you want to prove that it is this one, and to nobody else. It is ' +
    'gone once the text has been withdrawn for safety; the receipt stays good.',
  params: byId,
  query: whichText,
  returns: opening,
  problems: ['withdrawn'],
});
