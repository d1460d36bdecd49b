import type { Comity } from '../../client/index.js';
import {
  confirmRecommendations,
  draftRecommendations,
  submitRecommendations,
} from './make-recommendations.js';
import type { People } from './people.js';
import type { RealReview } from './real-review.js';
import type { TestClock } from './test-clock.js';

/** Each State registers itself, while the list is open. */
export async function registerSpeakers(
  review: string,
  speakers: readonly string[],
  people: People,
): Promise<void> {
  const path = { id: review };
  for (const state of speakers) {
    const delegation = await people.head(state);
    await delegation.post('/v1/reviews/{id}/speakers', { path, body: { list: 'dialogue' } });
  }
}

interface Room {
  readonly review: RealReview;
  readonly people: People;
  readonly clock: TestClock;
  readonly secretariat: Comity;
  /** When it begins, in milliseconds. */
  readonly starts: number;
  /** Of how many statements have been made, now and then. */
  readonly told: (made: number) => void;
}

/**
 * All on the list have the floor in its order, each for the time that it is given, and make what they
 * recommend first; whoever recommends without being on the list does so afterwards. Those who
 * recommend with others confirm.
 *
 * @returns the id of each recommendation, by its label
 */
export async function holdDialogue(id: string, room: Room): Promise<ReadonlyMap<string, string>> {
  const { review, people, clock, secretariat, told } = room;
  const { recommendations } = review;
  const drafts = await draftRecommendations(id, recommendations, people);
  const of = (state: string) =>
    recommendations.filter(({ recommendingCodes: [first] }) => first === state);
  const query = { list: 'dialogue' as const };
  const { speakers } = await secretariat.get('/v1/reviews/{id}/speakers', { path: { id }, query });
  const spoken = new Set<string>();
  let at = room.starts;
  for (const { id: speaker, side, version, seconds } of speakers) {
    const path = { id: speaker };
    const state = side?.replace(/^state:/, '') ?? '';
    const begun = await secretariat.post('/v1/speakers/{id}/begin', { path, version, body: {} });
    await submitRecommendations(of(state), drafts, people);
    const allotted = seconds ?? 0;
    at += allotted * 1000;
    await clock.advance(at);
    const body = { seconds: allotted, cut: false };
    await secretariat.post('/v1/speakers/{id}/end', { path, version: begun.version, body });
    spoken.add(state);
    if (spoken.size % 25 === 0) told(spoken.size);
  }
  const silent = recommendations.filter(
    ({ recommendingCodes: [first = ''] }) => !spoken.has(first),
  );
  await submitRecommendations(silent, drafts, people);
  await confirmRecommendations(recommendations, drafts, people);
  return new Map([...drafts].map(([label, draft]) => [label, draft.id]));
}
