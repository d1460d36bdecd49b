import { Temporal } from 'temporal-polyfill';
import { refusal, type Refusal } from './refusal.js';

/** How far beyond its first asking an embargo reaches, all extensions together. */
const EMBARGO_MOST = 'PT4320H';
/** How long before its end its sides are warned, and after it may still extend it. */
export const EMBARGO_WARNING_HOURS = 168;
export const EMBARGO_GRACE_HOURS = 48;

const hoursFrom = (instant: string, hours: number): string =>
  Temporal.Instant.from(instant).add({ hours }).toString();

export const warningOf = (until: string): string => hoursFrom(until, -EMBARGO_WARNING_HOURS);

/** When what was held back is published, unless somebody has extended it by then. */
export const releaseOf = (until: string): string => hoursFrom(until, EMBARGO_GRACE_HOURS);

/** Whether an embargo still holds back what would otherwise be published. */
export const holdsBack = (until: string, now: string): boolean =>
  Temporal.Instant.compare(now, releaseOf(until)) < 0;

interface EmbargoAsked {
  readonly until: string;
  readonly now: string;
  /** When an embargo was first asked for here. */
  readonly firstAskedAt: string;
}

/** An embargo ends in time to come, and not too far. */
export function embargoRefused({ until, now, firstAskedAt }: EmbargoAsked): Refusal | null {
  if (Temporal.Instant.compare(until, now) <= 0)
    return refusal('embargo-too-short', { until, now });
  const latest = Temporal.Instant.from(firstAskedAt).add(EMBARGO_MOST);
  if (Temporal.Instant.compare(until, latest) <= 0) return null;
  return refusal('embargo-too-long', { until, latest: latest.toString() });
}
