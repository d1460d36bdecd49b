import { Temporal } from 'temporal-polyfill';
import { asDue, isLate, type Due } from './deadlines.js';
import type { DeadlineRule } from './definition.js';
import type { Facts } from './refusal.js';

/** A deadline that runs: due when, and when it was due before any extension. */
interface RunningDeadline {
  readonly due: string;
  readonly firstDue: string;
  readonly zone: string;
}

interface ExtensionRequest {
  /** Roles of whoever extends. */
  readonly by: readonly string[];
  /** The new due instant, RFC 3339. */
  readonly until: string;
  readonly now: string;
  readonly extensionsUsed: number;
}

type Extension =
  | ({ readonly ok: true } & Due)
  | { readonly ok: false; readonly because: string; readonly facts: Facts };

const refuse = (because: string, facts: Facts = {}): Extension => ({ ok: false, because, facts });

/**
 * A deadline's new due instant, or why it cannot be had. All extensions together reach no
 * farther than `most` after the first due instant, so that many small steps gain nothing;
 * what has expired stays expired.
 */
export const extend = (
  deadline: RunningDeadline,
  rule: DeadlineRule,
  { by, until, now, extensionsUsed }: ExtensionRequest,
): Extension => {
  const { due, firstDue, zone } = deadline;
  const allowed = rule.extension;
  if (!allowed) return refuse('extension-not-offered', { deadline: rule.deadline });
  if (!by.includes(allowed.by)) return refuse('wrong-role', { by: [allowed.by] });
  if (extensionsUsed >= allowed.times) {
    return refuse('extension-used-up', { times: allowed.times, used: extensionsUsed });
  }
  if (isLate(now, due)) return refuse('extension-after-expiry', { due, now });
  const wanted = Temporal.Instant.from(until);
  if (Temporal.Instant.compare(wanted, Temporal.Instant.from(due)) <= 0) {
    return refuse('extension-too-short', { due, until });
  }
  const limit = Temporal.Instant.from(firstDue)
    .toZonedDateTimeISO(zone)
    .add(allowed.most)
    .toInstant();
  if (Temporal.Instant.compare(wanted, limit) > 0) {
    return refuse('extension-too-long', { most: allowed.most, latest: limit.toString(), until });
  }
  return { ok: true, ...asDue(wanted, zone) };
};
