import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { CalendarEvent } from './calendar-feeds.rules.js';

/** How often programs are asked to look again: hourly. */
const HOURLY = 3600;
const DAY = 86_400_000;

/** The library writes the calendar's name as it is. */
const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, String.raw`\$&`);

/**
 * A calendar (RFC 5545) in UTC, so that it needs no time zones of its own. Without METHOD, for it is
 * published and asks nobody: so DTSTAMP is when an event was last changed.
 */
export function writeCalendar(title: string, events: readonly CalendarEvent[]): Buffer {
  const calendar = ical({
    name: escaped(title),
    prodId: { company: 'Comity', product: 'Comity', language: 'EN' },
    ttl: HOURLY,
  });
  for (const event of events) {
    calendar.createEvent({
      id: event.uid,
      start: event.starts,
      // The end of whole days is the first that is no longer part of it.
      end: event.wholeDays ? new Date(event.ends.getTime() + DAY) : event.ends,
      allDay: event.wholeDays ?? false,
      stamp: event.changedAt,
      lastModified: event.changedAt,
      sequence: event.sequence,
      summary: event.summary,
      description: event.lines.join('\n') || null,
      url: event.url,
      status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: event.free ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
  }
  return Buffer.from(calendar.toString());
}
