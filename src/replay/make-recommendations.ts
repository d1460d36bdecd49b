import type { Comity } from '../../client/index.js';
import type { People } from './people.js';
import type { RealRecommendation } from './real-review.js';

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
  const { id, version } = await state.post('/v1/reviews/{id}/recommendations', {
    path: { id: review },
    body: { text, with: others },
  });
  const path = { id };
  await state.post('/v1/recommendations/{id}/submit', { path, version });
  for (const other of others) {
    const partner = await people.head(other);
    const body = { confirm: true };
    await partner.post('/v1/recommendations/{id}/confirm', { path, body });
  }
  return id;
}

/** Gives each its label from the report. */
export async function labelRecommendations(
  review: string,
  ids: ReadonlyMap<string, string>,
  secretariat: Comity,
): Promise<void> {
  const labels = [...ids].map(([label, id]) => ({ label, id }));
  const path = { id: review };
  for (let from = 0; from < labels.length; from += MOST_LABELS) {
    const body = { labels: labels.slice(from, from + MOST_LABELS) };
    await secretariat.post('/v1/reviews/{id}/recommendations/labels', { path, body });
  }
}

/** Positions on recommendations (by id), prepared by the one and given together by the other. */
export async function givePositions(
  review: string,
  positions: ReadonlyMap<string, string>,
  { prepares, submits }: { prepares: Comity; submits: Comity },
): Promise<void> {
  if (positions.size === 0) return;
  const prepare = ([id, position]: [string, string]) =>
    prepares.put('/v1/recommendations/{id}/position', {
      path: { id },
      version: 0,
      body: { position },
    });
  await Promise.all([...positions].map(prepare));
  await submits.post('/v1/reviews/{id}/positions', { path: { id: review }, body: {} });
}
