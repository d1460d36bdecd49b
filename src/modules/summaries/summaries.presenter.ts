import type { Composed } from './composition.rules.js';
import type { DraftFound } from './gather-draft.js';
import type { SourceFound } from './gather-sources.js';
import { movedTo } from './passages.rules.js';
import type { KeptText } from '../documents/index.js';
import type { SummaryParagraph } from './summaries.entity.js';
import type { PassageRow } from './summaries.repository.js';

const MOST_TOLD = 200;

export const presentSource = (
  source: SourceFound,
  { passages, cited }: { readonly passages: number; readonly cited: boolean },
) => ({
  id: source.id,
  proceedingId: source.proceedingId,
  kind: source.kind,
  documentId: source.documentId,
  joint: source.joint,
  mark: source.mark,
  name: source.name,
  place: source.place,
  partners: source.partners,
  withheld: source.withheld,
  standsWith: source.standsWith,
  sealed: source.sealed,
  use: source.use,
  because: source.because,
  passages,
  cited,
  version: source.version,
});

/** @param texts the kept texts of its document, the latest version first */
export function presentPassage(row: PassageRow, texts: readonly KeptText[]) {
  const { documentVersion, language, begins, ends } = row;
  const own = texts.find((text) => text.version === documentVersion && text.language === language);
  const words = row.words ?? own?.body.slice(begins!, ends!) ?? null;
  const latest = texts.find((text) => text.language === language);
  const later = latest && words !== null && latest.version > (documentVersion ?? Infinity);
  return {
    id: row.id,
    proceedingId: row.proceedingId,
    kind: row.kind,
    source: row.sourceId,
    documentVersion,
    language,
    from: begins,
    to: ends,
    words,
    pinpoint: row.pinpoint,
    theme: row.theme,
    note: row.note,
    used: row.used,
    latest: later
      ? {
          documentVersion: latest.version,
          ...movedTo({ begins: begins!, quote: words }, latest.body),
        }
      : null,
    markedAt: row.markedAt.toISOString(),
    version: row.version,
  };
}

/** The sources on which paragraphs rest that are not held. */
export function restedOn({ composed, passages }: DraftFound): ReadonlySet<string> {
  const sourceOf = new Map(passages.map(({ id, sourceId }) => [id, sourceId]));
  const printed = composed.paragraphs.filter(({ held }) => held === null);
  return new Set(printed.flatMap(({ paragraph }) => citedBy(paragraph, sourceOf)));
}

const passagesIn = ({ notes }: SummaryParagraph): string[] =>
  notes.flatMap(({ passages, seeAlso }) => [...passages, ...seeAlso]);

const citedBy = (paragraph: SummaryParagraph, sourceOf: ReadonlyMap<string, string>): string[] => [
  ...new Set(passagesIn(paragraph).flatMap((id) => sourceOf.get(id) ?? [])),
];

/** How far a draft has come. */
function presentCoverage(draft: DraftFound) {
  const { composed, sources, passages, desk } = draft;
  const { words, paragraphs } = composed;
  const rested = restedOn(draft);
  const used = new Set(paragraphs.flatMap(({ paragraph }) => passagesIn(paragraph)));
  const usable = sources.filter(({ use }) => use !== 'hidden');
  const uncited = usable.filter(({ id }) => !rested.has(id));
  const unused = passages.filter(({ id }) => !used.has(id));
  return {
    words,
    limit: desk.limit,
    over: words > (desk.limit ?? Infinity),
    sources: usable.length,
    uncited: uncited.slice(0, MOST_TOLD).map(({ id, mark }) => ({ id, mark })),
    passages: passages.length,
    unused: unused.slice(0, MOST_TOLD).map(({ id }) => id),
    proposed: paragraphs.filter(({ paragraph }) => paragraph.proposed).length,
    held: paragraphs.filter(({ held }) => held !== null).length,
  };
}

function presentParagraph(
  { paragraph, apart, held, number, notes }: Composed<SummaryParagraph>,
  sourceOf: ReadonlyMap<string, string>,
) {
  const { id, theme, text, proposed, version } = paragraph;
  return {
    id,
    theme,
    apart,
    number,
    text,
    notes: paragraph.notes.map(({ passages, seeAlso }, index) => ({
      number: notes[index]?.number ?? null,
      text: notes[index]?.text ?? null,
      passages: [...passages],
      seeAlso: [...seeAlso],
    })),
    sources: citedBy(paragraph, sourceOf),
    proposed,
    held,
    version,
  };
}

const sourcesByPassage = ({ passages }: DraftFound): ReadonlyMap<string, string> =>
  new Map(passages.map(({ id, sourceId }) => [id, sourceId]));

export function presentSummary(draft: DraftFound) {
  const { desk, summary, composed } = draft;
  const sourceOf = sourcesByPassage(draft);
  return {
    proceedingId: desk.proceedingId,
    kind: desk.kind,
    background: summary?.background ?? desk.document.background,
    paragraphs: composed.paragraphs.map((each) => presentParagraph(each, sourceOf)),
    ...presentCoverage(draft),
    version: summary?.version ?? 1,
  };
}

/** One paragraph of a draft, and how the draft stands. */
export function presentWritten(draft: DraftFound, id: string) {
  const composed = draft.composed.paragraphs.find(({ paragraph }) => paragraph.id === id)!;
  return {
    ...presentParagraph(composed, sourcesByPassage(draft)),
    summary: presentCoverage(draft),
  };
}
