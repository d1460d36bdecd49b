// A cycle of the demonstration's own, counted from the day on which it was first loaded. Its
// numbers are far from those of real sessions, which may be entered beside it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../command.mjs';

const dayMs = 86_400_000;
const cycleNumber = 900;
/** From the beginning of the cycle to the day of loading: so a later start finds that day again. */
const lead = 365;
const past = 901;
const coming = 902;
const later = 903;

const dateOf = (time) => new Date(time).toISOString().slice(0, 10);

/** The date so many days from the first; of a weekend, the Friday before. */
function dayFrom(first, offset) {
  const time = Date.parse(first) + offset * dayMs;
  const weekend = { 6: 1, 0: 2 }[new Date(time).getUTCDay()] ?? 0;
  return dateOf(time - weekend * dayMs);
}

const findCycle = async (anybody) =>
  (await anybody.get('/v1/cycles?mechanism=upr&limit=200')).items.find(
    ({ number }) => number === cycleNumber,
  );

const findSession = async (anybody, cycle, number) =>
  (await anybody.get(`/v1/sessions?cycle=${cycle.id}&limit=200`)).items.find(
    (session) => session.number === number,
  );

/** How far the demonstration has come: the empty last session is what it creates last. */
export async function progress(anybody) {
  const cycle = await findCycle(anybody);
  if (!cycle) return 'none';
  return (await findSession(anybody, cycle, later)) ? 'complete' : 'begun';
}

/**
 * Opens the cycle, and enters who sits on the Council as far as it is on record.
 *
 * @returns `{cycle, day}`, where `day(n)` is the date n days from the first loading
 */
export async function openCycle({ secretariat }) {
  const seats = JSON.parse(readFileSync(path.join(root, 'data', 'council-seats.json'), 'utf8'));
  await secretariat.post('/v1/bodies/hrc/seats', { seats });
  const starts = dateOf(Date.now() - lead * dayMs);
  const cycle =
    (await findCycle(secretariat)) ??
    (await secretariat.post('/v1/cycles', { mechanism: 'upr', number: cycleNumber, starts }));
  const first = dateOf(Date.parse(cycle.starts) + lead * dayMs);
  return { cycle, day: (offset) => dayFrom(first, offset) };
}

async function openSession({ secretariat }, { cycle, day }, { number, from, dates }) {
  const known = await findSession(secretariat, cycle, number);
  if (known) return known;
  return secretariat.post('/v1/sessions', {
    cycleId: cycle.id,
    number,
    title: `Demonstration session ${number}`,
    starts: day(from),
    ends: day(from + 11),
    ...(dates && { dates }),
  });
}

/** Gives a State its place in a session and opens its review there. Answers the review's id. */
async function openReview({ secretariat }, { id }, place) {
  const schedule = `/v1/sessions/${id}/schedule`;
  const { items: slots } = await secretariat.get(`${schedule}?limit=200`);
  const slot =
    slots.find(({ state }) => state === place.state) ?? (await secretariat.post(schedule, place));
  const { items: reviews } = await secretariat.get(
    `/v1/reviews?state=${place.state}&session=${id}`,
  );
  const review = reviews[0] ?? (await secretariat.post('/v1/reviews', { slotId: slot.id }));
  return review.id;
}

/** A session five months ago, one State in it, whose outcome is planned for next week. */
export async function openPastSession(people, calendar) {
  const { day } = calendar;
  const { id } = await openSession(people, calendar, { number: past, from: -152 });
  const costaRica = await openReview(
    people,
    { id },
    {
      state: 'CRI',
      starts: `${day(-151)}T08:00:00Z`,
      ends: `${day(-151)}T11:30:00Z`,
      outcomeStarts: `${day(10)}T13:00:00Z`,
    },
  );
  return { id, costaRica };
}

/** A session in four months with two States; stakeholders have longer than the rules give. */
export async function openComingSession(people, calendar) {
  const { day } = calendar;
  const dates = { 'stakeholder-submissions': day(42) };
  const place = await openSession(people, calendar, { number: coming, from: 112, dates });
  const outcomeStarts = `${day(245)}T13:00:00Z`;
  const estonia = await openReview(people, place, {
    state: 'EST',
    starts: `${day(113)}T08:00:00Z`,
    ends: `${day(113)}T11:30:00Z`,
    outcomeStarts,
  });
  const fiji = await openReview(people, place, {
    state: 'FJI',
    starts: `${day(114)}T13:30:00Z`,
    ends: `${day(114)}T17:00:00Z`,
    outcomeStarts,
  });
  return { estonia, fiji };
}

/** An empty session, for whoever wants to schedule a State; with it all is there. */
export const openLastSession = (people, calendar) =>
  openSession(people, calendar, { number: later, from: 273 });

/** The plenary is held earlier than planned: in a moment, for which this waits. */
export async function bringOutcomeForward({ secretariat }, sessionId) {
  const { items } = await secretariat.get(`/v1/sessions/${sessionId}/schedule`);
  const [{ state, starts, ends, changes }] = items;
  if (changes.length > 0) return;
  const { version } = await secretariat.get(`/v1/sessions/${sessionId}`);
  const reason = 'Demonstration: the plenary took up the outcome earlier than planned';
  const { now } = await secretariat.get('/v1/clock');
  const slots = [
    { state, starts, ends, outcomeStarts: new Date(Date.parse(now) + 2000).toISOString() },
  ];
  await secretariat.post(`/v1/sessions/${sessionId}/reschedule`, { reason, slots }, { version });
  await sleep(2500);
}
