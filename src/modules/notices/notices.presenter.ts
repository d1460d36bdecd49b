import { labelOf, type Vocabularies } from '../../platform/labels/labels.js';
import type { Language } from '../../platform/labels/languages.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import type { NoticeRow } from './notices.repository.js';

interface Body {
  readonly at: string;
  readonly what: string;
  readonly facts: { readonly move?: string; readonly deadline?: string };
}

const stateOf = ({ readAt, archivedAt }: NoticeRow) =>
  archivedAt ? ('archived' as const) : readAt ? ('read' as const) : ('unread' as const);

/** Which move or deadline it was: nothing else of what the entry tells stands in a notice. */
function detailOf({ move, deadline }: Body['facts'], words: Vocabularies, language: Language) {
  if (move !== undefined) return labelOf(words['moves']?.[move], language, move);
  return deadline === undefined
    ? null
    : labelOf(words['deadlines']?.[deadline], language, deadline);
}

/**
 * A notice as its recipient reads it, in their language.
 *
 * @param words of the procedure
 */
export function presentNotice(row: NoticeRow, words: Vocabularies, language: Language) {
  const { at, what, facts } = JSON.parse(row.body) as Body;
  return {
    id: row.id,
    event: what,
    title: platformLabel('journal-events', what, language),
    detail: detailOf(facts, words, language),
    urgency: row.urgency,
    state: stateOf(row),
    proceeding: {
      id: row.proceedingId,
      mechanism: row.mechanism,
      state: row.state,
      test: row.test,
    },
    at,
    entry: { compartment: row.compartment, n: row.n },
    link: `/v1/reviews/${row.proceedingId}`,
    toldAt: row.toldAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
