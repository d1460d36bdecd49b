import { z } from 'zod';
import { sha256, type Session } from './api-client.js';
import type { RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';

const Proceeding = z.looseObject({ id: z.string(), cycle: z.int() });
const Document = z.looseObject({
  id: z.string(),
  kind: z.string(),
  symbol: z.string().nullable(),
  versions: z.array(
    z.looseObject({ n: z.int(), texts: z.array(z.looseObject({ sha256: z.string() })) }),
  ),
});
const Recommendation = z.looseObject({
  label: z.string(),
  text: z.string(),
  recommendingStates: z.array(z.string()),
  position: z.string().nullable(),
  givenIn: z.string().nullable(),
  deemed: z.boolean(),
});
export type PublishedRecommendation = z.infer<typeof Recommendation>;

export interface PublishedDocument {
  readonly kind: string;
  readonly symbol: string | null;
  /** SHA-256 of the bytes of each version as they came back, in order. */
  readonly digests: readonly string[];
}

/** What anyone may read of a review. */
export interface PublishedReview {
  readonly documents: readonly PublishedDocument[];
  readonly recommendations: readonly PublishedRecommendation[];
}

/**
 * Reads one review back from the public record, all pages of it and all bytes.
 *
 * @param reader without a session
 * @throws ReplayFault `not-published` when the record hasn't got it, or has two of it
 */
export async function readRecord(
  reader: Session,
  { iso3, session, state }: RealReview,
): Promise<PublishedReview> {
  const query = `mechanism=upr&state=${iso3}&session=${session}&limit=200`;
  const pages = await reader.list(`/v1/record/proceedings?${query}`, Proceeding);
  const [page] = pages;
  if (page === undefined || pages.length > 1) {
    const what = `the record has ${pages.length} reviews of ${state} in session ${session}`;
    throw new ReplayFault('not-published', what);
  }
  const of = `proceeding=${page.id}&limit=200`;
  const [documents, recommendations] = await Promise.all([
    reader.list(`/v1/record/documents?${of}`, Document),
    reader.list(`/v1/record/recommendations?${of}`, Recommendation),
  ]);
  return {
    documents: await Promise.all(documents.map((each) => readBack(reader, each))),
    recommendations,
  };
}

async function readBack(
  reader: Session,
  { id, kind, symbol, versions }: z.infer<typeof Document>,
): Promise<PublishedDocument> {
  const contents = versions.map(({ n }) =>
    reader.bytes(`/v1/record/documents/${id}/content?version=${n}`),
  );
  return { kind, symbol, digests: (await Promise.all(contents)).map((bytes) => sha256(bytes)) };
}
