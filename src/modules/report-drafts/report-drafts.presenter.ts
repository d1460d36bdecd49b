import type { Composed } from './composition.rules.js';
import type { DraftFound } from './gather-draft.js';
import type { ReportParagraphVersion } from './report-drafts.entity.js';
import type { ParagraphRow } from './report-drafts.repository.js';

const presentParagraph = ({ number, text, written, items }: Composed<ParagraphRow>) => ({
  number,
  text,
  written: written && {
    id: written.id,
    by: written.bySide,
    at: written.writtenAt.toISOString(),
    version: written.version,
  },
  items: [...items],
});

/** How long it is, what nobody has said yet, and which labels differ from their places. */
const stateOf = ({ desk, composed }: DraftFound) => ({
  words: composed.words,
  limit: desk.limit,
  over: desk.limit !== null && composed.words > desk.limit,
  blanks: [...composed.blanks],
  relabelled: composed.labels
    .filter(({ label, proposed }) => label !== proposed)
    .map((each) => ({ ...each })),
});

export function presentReport(draft: DraftFound) {
  const { desk, report, known, composed } = draft;
  return {
    proceedingId: desk.proceedingId,
    kind: desk.kind,
    title: composed.title,
    subtitle: composed.subtitle,
    particulars: desk.document.asks.map((name) => {
      const written = report?.particulars[name] ?? null;
      return { name, written, known: known[name] ?? null };
    }),
    sections: composed.sections.map(({ section, heading, open, paragraphs }) => {
      return { section, heading, open, paragraphs: paragraphs.map(presentParagraph) };
    }),
    ...stateOf(draft),
    withdrawn: draft.withdrawn.map(({ kind, itemId, name, at, namedIn, before }) => {
      const paragraphs = { namedIn: [...namedIn], before: [...before] };
      return { kind, itemId, name, at: at.toISOString(), ...paragraphs };
    }),
    version: report?.version ?? 1,
  };
}

/** A paragraph, where it stands, with all that it ever said. */
export function presentWritten(
  draft: DraftFound,
  { id, section, version }: { id: string; section: string; version: number },
  history: readonly ReportParagraphVersion[],
) {
  const { paragraphs } = draft.composed.sections.find((each) => each.section === section)!;
  const at = paragraphs.filter(({ written }) => written !== null);
  const place = at.findIndex(({ written }) => written!.id === id);
  return {
    id,
    proceedingId: draft.desk.proceedingId,
    kind: draft.desk.kind,
    section,
    place: place < 0 ? null : place,
    number: at[place]?.number ?? null,
    text: at[place]?.text ?? null,
    history: history.map(({ n, text, bySide, writtenAt }) => {
      return { n, text, by: bySide, at: writtenAt.toISOString() };
    }),
    report: stateOf(draft),
    version,
  };
}
