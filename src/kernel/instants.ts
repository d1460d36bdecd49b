import { Temporal } from 'temporal-polyfill';

const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** The instant that `value` spells in RFC 3339, or `null` where it spells none. */
export const instantOf = (value: unknown): Temporal.Instant | null =>
  typeof value === 'string' ? orNull(() => Temporal.Instant.from(value)) : null;

/** The ISO 8601 duration that `text` spells, or `null`. */
export const durationOf = (text: string): Temporal.Duration | null =>
  orNull(() => Temporal.Duration.from(text));

/** `start` and a duration of any units, days and months by the zone's calendar; or `null`. */
export const laterBy = (
  start: Temporal.Instant,
  duration: string,
  zone: string,
): Temporal.Instant | null =>
  orNull(() => start.toZonedDateTimeISO(zone).add(duration).toInstant());

/** Whether `zone` is an IANA zone that this runtime knows. */
export const isZone = (zone: string): boolean =>
  orNull(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)) !== null;
