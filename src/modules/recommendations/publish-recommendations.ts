import { v7 } from 'uuid';
import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import {
  publishPage,
  type Consequence,
  type Proceeding,
  type Published,
} from '../proceedings/index.js';
import {
  coversWhole,
  publishRecommendation,
  withdrawnOf,
  type RecommendationBody,
} from '../record/index.js';
import { Recommendation } from './recommendations.entity.js';
import {
  adoptedOf,
  fallenOf,
  wholesOf,
  type RecommendationRow,
} from './recommendations.repository.js';
import { labelOrder } from './recommendations.rules.js';
import { standingWordings, type WordingRow } from './wordings.repository.js';

/**
 * The recommendations of the adopted report, with the positions as they now stand, those that were
 * split beside their parts; and that others were withdrawn in the room. Of what was withdrawn whole for
 * safety before, nothing is ever published.
 */
export async function publishAdopted(tx: Tx, proceeding: Proceeding): Promise<void> {
  const fallen = await fallenOf(tx, proceeding.id);
  const withdrawnRecommendations = fallen.map(({ by, at }) => ({ by, at: at.toISOString() }));
  const page = await publishPage(tx, proceeding, { withdrawnRecommendations });
  if (page) await publishRows(tx, proceeding, page, () => true);
}

/** Those that the record has, as they now are: what is said of them has changed. As the procedure. */
export async function publishAgain(
  tx: Tx,
  proceeding: Proceeding,
  rows: readonly RecommendationRow[],
): Promise<void> {
  const ids = rows.filter(({ published }) => published).map(({ id }) => id);
  const page = ids.length > 0 && (await publishPage(tx, proceeding));
  if (page) await publishRows(tx, proceeding, page, ({ id }) => ids.includes(id));
}

async function publishRows(
  tx: Tx,
  proceeding: Proceeding,
  page: Published,
  meant: (row: RecommendationRow) => boolean,
): Promise<void> {
  const adopted = await publishable(tx, await adoptedOf(tx, proceeding.id));
  const wholes = (await publishable(tx, await wholesOf(tx, proceeding.id))).filter(({ id }) =>
    adopted.some(({ wholeId }) => wholeId === id),
  );
  const wordings = await standingWordings(tx, proceeding.id);
  for (const row of [...wholes, ...adopted].filter(meant)) {
    const versions = wordings.filter(({ recommendationId }) => recommendationId === row.id);
    const whole = wholes.find(({ id }) => id === row.wholeId);
    const parts = adopted.filter(({ wholeId }) => wholeId === row.id);
    const body = {
      ...bodyOf(proceeding, row, page),
      ...wordsOf(row, versions),
      ...(whole && { partOf: found(whole.publicId) }),
      ...(parts.length > 0 && {
        parts: parts.map(({ publicId }) => found(publicId)),
        recommendingStates: [...new Set(parts.flatMap(namesOf))],
      }),
    };
    await publishRecommendation(tx, row.publicId, body, labelOrder(body.label));
  }
}

export const publishRecommendations: Consequence = {
  name: 'publish-recommendations',
  apply: (tx, { proceeding }) => publishAdopted(tx, proceeding),
};

/** Those of which something may be published, each with the id that it has in the record. */
async function publishable(
  tx: Tx,
  rows: readonly RecommendationRow[],
): Promise<RecommendationRow[]> {
  const ready: RecommendationRow[] = [];
  for (const row of rows) {
    const withdrawn = row.published ? undefined : await withdrawnOf(tx, row.publicId);
    if (withdrawn && coversWhole('recommendation', withdrawn.parts)) continue;
    const publicId = row.publicId ?? v7();
    if (row.publicId === null) await tx.update(Recommendation, { id: row.id }, { publicId });
    ready.push({ ...row, publicId });
  }
  return ready;
}

const namesOf = ({ recommendingStates }: RecommendationRow): string[] =>
  recommendingStates.filter(({ status }) => status === 'confirmed').map(({ state }) => state);

const bodyOf = (proceeding: Proceeding, row: RecommendationRow, page: Published) => ({
  proceedingId: page.id,
  mechanism: proceeding.mechanism,
  state: proceeding.subject,
  cycle: page.cycle,
  session: page.session,
  label: found(row.label),
  text: row.text,
  recommendingStates: namesOf(row),
  filedBy: row.filedBy === row.side ? null : row.filedBy,
  position: row.standing?.position ?? null,
  statedPosition: row.standing?.statedPosition ?? null,
  comment: row.standing?.comment ?? null,
  deemed: row.standing?.status === 'deemed',
  givenIn: row.standing?.givenIn ?? null,
  ...(row.classification && { classification: row.classification }),
  ...(row.repeatOf && { repeatOf: row.repeatOf }),
});

/** How its text came about, where it is not simply the one that was made; and who left it. */
function wordsOf(
  { words: { delivered }, recommendingStates }: RecommendationRow,
  versions: readonly WordingRow[],
): Pick<RecommendationBody, 'versions' | 'delivered' | 'withdrawnBy'> {
  const left = recommendingStates.filter(({ status }) => status === 'withdrawn');
  return {
    ...(versions.length > 1 && {
      versions: versions.map(({ n, kind, bySide, reason, settledAt, texts }) => ({
        n,
        kind,
        by: bySide,
        reason,
        at: found(settledAt).toISOString(),
        text: found(texts[0]),
      })),
    }),
    ...(delivered && { delivered: { text: delivered.text, status: delivered.status } }),
    ...(left.length > 0 && { withdrawnBy: left.map(({ state }) => state) }),
  };
}
