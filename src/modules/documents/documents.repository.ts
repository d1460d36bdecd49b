import type { Definition, DocumentKind } from '../../kernel/definition.js';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import { withAuthors } from '../proceedings/index.js';
import { receiptsOf, type ReceiptNamed } from '../receipts/index.js';
import type {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
} from './documents.entity.js';
import { isIndividual, type Another } from './documents.rules.js';

const COLUMNS = `d.id, d.proceeding_id AS "proceedingId", d.compartment, d.kind,
  d.side, d.filed_by AS "filedBy", d.title, d.symbol,
  d.status, d.late, d.over_limit AS "overLimit", d.created_at AS "createdAt",
  d.submitted_at AS "submittedAt", d.received_at AS "receivedAt",
  d.received_how AS "receivedHow", d.languages, d.public_id AS "publicId",
  d.version + coalesce((SELECT sum(v.edits) FROM casework.document_version v
    WHERE v.document_id = d.id), 0)::int + coalesce((SELECT max(b.edits)
    FROM casework.publication b WHERE b.document_id = d.id), 0)
    + coalesce((SELECT sum(p.edits) FROM casework.partner p
    WHERE p.document_id = d.id), 0)::int AS version`;

/** With whose they are, where that was withdrawn and the viewer may still learn it. */
export const authored = <T extends Pick<Document, 'id' | 'side' | 'filedBy'>>(
  tx: Tx,
  rows: readonly T[],
): Promise<T[]> => withAuthors(tx, rows, (row, { side, filedBy }) => ({ ...row, side, filedBy }));

/** In the order in which they were handed in; a draft, which only its side sees, as it was begun. */
export const documentPage = (
  tx: Reads,
  filter: { proceedingId: string; kind: string | undefined; after: Key | undefined; limit: number },
): Promise<Document[]> =>
  tx.rows(
    `SELECT ${COLUMNS} FROM casework.document d
     WHERE d.proceeding_id = $1 AND ($2::text IS NULL OR d.kind = $2)
       AND ($3::timestamptz IS NULL OR (coalesce(d.submitted_at, d.created_at), d.id) > ($3, $4::uuid))
     ORDER BY coalesce(d.submitted_at, d.created_at), d.id LIMIT $5`,
    [
      filter.proceedingId,
      filter.kind ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit + 1,
    ],
  );

type Original = Pick<DocumentOriginal, 'textId' | 'fileKey' | 'bytes' | 'sha256' | 'found'>;
/** `original` and the receipt of its filing are there for its own side alone. */
export type ShownText = Omit<DocumentText, 'body'> & {
  original: Original | undefined;
  receiptId: string | undefined;
};
export type VersionWithTexts = DocumentVersion & { texts: ShownText[] };

/** The versions of a document in order, each with its languages, the original first. */
export async function versionsOf(tx: Tx, documentId: string): Promise<VersionWithTexts[]> {
  const [versions, texts, originals, receipts] = await tx.together<
    [DocumentVersion, Omit<DocumentText, 'body'>, Original, ReceiptNamed]
  >(
    [
      `SELECT v.id, v.proceeding_id AS "proceedingId", v.compartment, v.document_id AS "documentId",
         v.n, v.status, v.by_side AS "bySide", v.reason, v.created_at AS "createdAt",
         v.submitted_at AS "submittedAt", v.edits
       FROM casework.document_version v WHERE v.document_id = $1 ORDER BY v.n`,
      [documentId],
    ],
    [
      `SELECT t.id, t.version_id AS "versionId", t.language, t.standing, t.file_key AS "fileKey",
         t.media_type AS "mediaType", t.bytes, t.sha256, t.salt, t.words, t.left_out AS "leftOut",
         t.language_found AS "languageFound", t.uploaded_at AS "uploadedAt"
       FROM casework.document_version v JOIN casework.document_text t ON t.version_id = v.id
       WHERE v.document_id = $1 ORDER BY t.standing = 'original' DESC, t.language`,
      [documentId],
    ],
    [
      `SELECT o.text_id AS "textId", o.file_key AS "fileKey", o.bytes, o.sha256, o.found
       FROM casework.document_version v JOIN casework.document_text t ON t.version_id = v.id
       JOIN casework.document_original o ON o.text_id = t.id WHERE v.document_id = $1`,
      [documentId],
    ],
    receiptsOf(documentId),
  );
  const shownIn = ({ id, n }: DocumentVersion): ShownText[] =>
    texts
      .filter(({ versionId }) => versionId === id)
      .map((text) => ({
        ...text,
        original: originals.find(({ textId }) => textId === text.id),
        receiptId: receipts.find((r) => r.version === n && r.language === text.language)?.id,
      }));
  return versions.map((version) => ({ ...version, texts: shownIn(version) }));
}

interface KindIn {
  proceedingId: string;
  kind: string;
}

/** Kinds of which one has been handed in: asked as the procedure, which sees all desks. */
export const kindsSubmitted = (tx: Tx, proceedingIds: readonly string[]): Promise<KindIn[]> =>
  tx.rows(
    `SELECT DISTINCT proceeding_id AS "proceedingId", kind FROM casework.document
     WHERE proceeding_id = ANY ($1) AND status IN ('submitted', 'published')`,
    [proceedingIds],
  );

/** Whose drafts of these kinds are all that there is of theirs. As the procedure. */
export const draftsLeft = (
  tx: Tx,
  proceedingId: string,
  kinds: readonly string[],
): Promise<{ side: string }[]> =>
  tx.rows(
    `SELECT DISTINCT side FROM (SELECT filed_by AS side FROM casework.document
       WHERE proceeding_id = $1 AND kind = ANY ($2)
       GROUP BY kind, filed_by, side HAVING bool_and(status = 'draft')) each_kind ORDER BY 1`,
    [proceedingId, kinds],
  );

/**
 * One of this kind that has been handed in, where there can be only one, or one of each side. Asked as
 * the procedure: it may have come from a desk that the viewer does not see.
 */
export async function anotherIn(
  tx: Tx,
  { id, proceedingId, side }: Pick<Document, 'id' | 'proceedingId' | 'side'>,
  definition: Definition,
  rule: DocumentKind,
): Promise<Another | null> {
  const { kind, count } = rule;
  const individual = isIndividual(definition, rule);
  if (count !== 'one' && !individual) return null;
  const first = await tx.asProcedure(proceedingId, () =>
    tx.row<{ documentId: string }>(
      `SELECT d.id AS "documentId" FROM casework.document d
       WHERE d.proceeding_id = $1 AND d.kind = $2 AND d.status IN ('submitted', 'published')
         AND ($3::text IS NULL OR d.side = $3) AND d.id <> $4 LIMIT 1`,
      [proceedingId, kind, count === 'one' ? null : side, id],
    ),
  );
  if (!first) return null;
  return count === 'one' ? { kind } : { kind, ...first };
}

interface DeadlineIn {
  proceedingId: string;
  key: string;
}

/** Deadlines that have lapsed. */
export const lapsedDeadlines = (tx: Tx, proceedingIds: readonly string[]): Promise<DeadlineIn[]> =>
  tx.rows(
    `SELECT proceeding_id AS "proceedingId", key FROM casework.deadline
     WHERE proceeding_id = ANY ($1) AND status = 'lapsed'`,
    [proceedingIds],
  );

interface EndingEmbargo {
  id: string;
  proceedingId: string;
  subject: string;
  mechanism: string;
  mechanismVersion: number;
  side: string;
  filedBy: string;
  until: Date;
}

/** Embargoes that end before an instant and that the viewer decides about, in order. */
export const endingEmbargoes = (
  tx: Reads,
  { before, after, limit }: { before: Date; after: Key | undefined; limit: number },
): Promise<EndingEmbargo[]> =>
  tx.rows(
    `SELECT DISTINCT d.id, d.proceeding_id AS "proceedingId", p.subject, p.mechanism,
       p.mechanism_version AS "mechanismVersion", d.side, d.filed_by AS "filedBy", b.until
     FROM casework.publication b JOIN casework.document d ON d.id = b.document_id
     JOIN casework.proceeding p ON p.id = d.proceeding_id
     WHERE b.ended_at IS NULL AND b.until <= $1 AND d.status <> 'published'
       AND ($2::timestamptz IS NULL OR (b.until, d.id) > ($2, $3::uuid))
     ORDER BY b.until, d.id LIMIT $4`,
    [before, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/** The words of what has been handed in, where they were kept. */
export const wordsOf = (
  tx: Tx,
  documentId: string,
): Promise<{ version: number; language: string; text: string }[]> =>
  tx.rows(
    `SELECT v.n AS version, t.language, t.body AS text
     FROM casework.document_version v JOIN casework.document_text t ON t.version_id = v.id
     WHERE v.document_id = $1 AND v.status = 'submitted' AND t.body IS NOT NULL
     ORDER BY v.n, t.language`,
    [documentId],
  );

/** A text that was kept, of what has been handed in. */
export interface KeptText {
  readonly version: number;
  readonly language: string;
  readonly mediaType: string;
  readonly body: string;
}

/** The kept texts of a document, the latest version first, in each the original first. */
export const keptTexts = (tx: Tx, documentId: string): Promise<KeptText[]> =>
  tx.rows(
    `SELECT v.n AS version, t.language, t.media_type AS "mediaType", t.body
     FROM casework.document_version v JOIN casework.document_text t ON t.version_id = v.id
     WHERE v.document_id = $1 AND v.status = 'submitted' AND t.body IS NOT NULL
     ORDER BY v.n DESC, t.standing = 'original' DESC, t.language`,
    [documentId],
  );
