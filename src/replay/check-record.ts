import { compareLabels } from './labels.js';
import type { PublishedDocument, PublishedRecommendation, PublishedReview } from './read-record.js';
import type { RealDocument, RealRecommendation, RealReview } from './real-review.js';
import { sha256 } from './sha256.js';
import type { Counts } from './table.js';

/** What the public record comes to, in the measures of the file's own counts. */
export function countPublished({ documents, recommendations }: PublishedReview): Counts {
  const having = (position: string): number =>
    recommendations.filter((each) => each.position === position).length;
  return {
    documents: documents.length,
    recommendations: recommendations.length,
    supported: having('supported'),
    noted: having('noted'),
    recommendingStates: new Set(recommendations.flatMap((each) => each.recommendingStates)).size,
  };
}

/**
 * Every difference between a review's files and the record, one a line: of documents by kind, of
 * recommendations by label. Empty when all came out exact.
 */
export const checkRecord = (
  review: RealReview,
  published: PublishedReview,
  bytesOf: (file: string) => Uint8Array,
): string[] => [
  ...checkDocuments(review.documents, published.documents, bytesOf),
  ...checkRecommendations(review.recommendations, published.recommendations),
];

function checkDocuments(
  expected: readonly RealDocument[],
  published: readonly PublishedDocument[],
  bytesOf: (file: string) => Uint8Array,
): string[] {
  const kinds = expected.map(({ kind }): string => kind);
  const strangers = published.filter(({ kind }) => !kinds.includes(kind));
  return [
    ...expected.flatMap((document) => {
      const found = published.filter(({ kind }) => kind === document.kind);
      const [first] = found;
      if (!first || found.length > 1) return [`${document.kind}: published ${found.length} times`];
      const files = [document.file, ...document.corrigenda.map(({ file }) => file)];
      return checkDocument(document, files, first, bytesOf);
    }),
    ...strangers.map(({ kind }) => `${kind}: only in the record`),
  ];
}

function checkDocument(
  { kind, symbol }: RealDocument,
  files: readonly string[],
  published: PublishedDocument,
  bytesOf: (file: string) => Uint8Array,
): string[] {
  const { digests } = published;
  return differences(kind, [
    [published.symbol === symbol, `symbol ${published.symbol}, not ${symbol}`],
    [digests.length === files.length, `${digests.length} versions, not ${files.length}`],
    ...files.map(
      (file, index) =>
        [
          digests[index] === sha256(bytesOf(file)),
          `version ${index + 1} hasn’t the bytes of ${file}`,
        ] as const,
    ),
  ]);
}

function checkRecommendations(
  expected: readonly RealRecommendation[],
  published: readonly PublishedRecommendation[],
): string[] {
  const labels = new Set(expected.map(({ label }) => label));
  const strangers = published.filter(({ label }) => !labels.has(label));
  return [
    ...expected.flatMap((each) => {
      const found = published.filter(({ label }) => label === each.label);
      const [first] = found;
      if (!first || found.length > 1) return [`${each.label}: published ${found.length} times`];
      return checkRecommendation(each, first);
    }),
    ...strangers
      .toSorted((a, b) => compareLabels(a.label, b.label))
      .map(({ label }) => `${label}: only in the record`),
  ];
}

const WAYS = { 'in-the-room': 'room', addendum: 'writing', unanswered: null };

function checkRecommendation(
  { label, text, recommendingCodes, position, given }: RealRecommendation,
  published: PublishedRecommendation,
): string[] {
  const states = (codes: readonly string[]): string => codes.toSorted().join(', ');
  const [ours, theirs] = [states(recommendingCodes), states(published.recommendingStates)];
  return differences(label, [
    [published.text === text, `text “${published.text}”, not “${text}”`],
    [theirs === ours, `by ${theirs}, not ${ours}`],
    [published.position === position, `${published.position}, not ${position}`],
    [published.givenIn === WAYS[given], `given in ${published.givenIn}, not ${WAYS[given]}`],
    [published.deemed === (given === 'unanswered'), `deemed is ${published.deemed}`],
  ]);
}

const differences = (
  what: string,
  checks: readonly (readonly [same: boolean, difference: string])[],
): string[] => checks.filter(([same]) => !same).map(([, difference]) => `${what}: ${difference}`);
