import { z } from 'zod';
import type { Session } from './api-client.js';
import { instants } from './calendar.js';
import type { RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';
import { outcomeStarts } from './timetable.js';

const MECHANISM = 'upr';
const Made = z.looseObject({ id: z.string() });
const Numbered = z.looseObject({ id: z.string(), number: z.int() });
const Slot = z.looseObject({ state: z.string() });

/**
 * The session in which a review is to take place, where the house knows it already.
 *
 * @returns its id
 * @throws ReplayFault `already-exists` when the State has a place in it: that is another review's
 */
export async function findSession(
  reader: Session,
  { session, iso3, state }: RealReview,
): Promise<string | undefined> {
  const sessions = await reader.list(`/v1/sessions?mechanism=${MECHANISM}&limit=200`, Numbered);
  const id = sessions.find(({ number }) => number === session)?.id;
  if (id === undefined) return undefined;
  const places = await reader.list(`/v1/sessions/${id}/schedule?limit=200`, Slot);
  if (places.every((place) => place.state !== iso3)) return id;
  const what = `${state} has a place in session ${session} already, that of another review`;
  throw new ReplayFault('already-exists', what);
}

/**
 * Gives the State its place, in the session given or in a new one.
 *
 * @returns the id of the place
 */
export async function takePlace(
  secretariat: Session,
  review: RealReview,
  session: string | undefined,
): Promise<string> {
  const { reviewStarts, reviewEnds } = instants(review.calendar);
  const place = {
    state: review.iso3,
    starts: reviewStarts,
    ends: reviewEnds,
    outcomeStarts: new Date(outcomeStarts(review)).toISOString(),
  };
  const schedule = `/v1/sessions/${session ?? (await addSession(secretariat, review))}/schedule`;
  return (await secretariat.post(schedule, place, Made)).id;
}

/** The dates of filing aren't known: the rules' own stand, at the hour of the calendar. */
async function addSession(secretariat: Session, review: RealReview): Promise<string> {
  const { calendar, session: number } = review;
  const closing = ['national-report', 'compilation', 'stakeholder-summary', 'advance-questions'];
  const body = {
    cycleId: await cycleOf(secretariat, review),
    number,
    title: `Working Group on the Universal Periodic Review, session ${number}`,
    starts: calendar.sessionStarts,
    ends: calendar.sessionEnds,
    hours: Object.fromEntries(closing.map((deadline) => [deadline, calendar.hours.others])),
  };
  return (await secretariat.post('/v1/sessions', body, Made)).id;
}

/** Its first day isn't in the documents: the session's stands for it, without a source. */
async function cycleOf(secretariat: Session, { cycle, calendar }: RealReview): Promise<string> {
  const cycles = await secretariat.list(`/v1/cycles?mechanism=${MECHANISM}&limit=200`, Numbered);
  const known = cycles.find(({ number }) => number === cycle);
  if (known) return known.id;
  const body = { mechanism: MECHANISM, number: cycle, starts: calendar.sessionStarts };
  return (await secretariat.post('/v1/cycles', body, Made)).id;
}
