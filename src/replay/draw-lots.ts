import type { Comity } from '../../client/index.js';
import { orderFrom } from '../kernel/speaking-order.js';
import { holdsOn, type CouncilSeat, type State } from '../modules/directory/state-names.rules.js';
import type { RealReview } from './real-review.js';

const BODY = 'hrc';
/** Of whom no document tells who saw a lot drawn, or in which meeting. */
const UNKNOWN = 'not on record';

/**
 * Enters who sat on the Council on the day on which the troika was drawn, in a house that has nobody
 * on record: as far as the seats given are whole, which they are where all that was drawn sat.
 *
 * @returns how many terms were entered
 */
export async function enterSeats(
  secretariat: Comity,
  { calendar, troikaCodes }: RealReview,
  seats: readonly CouncilSeat[],
): Promise<number> {
  const day = calendar.troikaSelected ?? calendar.reviewed;
  const held = seats.filter((seat) => holdsOn(seat, day));
  const seated = new Set(held.map(({ state }) => state));
  if (!troikaCodes.every((state) => seated.has(state))) return 0;
  const path = { key: BODY };
  const known = await secretariat.get('/v1/bodies/{key}/seats', { path, query: { on: day } });
  if (known.items.length > 0) return 0;
  await secretariat.post('/v1/bodies/{key}/seats', { path, body: { seats: held } });
  return held.length;
}

/** What the report prints of the lot: the States, the day and the Council. */
export async function recordTroika(
  review: string,
  { calendar, iso3, troikaCodes }: RealReview,
  { at, secretariat }: { at: number; secretariat: Comity },
): Promise<void> {
  const body = {
    purpose: 'troika' as const,
    result: [{ for: iso3, drawn: troikaCodes }],
    drawnOn: calendar.troikaSelected ?? dayOf(at),
    meeting: 'Human Rights Council',
    witnesses: [UNKNOWN],
  };
  await secretariat.post('/v1/reviews/{id}/lots/by-hand', { path: { id: review }, body });
}

/** The day is the replay's own: no document tells when it was drawn. */
export async function recordFirst(
  review: string,
  first: string,
  { at, secretariat }: { at: number; secretariat: Comity },
): Promise<void> {
  const body = {
    list: 'dialogue' as const,
    drawn: [first],
    drawnOn: dayOf(at),
    meeting: UNKNOWN,
    witnesses: [UNKNOWN],
  };
  await secretariat.post('/v1/reviews/{id}/speakers/draw', { path: { id: review }, body });
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * From where a list of speakers was drawn to begin: the letter of who spoke first, if the alphabet
 * puts them first from there on; else the State itself.
 *
 * @param speakers alpha-3 codes in the order in which they spoke
 * @returns undefined where nobody spoke
 */
export function firstDrawn(
  speakers: readonly string[],
  states: readonly State[],
): string | undefined {
  const [first] = speakers;
  if (first === undefined) return undefined;
  const named = speakers.map((key) => ({ key, name: englishName(key, states) }));
  const letter = englishName(first, states).normalize('NFKD').slice(0, 1);
  return orderFrom(named, letter)[0] === first ? letter : first;
}

const englishName = (iso3: string, states: readonly State[]): string =>
  states
    .find((state) => state.iso3 === iso3)
    ?.names.find(({ form, language }) => form === 'short' && language === 'en')?.name ?? iso3;
