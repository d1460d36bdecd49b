import type { DocumentKind } from '../../kernel/definition.js';
import { releaseOf } from '../../kernel/embargo.js';
import type { Offered } from '../../kernel/offered.js';
import { languageDiffers } from '../../platform/formats/language-tags.js';
import { MASK } from '../record/index.js';
import type { Document, Publication, Registration } from './documents.entity.js';
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
  receivedAt: row.receivedAt?.toISOString() ?? null,
  receivedHow: row.receivedHow,
  publicId: row.status === 'published' ? row.publicId : null,
  version: row.version,
});

interface Shown {
  readonly kind: Pick<DocumentKind, 'limit'>;
  readonly mine: boolean;
  /** Undefined where nothing was asked, or the viewer does not decide about it. */
  readonly publication: Publication | undefined;
  readonly registration: Registration | undefined;
  /** Until when a registered file is taken. */
  readonly until: string | undefined;
  readonly withdrawn: { readonly at: Date; readonly parts: readonly string[] } | undefined;
  readonly actions: readonly Offered[];
}

export const presentDocument = (
  row: Document,
  versions: readonly VersionWithTexts[],
  { kind, mine, publication, registration, until, withdrawn, actions }: Shown,
) => ({
  ...presentSummary(row, mine),
  languages: [...(row.languages ?? [])],
  limit: kind.limit?.words ?? null,
  versions: versions.map((each) => ({
    n: each.n,
    status: each.status,
    by: each.bySide === MASK ? row.filedBy : each.bySide,
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
      receiptId: text.receiptId ?? null,
      uploadedAt: mine ? text.uploadedAt.toISOString() : null,
    })),
  })),
  publication: publication ? presentPublication(publication) : null,
  registration: registration && until ? presentRegistration(registration, until) : null,
  withdrawn: withdrawn ? { at: withdrawn.at.toISOString(), parts: [...withdrawn.parts] } : null,
  actions,
});

const presentPublication = ({ audience, until, reason, askedBy }: Publication) => ({
  audience,
  until: until?.toISOString() ?? null,
  publishedAt: until ? releaseOf(until.toISOString()) : null,
  reason,
  askedBy,
});
const presentRegistration = ({ sha256, registeredAt }: Registration, until: string) => ({
  sha256,
  registeredAt: registeredAt.toISOString(),
  until,
});

const presentOriginal = (original: ShownText['original']) =>
  original
    ? { bytes: Number(original.bytes), sha256: original.sha256, found: original.found }
    : null;
