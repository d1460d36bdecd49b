import type { Urgency } from '../../kernel/audience.js';
import type { Manners } from '../../kernel/telling.js';
import { LANGUAGES, type Language } from '../../platform/labels/languages.js';
import type { Manner } from './preferences.entity.js';

/** How somebody is told by mail. */
export interface Wishes extends Manners {
  readonly language: Language;
  /** `urgent` leaves out all else. What is urgent is always mailed: a deadline is not declined. */
  readonly mail: Manner['mail'];
  /** Events that are not mailed, unless they are urgent. */
  readonly muted: readonly string[];
}

/** What is stored of somebody; null throughout for whoever said nothing. */
export type StoredWishes = { readonly [K in keyof Omit<Manner, 'accountId'>]: Manner[K] | null } & {
  readonly language: string | null;
};

/** Of whoever said nothing: everything is mailed at once, and instants are told in UTC. */
const UNSAID: Omit<Wishes, 'language'> = {
  mail: 'all',
  zone: 'UTC',
  quiet: null,
  digest: 'at-once',
  digestAt: '08:00',
  digestOn: 1,
  muted: [],
};

export function wishesFrom(stored: StoredWishes): Wishes {
  const { quietFrom: from, quietTo: to, quietDays } = stored;
  const days = quietDays === null ? {} : { days: quietDays };
  return {
    language: LANGUAGES.find((each) => each === stored.language) ?? 'en',
    mail: stored.mail ?? UNSAID.mail,
    zone: stored.zone ?? UNSAID.zone,
    quiet: from === null || to === null ? null : { from, to, ...days },
    digest: stored.digest ?? UNSAID.digest,
    digestAt: stored.digestAt ?? UNSAID.digestAt,
    digestOn: stored.digestOn ?? UNSAID.digestOn,
    muted: stored.muted ?? UNSAID.muted,
  };
}

/** Whether somebody who wishes this gets a mail of such an event. */
export const isMailed = (
  { mail, muted }: Pick<Wishes, 'mail' | 'muted'>,
  { event, urgency }: { readonly event: string; readonly urgency: Urgency },
): boolean => urgency === 'urgent' || (mail === 'all' && !muted.includes(event));
