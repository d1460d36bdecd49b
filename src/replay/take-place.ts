import type { Comity } from '../../client/index.js';
import { instants } from './calendar.js';
import type { RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';
import { outcomeStarts } from './timetable.js';

const MECHANISM = 'upr';

/**
 * The session in which a review is to take place, where the house knows it already.
 *
 * @returns its id
 * @throws ReplayFault `already-exists` when the State has a place in it: that is another review's
 */
export async function findSession(
  reader: Comity,
  { session, iso3, state }: RealReview,
): Promise<string | undefined> {
  const query = { mechanism: MECHANISM, limit: 200 };
  const sessions = await reader.all('/v1/sessions', { query });
  const id = sessions.find(({ number }) => number === session)?.id;
  if (id === undefined) return undefined;
  const places = await reader.all('/v1/sessions/{id}/schedule', { path: { id } });
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
  secretariat: Comity,
  review: RealReview,
  session: string | undefined,
): Promise<string> {
  const { reviewStarts, reviewEnds } = instants(review.calendar);
  const body = {
    state: review.iso3,
    starts: reviewStarts,
    ends: reviewEnds,
    outcomeStarts: new Date(outcomeStarts(review)).toISOString(),
  };
  const path = { id: session ?? (await addSession(secretariat, review)) };
  return (await secretariat.post('/v1/sessions/{id}/schedule', { path, body })).id;
}

/** The dates of filing aren't known: the rules' own stand, at the hour of the calendar. */
async function addSession(secretariat: Comity, review: RealReview): Promise<string> {
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
  return (await secretariat.post('/v1/sessions', { body })).id;
}

/** Its first day isn't in the documents: the session's stands for it, without a source. */
async function cycleOf(secretariat: Comity, { cycle, calendar }: RealReview): Promise<string> {
  const query = { mechanism: MECHANISM, limit: 200 };
  const cycles = await secretariat.all('/v1/cycles', { query });
  const known = cycles.find(({ number }) => number === cycle);
  if (known) return known.id;
  const body = { mechanism: MECHANISM, number: cycle, starts: calendar.sessionStarts };
  return (await secretariat.post('/v1/cycles', { body })).id;
}
