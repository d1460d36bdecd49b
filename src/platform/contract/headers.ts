/** What the contract says once of headers, those of answers and those of requests. */

/** Of headers: visible ASCII and blanks (RFC 9110), or what is narrower. */
const text = { type: 'string' as const, maxLength: 8192, pattern: '^[ -~]*$' };
const like = (pattern: string) => ({ required: true, schema: { ...text, pattern } });
const only = (value: string) => ({ required: true, schema: { ...text, const: value } });
/** Of policies, each by its name. */
const each = (said: string) => `^"[a-z-]+";${said}(, "[a-z-]+";${said})*$`;

export const headers = {
  CorrelationId: {
    description: 'Names this exchange in the logs: quote it when you report a fault',
    required: true,
    schema: { ...text, format: 'uuid', maxLength: 36 },
  },
  NotStored: {
    description: 'Nothing of casework is kept on the way',
    ...only('no-store'),
  },
  Cacheable: {
    description: 'For how long',
    ...like('^public, max-age=\\d+$'),
    example: 'public, max-age=30',
  },
  VersionTag: {
    description: '`version` of the body, quoted: send it in `If-Match`. Absent from a dry run',
    schema: { ...text, pattern: '^"\\d{1,9}"$' },
    example: '"7"',
  },
  BytesTag: {
    description: 'A hash of the very bytes: send it in `If-None-Match`, or in `If-Range`',
    ...like('^"[A-Za-z0-9_-]+"$'),
    example: '"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"',
  },
  NextPage: {
    description: 'The next page (RFC 8288); absent on the last one',
    schema: { ...text, pattern: '^<[!-~]+>; rel="next"$' },
    example: '</v1/states?cursor=WyJTVk4iXQ>; rel="next"',
  },
  Created: {
    description: 'The address of what was created',
    ...like('^/v1/[A-Za-z0-9/-]+$'),
    example: '/v1/reviews/8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
  },
  Replayed: {
    description: '`true` when this repeats the first answer to the same `Idempotency-Key`',
    schema: { ...text, const: 'true' },
  },
  Challenge: {
    description: 'How to authenticate (RFC 6750)',
    ...like('^Bearer [ -~]+$'),
    example: 'Bearer realm="comity"',
  },
  RetryAfter: {
    description: 'Seconds to wait (RFC 9110)',
    schema: { ...text, pattern: '^\\d+$' },
    example: '60',
  },
  RateLimit: {
    description:
      'Of each policy that was counted: how many requests are left (`r`), and the seconds until ' +
      'all are again (`t`). Absent where there is no limit',
    schema: { ...text, pattern: each('r=\\d+;t=\\d+') },
    example: '"public";r=599;t=60',
  },
  RateLimitPolicy: {
    description:
      'Each policy that was counted: its quota (`q`) in a window of so many seconds (`w`)',
    schema: { ...text, pattern: each('q=\\d+;w=\\d+') },
    example: '"public";q=600;w=60',
  },
  OpenOrigin: {
    description: 'On what is public alone: pages of any origin may read it, without credentials',
    schema: { ...text, const: '*' },
  },
  Language: {
    description: 'The language that a person reads here (RFC 9110): of the six, the one asked for',
    ...like('^[a-z]{2}(, [a-z]{2})*$'),
    example: 'fr',
  },
  PageLanguage: {
    description: 'Of a page, which comes in the reader’s language; absent where data come',
    schema: { ...text, pattern: '^[a-z]{2}$' },
    example: 'fr',
  },
  Varies: {
    description: 'What else than the address the answer depends on',
    schema: { ...text, pattern: '^[A-Za-z-]+(, [A-Za-z-]+)*$' },
    example: 'Accept-Language',
  },
  Digest: {
    description: 'RFC 9530, of the bytes that follow',
    ...like('^sha-256=:[A-Za-z0-9+/]{43}=:$'),
    example: 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
  },
  Unbuffered: { description: 'Proxies pass on each event as it comes', ...only('no') },
  AcceptRanges: { description: 'A part can be asked for', ...only('bytes') },
  ContentRange: {
    description: 'Which bytes follow, and of how many',
    ...like('^bytes \\d+-\\d+/\\d+$'),
    example: 'bytes 0-1023/146515',
  },
  Size: {
    description: 'How many bytes there are',
    ...like('^bytes \\*/\\d+$'),
    example: 'bytes */146515',
  },
  TusResumable: {
    description: 'The version of the protocol of resumable uploads (https://tus.io)',
    schema: { ...text, const: '1.0.0' },
  },
  TusVersion: { description: 'The versions that are spoken', schema: { ...text, const: '1.0.0' } },
  TusExtension: {
    description: 'The extensions of the protocol that are offered',
    ...like('^[a-z-]+(,[a-z-]+)*$'),
    example: 'creation,creation-with-upload,termination,expiration,checksum',
  },
  TusMaxSize: {
    description: 'Bytes of the largest file that is taken',
    ...like('^\\d+$'),
    example: '20000000',
  },
  TusChecksumAlgorithm: {
    description: 'By which algorithms a chunk is checked',
    ...like('^[a-z0-9-]+(,[a-z0-9-]+)*$'),
    example: 'sha1,sha256',
  },
  UploadOffset: {
    description: 'How many bytes have come: send the next from there',
    ...like('^\\d+$'),
    example: '524288',
  },
  UploadLength: {
    description: 'How many bytes there will be',
    ...like('^\\d+$'),
    example: '9437184',
  },
  UploadExpires: {
    description: 'When the upload ends, unless more comes of it (RFC 9110)',
    ...like('^[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT$'),
    example: 'Tue, 02 Feb 2027 16:00:00 GMT',
  },
  UploadMetadata: {
    description: 'As it was sent when the upload was begun; absent where none was',
    schema: text,
    example: 'filetype dGV4dC9wbGFpbg==',
  },
  Disposition: {
    description: 'A file name to save it under',
    ...like('^attachment; filename="[A-Za-z0-9._-]+"$'),
    example: 'attachment; filename="openapi.yaml"',
  },
};

export const parameters = {
  IfMatch: {
    in: 'header' as const,
    name: 'If-Match',
    required: true,
    description: 'The version that you read, quoted: 428 without it, 412 when somebody was faster',
    schema: { ...text, pattern: '^(W/)?"\\d{1,9}"$' },
    example: '"7"',
  },
  IfMatchNow: {
    in: 'header' as const,
    name: 'If-Match',
    description: 'The version as it is by now, where it is no longer the one that was named first',
    schema: { ...text, pattern: '^(W/)?"\\d{1,9}"$' },
    example: '"8"',
  },
  TusResumable: {
    in: 'header' as const,
    name: 'Tus-Resumable',
    required: true,
    description: 'The version of the protocol that you speak',
    schema: { ...text, const: '1.0.0' },
    example: '1.0.0',
  },
  IfNoneMatch: {
    in: 'header' as const,
    name: 'If-None-Match',
    description: '`ETag` of what you have: 304 while it is unchanged',
    schema: text,
  },
  AcceptLanguage: {
    in: 'header' as const,
    name: 'Accept-Language',
    description: 'Of the six languages, those that you read (RFC 9110): English when none is',
    schema: text,
    example: 'fr-CH, fr;q=0.9, en;q=0.5',
  },
  IdempotencyKey: {
    in: 'header' as const,
    name: 'Idempotency-Key',
    required: true,
    description:
      'A name of your choice for this request: a repeat under it, within 24 hours, returns the ' +
      'first answer and changes nothing',
    schema: { ...text, pattern: '^[!-~]{8,128}$' },
    example: '0b9f8c1e-3d52-4a6b-8f0d-2b1c7e5a9d44',
  },
  Range: {
    in: 'header' as const,
    name: 'Range',
    description: 'One range of bytes (RFC 9110): 206 with that part; of several, all is sent',
    schema: text,
    example: 'bytes=0-1023',
  },
  IfRange: {
    in: 'header' as const,
    name: 'If-Range',
    description: '`ETag` of what you have a part of: all is sent when it is another by now',
    schema: text,
    example: '"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"',
  },
  ReprDigest: {
    in: 'header' as const,
    name: 'Repr-Digest',
    description: 'RFC 9530, sha-256 of the bytes that you send: checked',
    schema: text,
    example: 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
  },
};
