import { z } from 'zod';
import type { Session } from './api-client.js';
import type { People } from './people.js';
import type { RealRecommendation } from './real-review.js';

const Recommendation = z.looseObject({ id: z.string(), version: z.int() });
/** As many as one request may label. */
const MOST_LABELS = 500;

/**
 * Every recommendation is drafted and made by the first of its States, and confirmed by each of
 * the others. The States work side by side, each at one thing at a time.
 *
 * @param told of how many have been made, now and then
 * @returns the id of each, by its label
 */
export async function makeRecommendations(
  review: string,
  recommendations: readonly RealRecommendation[],
  people: People,
  told: (made: number) => void,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const byState = new Map<string, RealRecommendation[]>();
  for (const each of recommendations) {
    const [first = ''] = each.recommendingCodes;
    byState.set(first, [...(byState.get(first) ?? []), each]);
  }
  const work = async (own: readonly RealRecommendation[]): Promise<void> => {
    for (const each of own) {
      ids.set(each.label, await makeOne(review, each, people));
      if (ids.size % 50 === 0) told(ids.size);
    }
  };
  await Promise.all([...byState.values()].map(work));
  return ids;
}

async function makeOne(
  review: string,
  { text, recommendingCodes: [first = '', ...others] }: RealRecommendation,
  people: People,
): Promise<string> {
  const state = await people.head(first);
  const url = `/v1/reviews/${review}/recommendations`;
  const { id, version } = await state.post(url, { text, with: others }, Recommendation);
  await state.post(`/v1/recommendations/${id}/submit`, undefined, Recommendation, version);
  for (const other of others) {
    const partner = await people.head(other);
    await partner.post(`/v1/recommendations/${id}/confirm`, { confirm: true }, Recommendation);
  }
  return id;
}

/** Gives each its label from the report. */
export async function labelRecommendations(
  review: string,
  ids: ReadonlyMap<string, string>,
  secretariat: Session,
): Promise<void> {
  const labels = [...ids].map(([label, id]) => ({ label, id }));
  const url = `/v1/reviews/${review}/recommendations/labels`;
  for (let from = 0; from < labels.length; from += MOST_LABELS) {
    const some = labels.slice(from, from + MOST_LABELS);
    await secretariat.post(url, { labels: some }, z.unknown());
  }
}

/** Positions on recommendations (by id), prepared by the one and given together by the other. */
export async function givePositions(
  review: string,
  positions: ReadonlyMap<string, string>,
  { prepares, submits }: { prepares: Session; submits: Session },
): Promise<void> {
  if (positions.size === 0) return;
  const prepare = ([id, position]: [string, string]) =>
    prepares.put(`/v1/recommendations/${id}/position`, { position }, z.unknown(), 0);
  await Promise.all([...positions].map(prepare));
  await submits.post(`/v1/reviews/${review}/positions`, undefined, z.unknown());
}
