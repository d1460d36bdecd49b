import type { Comity, Schemas } from '../../client/index.js';
import type { RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';
import { sha256 } from './sha256.js';

export type PublishedRecommendation = Pick<
  Schemas['RecordRecommendation'],
  'label' | 'text' | 'recommendingStates' | 'position' | 'givenIn' | 'deemed'
>;

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
  /** Of the dialogue, in the order of their places. */
  readonly speakers: readonly Pick<Schemas['RecordSpeaker'], 'by' | 'place' | 'statement'>[];
  /** As they were relayed. */
  readonly questions: readonly Pick<Schemas['RecordQuestion'], 'askingStates' | 'text'>[];
}

/**
 * Reads one review back from the public record, all pages of it and all bytes.
 *
 * @param reader without a session
 * @throws ReplayFault `not-published` when the record hasn't got it, or has two of it
 */
export async function readRecord(
  reader: Comity,
  { iso3, session, state }: RealReview,
): Promise<PublishedReview> {
  const asked = { mechanism: 'upr', state: iso3, session, limit: 200 };
  const pages = await reader.all('/v1/record/proceedings', { query: asked });
  const [page] = pages;
  if (page === undefined || pages.length > 1) {
    const what = `the record has ${pages.length} reviews of ${state} in session ${session}`;
    throw new ReplayFault('not-published', what);
  }
  const query = { proceeding: page.id, limit: 200 };
  const [documents, recommendations, speakers, questions] = await Promise.all([
    reader.all('/v1/record/documents', { query }),
    reader.all('/v1/record/recommendations', { query }),
    reader.all('/v1/record/speakers', { query: { ...query, list: 'dialogue' } }),
    reader.all('/v1/record/questions', { query }),
  ]);
  return {
    documents: await Promise.all(documents.map((each) => readBack(reader, each))),
    recommendations,
    speakers: speakers.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)),
    questions,
  };
}

async function readBack(
  reader: Comity,
  { id, kind, symbol, versions }: Schemas['RecordDocument'],
): Promise<PublishedDocument> {
  const contents = versions.map(({ n }) =>
    reader.download('/v1/record/documents/{id}/content', { path: { id }, query: { version: n } }),
  );
  return { kind, symbol, digests: (await Promise.all(contents)).map((bytes) => sha256(bytes)) };
}
