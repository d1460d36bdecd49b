import { Temporal } from 'temporal-polyfill';
import type { Urgency } from './audience.js';

export const DIGESTS = ['at-once', 'hourly', 'daily', 'weekly'] as const;
export type Digest = (typeof DIGESTS)[number];

/** When nothing is to arrive that is not urgent; over midnight where `to` is not after `from`. */
interface QuietHours {
  /** `HH:MM`, in the recipient's zone. */
  readonly from: string;
  readonly to: string;
  /** The days on which they begin, 1 is Monday; every day where there are none. */
  readonly days?: readonly number[] | undefined;
}

/** How somebody wishes to be told. */
export interface Manners {
  /** An IANA zone. */
  readonly zone: string;
  readonly quiet: QuietHours | null;
  readonly digest: Digest;
  /** `HH:MM`, in the zone: of daily and weekly digests. */
  readonly digestAt: string;
  /** Of weekly ones, 1 is Monday. */
  readonly digestOn: number;
}

/** When something leaves, and whether it leaves together with what else is due then. */
interface Due {
  readonly at: Date;
  readonly digest: boolean;
}

/** How far ahead a digest lies at least: one that is about to leave takes in nothing more. */
const AHEAD = 60_000;
const QUARTER = 15 * 60_000;
const QUARTERS_IN_TWO_HOURS = 8;
/** Quiet days in a row hold nothing back for longer. */
const DAYS_IN_A_WEEK = 7;

/**
 * When somebody is told of something that is known now.
 *
 * What is urgent leaves now. All else waits for the next digest, and what can wait for others (`low`)
 * for that of a day where digests are hourly; without digests it leaves now. What falls into quiet
 * hours leaves when they end, together. What is told later is never due earlier.
 *
 * @throws RangeError for a zone or an hour that there is not
 */
export function dueAt(manners: Manners, urgency: Urgency, now: Date): Due {
  if (urgency === 'urgent') return { at: now, digest: false };
  const wished = manners.digest === 'hourly' && urgency === 'low' ? 'daily' : manners.digest;
  const boundary =
    wished === 'at-once' ? now : nextBoundary(manners, wished, now.getTime() + AHEAD);
  const at = afterQuiet(manners, boundary);
  const together = wished !== 'at-once' || at.getTime() - now.getTime() >= AHEAD;
  return { at, digest: together };
}

/** The first boundary at `least` (milliseconds) or after it. */
function nextBoundary(manners: Manners, digest: Exclude<Digest, 'at-once'>, least: number): Date {
  if (digest === 'hourly') return nextHour(manners.zone, least);
  const today = dateOf(manners.zone, least);
  // A week, and a day more on both sides: a calendar may have left one out.
  for (let days = -1; days <= DAYS_IN_A_WEEK + 1; days += 1) {
    const date = today.add({ days });
    if (digest === 'weekly' && date.dayOfWeek !== manners.digestOn) continue;
    const at = momentOf(manners.zone, date, manners.digestAt);
    if (at >= least) return new Date(at);
  }
  throw new RangeError(`no ${digest} digest at ${manners.digestAt} in ${manners.zone}`);
}

/**
 * The first full hour of a zone's clocks: also of those half an hour off, and every hour of an hour that
 * there is twice. All zones lie whole quarters apart.
 */
function nextHour(zone: string, least: number): Date {
  const first = Math.ceil(least / QUARTER) * QUARTER;
  const quarters = Array.from({ length: QUARTERS_IN_TWO_HOURS }, (_, n) => first + n * QUARTER);
  const full = quarters.find((at) => inZone(zone, at).minute === 0);
  return new Date(full ?? first);
}

/** `at`, or the end of the quiet hours that it lies in, and of those that begin with that end. */
function afterQuiet({ zone, quiet }: Manners, at: Date): Date {
  if (quiet === null) return at;
  let free = at.getTime();
  for (let nights = 0; nights < DAYS_IN_A_WEEK; nights += 1) {
    const end = quietEnd(zone, quiet, free);
    if (end === null) break;
    free = end;
  }
  return new Date(free);
}

function quietEnd(zone: string, { from, to, days }: QuietHours, at: number): number | null {
  const today = dateOf(zone, at);
  for (const date of [today.subtract({ days: 1 }), today]) {
    if (days && !days.includes(date.dayOfWeek)) continue;
    const end = momentOf(zone, to > from ? date : date.add({ days: 1 }), to);
    if (momentOf(zone, date, from) <= at && at < end) return end;
  }
  return null;
}

/**
 * The instant (milliseconds) of an hour on a date: the first where clocks show it twice; where they
 * leave it out, as much later as they leave out.
 */
const momentOf = (zone: string, date: Temporal.PlainDate, hour: string): number =>
  date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(hour) })
    .epochMilliseconds;

const inZone = (zone: string, at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

const dateOf = (zone: string, at: number): Temporal.PlainDate => inZone(zone, at).toPlainDate();
