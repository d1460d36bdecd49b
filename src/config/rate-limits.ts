import { z } from 'zod';

/** How much in how long: `600/60` is 600 in each minute. */
export interface Quota {
  readonly quota: number;
  readonly seconds: number;
}

/**
 * Every policy and its quota. By address: reads of what is public, the sign-in area, and answers
 * 401. By account: everything, what changes something, and files. By where it goes: mail to one domain,
 * and what is posted to one host.
 */
const DEFAULTS = {
  public: { quota: 600, seconds: 60 },
  'sign-in': { quota: 60, seconds: 60 },
  refused: { quota: 60, seconds: 60 },
  account: { quota: 1200, seconds: 60 },
  write: { quota: 600, seconds: 60 },
  upload: { quota: 60, seconds: 60 },
  mail: { quota: 1200, seconds: 60 },
  webhook: { quota: 1200, seconds: 60 },
} satisfies Record<string, Quota>;

export type PolicyName = keyof typeof DEFAULTS;
export type RateLimits = Readonly<Record<PolicyName, Quota>>;

const ONE = /^([a-z-]+)=([1-9]\d{0,8})\/([1-9]\d{0,4})$/;

/** The setting: `on`, `off`, or the quotas that differ, as in `public=300/60,write=60/60`. */
export const rateLimits = z.string().transform((text, context): RateLimits | 'off' => {
  if (text === 'off') return 'off';
  const limits: Record<PolicyName, Quota> = { ...DEFAULTS };
  for (const part of text === 'on' ? [] : text.split(',')) {
    const [, name = '', quota, seconds] = ONE.exec(part.trim()) ?? [];
    if (!Object.hasOwn(DEFAULTS, name)) {
      const names = Object.keys(DEFAULTS).join(', ');
      context.addIssue(`${part}: on, off, or name=quota/seconds of ${names}`);
      return z.NEVER;
    }
    limits[name as PolicyName] = { quota: Number(quota), seconds: Number(seconds) };
  }
  return limits;
});

/** The quotas as the setting writes them. */
export const writtenLimits = (limits: RateLimits = DEFAULTS): string =>
  Object.entries(limits)
    .map(([name, { quota, seconds }]) => `${name}=${quota}/${seconds}`)
    .join(',');
