import type { Comity } from '../../client/index.js';
import type { People } from './people.js';
import type { RealRecommendation } from './real-review.js';

/** As many as one request may label. */
const MOST_LABELS = 500;

/** A recommendation in the desk of the first of its States, by its label. */
type Drafts = ReadonlyMap<string, { readonly id: string; readonly version: number }>;

/** Every recommendation is drafted by the first of its States; the States work side by side. */
export async function draftRecommendations(
  review: string,
  recommendations: readonly RealRecommendation[],
  people: People,
): Promise<Drafts> {
  const drafts = new Map<string, { id: string; version: number }>();
  const path = { id: review };
  await sideBySide(recommendations, async ({ label, text, recommendingCodes }) => {
    const [first = '', ...others] = recommendingCodes;
    const state = await people.head(first);
    const body = { text, with: others };
    drafts.set(label, await state.post('/v1/reviews/{id}/recommendations', { path, body }));
  });
  return drafts;
}

/** The first of its States makes each, in this order. */
export async function submitRecommendations(
  recommendations: readonly RealRecommendation[],
  drafts: Drafts,
  people: People,
): Promise<void> {
  for (const { label, recommendingCodes } of recommendations) {
    const state = await people.head(recommendingCodes[0] ?? '');
    const { id, version } = drafts.get(label)!;
    await state.post('/v1/recommendations/{id}/submit', { path: { id }, version });
  }
}

/** Each of its other States confirms that it recommends it too, in the order of their names there. */
export async function confirmRecommendations(
  recommendations: readonly RealRecommendation[],
  drafts: Drafts,
  people: People,
): Promise<void> {
  await sideBySide(recommendations, async ({ label, recommendingCodes: [, ...others] }) => {
    const path = { id: drafts.get(label)!.id };
    for (const other of others) {
      const partner = await people.head(other);
      await partner.post('/v1/recommendations/{id}/confirm', { path, body: { confirm: true } });
    }
  });
}

/** Those of one State one after the other, beside those of the others. */
async function sideBySide(
  recommendations: readonly RealRecommendation[],
  work: (each: RealRecommendation) => Promise<void>,
): Promise<void> {
  const byState = new Map<string, RealRecommendation[]>();
  for (const each of recommendations) {
    const [first = ''] = each.recommendingCodes;
    byState.set(first, [...(byState.get(first) ?? []), each]);
  }
  const inTurn = async (own: readonly RealRecommendation[]): Promise<void> => {
    for (const each of own) await work(each);
  };
  await Promise.all([...byState.values()].map(inTurn));
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
