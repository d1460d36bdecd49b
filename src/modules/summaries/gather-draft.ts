import type { Tx } from '../../platform/database/tx.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import { compose, type Composition } from './composition.rules.js';
import type { Desk } from './find-desk.js';
import { sourcesOf, type SourceFound } from './gather-sources.js';
import { Summary, SummaryParagraph, type Passage } from './summaries.entity.js';
import { passagesOf, stateName } from './summaries.repository.js';

/** A draft as it stands, composed. */
export interface DraftFound {
  readonly desk: Desk;
  /** Not there until somebody has written. */
  readonly summary: Summary | undefined;
  readonly sources: readonly SourceFound[];
  readonly passages: readonly Passage[];
  readonly composed: Composition<SummaryParagraph>;
}

/** Everything of a draft, as the secretariat sees it. */
export async function draftOf(tx: Tx, desk: Desk): Promise<DraftFound> {
  const { proceedingId, compartment, kind, layout, document, standing } = desk;
  const summary = await tx.findOne(Summary, { proceedingId, compartment, kind });
  const sources = await sourcesOf(tx, desk);
  const passages = await passagesOf(tx, desk);
  const paragraphs = summary ? await tx.find(SummaryParagraph, { summaryId: summary.id }) : [];
  const marks = new Map(
    sources.map(({ id, mark, use }) => [id, use === 'cited' ? mark : null] as const),
  );
  const composed = compose({
    layout,
    document,
    state: await stateName(tx, standing.proceeding.subject),
    background: summary?.background ?? null,
    sources,
    passages: passages.map(({ id, sourceId, pinpoint }) => {
      return { id, sourceId, pinpoint, mark: marks.get(sourceId) ?? null };
    }),
    paragraphs,
    labelOf: (theme) => platformLabel('summary-themes', theme, 'en'),
  });
  return { desk, summary, sources, passages, composed };
}
