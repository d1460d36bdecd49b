import { randomUUID } from 'node:crypto';
import { PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { found } from '../../platform/refused.js';
import {
  publishPage,
  type Consequence,
  type Engine,
  type FactSource,
  type Proceeding,
  type Published,
} from '../proceedings/index.js';
import { coversWhole, publishRecommendation, withdrawnOf } from '../record/index.js';
import { swap } from './find-item.js';
import { Position, Recommendation, Recommender } from './recommendations.entity.js';
import { adoptedOf, tallies, type RecommendationRow } from './recommendations.repository.js';
import { labelOrder } from './recommendations.rules.js';

/** What still lies in a delegation's desk when the report is adopted was never made. */
export const lapseDrafts: Consequence = {
  name: 'lapse-drafts',
  async apply(tx, { proceeding, at }) {
    const drafts = await tx.find(Recommendation, { proceedingId: proceeding.id, status: 'draft' });
    for (const draft of drafts) {
      const set = { status: 'lapsed' as const };
      await swap(tx, draft, set);
      await append(tx, {
        proceedingId: proceeding.id,
        compartment: draft.compartment,
        what: 'recommendation-lapsed',
        by: 'procedure',
        at,
        facts: { recommendationId: draft.id },
      });
    }
  },
};

/** States that did not confirm fall away; what was made and labelled is adopted. */
export const dropUnconfirmed: Consequence = {
  name: 'drop-unconfirmed',
  async apply(tx, { proceeding, at }) {
    const made = await tx.find(Recommendation, {
      proceedingId: proceeding.id,
      status: 'submitted',
    });
    let dropped = 0;
    for (const row of made) {
      const invited = { recommendationId: row.id, status: 'invited' as const };
      dropped += await tx.update(Recommender, invited, { status: 'lapsed' });
      const set = { status: 'adopted' as const };
      await swap(tx, row, set);
    }
    await append(tx, {
      proceedingId: proceeding.id,
      compartment: PARTIES,
      what: 'recommendations-adopted',
      by: 'procedure',
      at,
      facts: { adopted: made.length, unconfirmedDropped: dropped },
    });
  },
};

/** The rules speak for a State that has not answered when the outcome is adopted. */
export const noteUnanswered = (engine: Engine): Consequence => ({
  name: 'note-unanswered',
  async apply(tx, { proceeding, at }) {
    const { deemed } = found(engine.definitionOf(proceeding).responses);
    const silent = (await adoptedOf(tx, proceeding.id)).filter(({ standing }) => standing === null);
    await tx.insert(
      Position,
      silent.map((row) => ({
        id: randomUUID(),
        proceedingId: proceeding.id,
        compartment: PARTIES,
        recommendationId: row.id,
        position: deemed,
        statedPosition: null,
        comment: null,
        givenIn: null,
        status: 'deemed' as const,
        preparedAt: at,
        givenAt: at,
        version: 1,
      })),
    );
    if (silent.length === 0) return;
    await append(tx, {
      proceedingId: proceeding.id,
      compartment: PARTIES,
      what: 'positions-deemed',
      by: 'procedure',
      at,
      facts: { position: deemed, recommendations: silent.length },
    });
  },
});

/**
 * The recommendations of the adopted report, with the positions as they now stand. Of what was
 * withdrawn whole before, nothing is ever published.
 */
export async function publishAdopted(tx: Tx, proceeding: Proceeding): Promise<void> {
  const page = await publishPage(tx, proceeding);
  if (!page) return;
  for (const row of await adoptedOf(tx, proceeding.id)) {
    const withdrawn = row.published ? undefined : await withdrawnOf(tx, row.publicId);
    if (withdrawn && coversWhole('recommendation', withdrawn.parts)) continue;
    await publishOne(tx, proceeding, row, page);
  }
}

/** One that the record has, as it now is: what is said of it has changed. As the procedure. */
export async function publishAgain(
  tx: Tx,
  proceeding: Proceeding,
  rows: readonly RecommendationRow[],
): Promise<void> {
  const published = rows.filter((row) => row.published);
  const page = published.length > 0 && (await publishPage(tx, proceeding));
  if (!page) return;
  for (const row of published) await publishOne(tx, proceeding, row, page);
}

export const publishRecommendations: Consequence = {
  name: 'publish-recommendations',
  apply: (tx, { proceeding }) => publishAdopted(tx, proceeding),
};

async function publishOne(
  tx: Tx,
  proceeding: Proceeding,
  row: RecommendationRow,
  page: Published,
): Promise<void> {
  const label = found(row.label);
  const confirmed = row.recommendingStates.filter(({ status }) => status === 'confirmed');
  const body = {
    proceedingId: page.id,
    mechanism: proceeding.mechanism,
    state: proceeding.subject,
    cycle: page.cycle,
    session: page.session,
    label,
    text: row.text,
    recommendingStates: confirmed.map(({ state }) => state),
    filedBy: row.filedBy === row.side ? null : row.filedBy,
    position: row.standing?.position ?? null,
    statedPosition: row.standing?.statedPosition ?? null,
    comment: row.standing?.comment ?? null,
    deemed: row.standing?.status === 'deemed',
    givenIn: row.standing?.givenIn ?? null,
    ...(row.classification && { classification: row.classification }),
    ...(row.repeatOf && { repeatOf: row.repeatOf }),
  };
  const publicId = await publishRecommendation(tx, row.publicId, body, labelOrder(label));
  if (row.publicId === null) await tx.update(Recommendation, { id: row.id }, { publicId });
}

/** What is missing before a report, or an outcome, can be adopted. */
export const recommendationFacts: FactSource = {
  names: ['recommendations.unlabelled', 'recommendations.unanswered'],
  async gather(tx, proceedings) {
    const facts = new Map();
    const ids = proceedings.map(({ id }) => id);
    const counted = await tallies(tx, ids);
    for (const id of ids) {
      const made = counted.find(({ proceedingId }) => proceedingId === id);
      facts.set(id, {
        'recommendations.unlabelled': made?.unlabelled ?? 0,
        'recommendations.unanswered': made?.unanswered ?? 0,
      });
    }
    return facts;
  },
};
