import type { DocumentKind } from '../../kernel/definition.js';
import { languageDiffers } from '../../platform/formats/language-tags.js';
import type { Document } from './documents.entity.js';
import type { ShownText, VersionWithTexts } from './documents.repository.js';

/** @param mine whether the viewer sits on the side that filed it: when it was begun is theirs alone */
export const presentSummary = (row: Document, mine: boolean) => ({
  id: row.id,
  proceedingId: row.proceedingId,
  kind: row.kind,
  title: row.title,
  symbol: row.symbol,
  side: row.side,
  filedBy: row.filedBy,
  status: row.status,
  late: row.late,
  overLimit: row.overLimit,
  createdAt: mine ? row.createdAt.toISOString() : null,
  submittedAt: row.submittedAt?.toISOString() ?? null,
  publicId: row.publicId,
  version: row.version,
});

export interface DocumentAction {
  readonly action: string;
  readonly allowed: boolean;
  readonly because: string | null;
  readonly deadline: string | null;
}

interface Shown extends Pick<DocumentKind, 'limit'> {
  readonly mine: boolean;
  readonly actions: readonly DocumentAction[];
}

export const presentDocument = (
  row: Document,
  versions: readonly VersionWithTexts[],
  { limit, mine, actions }: Shown,
) => ({
  ...presentSummary(row, mine),
  limit: limit?.words ?? null,
  versions: versions.map((each) => ({
    n: each.n,
    status: each.status,
    by: each.bySide,
    reason: each.reason,
    submittedAt: each.submittedAt?.toISOString() ?? null,
    texts: each.texts.map((text) => ({
      language: text.language,
      standing: text.standing,
      mediaType: text.mediaType,
      bytes: Number(text.bytes),
      sha256: text.sha256,
      words: text.words,
      leftOut: text.leftOut,
      languageFound: text.languageFound,
      languageDiffers: languageDiffers(text.languageFound, text.language),
      original: mine ? presentOriginal(text.original) : null,
      uploadedAt: mine ? text.uploadedAt.toISOString() : null,
    })),
  })),
  actions,
});

const presentOriginal = (original: ShownText['original']) =>
  original
    ? { bytes: Number(original.bytes), sha256: original.sha256, found: original.found }
    : null;
