import { type Refusal, refusal } from '../../kernel/refusal.js';

/** A member of the header, which is a dictionary of byte sequences (RFC 9651 §3.2, §3.3.5). */
const MEMBER =
  /^([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):(?:;[a-z*][a-z0-9_.*-]*(?:=[\w.:/+*-]+)?)*$/;
const SHA256_BYTES = 32;

/** The digest that was announced, if one in an algorithm that is known here. */
interface AnnouncedDigest {
  /** In hexadecimal digits. */
  readonly sha256?: string;
}

const malformed = (member: string): Refusal =>
  refusal('digest-malformed', { member: member.slice(0, 80), expected: 'sha-256=:<base64>:' });

/**
 * Reads a `Repr-Digest` header (RFC 9530 §3). Other algorithms are ignored; the last of
 * several sha-256 members counts.
 *
 * @returns what was announced, or the refusal `digest-malformed`
 */
export function parseReprDigest(header: string | undefined): AnnouncedDigest | Refusal {
  let announced: AnnouncedDigest = {};
  for (const member of header?.trim() ? header.split(',') : []) {
    const [, algorithm, base64 = ''] = MEMBER.exec(member.trim()) ?? [];
    if (algorithm === undefined) return malformed(member);
    if (algorithm !== 'sha-256') continue;
    const digest = Buffer.from(base64, 'base64');
    if (digest.length !== SHA256_BYTES) return malformed(member);
    announced = { sha256: digest.toString('hex') };
  }
  return announced;
}

/**
 * Checks content against the `Repr-Digest` that came with it.
 *
 * @param sha256 of the content that arrived, in hexadecimal digits
 * @returns nothing where it agrees or none was announced, else the refusal
 *   `digest-malformed` or `digest-mismatch` {announced, received}
 */
export function checkReprDigest(header: string | undefined, sha256: string): Refusal | undefined {
  const announced = parseReprDigest(header);
  if ('code' in announced) return announced;
  if (announced.sha256 === undefined || announced.sha256 === sha256) return undefined;
  return refusal('digest-mismatch', { announced: announced.sha256, received: sha256 });
}
