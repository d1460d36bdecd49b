import { createHmac } from 'node:crypto';
import type { Letter } from '../deliveries/index.js';
import { REPEATED, type Answer, type Posted } from './post-letter.js';

const PREFIX = 'whsec_';
/** The bytes of a secret that its text stands for. */
export const SECRET_BYTES = 32;

export const writeSecret = (bytes: Buffer): string => PREFIX + bytes.toString('base64');

/** One signature of Standard Webhooks, version 1: of what it is, when it is sent, and what it says. */
function sign(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

/**
 * A letter as it is posted, after Standard Webhooks.
 *
 * @param secrets each of which signs: the current one, and that before it while both are good
 * @throws Error for a letter of several notices: each goes out by itself
 */
export function writeLetter(letter: Letter, secrets: readonly string[], now: Date): Posted {
  const { id, attempt, again, notices } = letter;
  const [notice, ...more] = notices;
  if (!notice || more.length > 0) throw new Error('a webhook takes one notice at a time');
  const body = JSON.stringify({
    type: `notice.${notice.event}`,
    timestamp: notice.toldAt,
    data: notice,
  });
  const seconds = Math.floor(now.getTime() / 1000);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Comity',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': secrets.map((key) => sign(key, `${id}.${seconds}.${body}`)).join(' '),
      'comity-attempt': String(attempt),
      ...(again && REPEATED),
    },
  };
}

/** What an answer means. */
interface Outcome {
  readonly taken: boolean;
  /** Nothing more is wanted there. */
  readonly gone: boolean;
  /** Milliseconds in which nothing more is wanted. */
  readonly wait: number | null;
  /** The status, and what was said beside it. */
  readonly told: string;
}

/** The longest that somebody may ask to be left alone: an hour. */
const LONGEST_WAIT = 3_600_000;

/**
 * 2xx takes a letter; 410 wants no more; all else may fare better another time. Of a redirect it is
 * said that nobody follows it.
 */
export function judge({ status, words, retryAfter }: Answer, now: Date): Outcome {
  const redirected = status >= 300 && status < 400;
  const said = redirected ? 'redirects are not followed' : words;
  const asks = status === 429 || status === 503;
  return {
    taken: status >= 200 && status < 300,
    gone: status === 410,
    wait: asks ? waitOf(retryAfter, now) : null,
    told: said === '' ? String(status) : `${status} ${said}`,
  };
}

/** Of seconds, or of an instant (RFC 9110); null for what is neither, or over. */
function waitOf(retryAfter: string | undefined, now: Date): number | null {
  if (retryAfter === undefined) return null;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
  const wait = seconds ?? Date.parse(retryAfter) - now.getTime();
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : null;
}
