import type { Tx } from '../../platform/database/tx.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import { compose, type Composition } from './composition.rules.js';
import type { Desk } from './find-desk.js';
import { sourcesOf, type SourceFound } from './gather-sources.js';
import { Summary, SummaryParagraph, type Passage } from './summaries.entity.js';
import { headOf, passagesOf } from './summaries.repository.js';

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
  const { state, session } = await headOf(tx, standing.proceeding);
  const composed = compose({
    layout,
    document,
    state,
    symbol: symbolOf(desk, session),
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

/** By the procedure's pattern, where the session gives all that it needs. */
function symbolOf({ standing, kind }: Desk, session: number | null): string | null {
  const { definition, proceeding } = standing;
  const pattern = definition.documents.find((each) => each.kind === kind)?.symbol;
  const symbol = pattern
    ?.replace('{session}', String(session ?? '{session}'))
    .replace('{iso3}', proceeding.subject);
  return symbol === undefined || symbol.includes('{') ? null : symbol;
}
