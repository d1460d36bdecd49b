import type { Tx } from '../../platform/database/tx.js';
import type { Listed } from './labels.rules.js';
import type { Withdrawn } from './withdrawn.rules.js';

/** A paragraph as it stands, with its words. */
export interface ParagraphRow {
  id: string;
  reportId: string;
  section: string;
  place: number;
  version: number;
  text: string;
  bySide: string;
  writtenAt: Date;
}

/** Within each section in their order; what was taken out is left out. */
export const paragraphsOf = (tx: Tx, reportId: string): Promise<ParagraphRow[]> =>
  tx.rows(
    `SELECT p.id, p.report_id AS "reportId", p.section, p.place, p.version, v.text,
       v.by_side AS "bySide", v.written_at AS "writtenAt"
     FROM casework.report_paragraph p
     JOIN casework.report_paragraph_version v ON v.paragraph_id = p.id AND v.n = p.version
     WHERE p.report_id = $1 AND v.text IS NOT NULL ORDER BY p.section, p.place, p.id`,
    [reportId],
  );

/**
 * What of the review was withdrawn, in that order, as far as the viewer reads it, with what texts call
 * it; a masked symbol is none.
 */
export const withdrawalsOf = (tx: Tx, proceedingId: string): Promise<Withdrawn[]> =>
  tx.rows(
    `SELECT w.id, w.kind, w.item_id AS "itemId", w.at,
       coalesce(r.label, CASE WHEN 'symbol' = ANY (w.parts) THEN NULL ELSE d.symbol END) AS name
     FROM casework.withdrawal w
     LEFT JOIN casework.recommendation r ON w.kind = 'recommendation' AND r.id = w.item_id
     LEFT JOIN casework.document d ON w.kind = 'document' AND d.id = w.item_id
     WHERE w.proceeding_id = $1 ORDER BY w.at, w.id`,
    [proceedingId],
  );

/** What a draft says of its review. */
export interface Head {
  readonly state: string;
  readonly session: number | null;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly reviewed: Date | null;
  /** When the lot that named the troika was drawn. */
  readonly selected: string | null;
  /** Delegations that made a statement in the dialogue, the State under review aside. */
  readonly statements: number;
  /** Names of the States whose questions were relayed. */
  readonly asked: readonly string[];
}

export async function headOf(
  tx: Tx,
  { id, subject, slotId }: { id: string; subject: string; slotId: string | null },
): Promise<Head> {
  const row = await tx.row<Head>(
    `SELECT identity.side_name($1) AS state, s.number AS session, s.starts::text AS starts,
       s.ends::text AS ends, l.starts AS reviewed,
       (SELECT coalesce(d.drawn_on, d.drawn_at::date)::text FROM casework.lot d
          WHERE d.proceeding_id = $3 AND d.purpose = 'troika' AND d.status = 'drawn'
          ORDER BY d.drawn_at DESC LIMIT 1) AS selected,
       (SELECT count(*)::int FROM casework.speaker k WHERE k.proceeding_id = $3
          AND k.list = 'dialogue' AND k.part IS NULL AND k.ended_at IS NOT NULL) AS statements,
       ARRAY(SELECT DISTINCT identity.side_name('state:' || a.iso3)
         FROM casework.question q JOIN casework.asker a ON a.question_id = q.id
         WHERE q.proceeding_id = $3 AND q.relayed_at IS NOT NULL AND a.status = 'confirmed'
         ORDER BY 1) AS asked
     FROM (SELECT 1) one LEFT JOIN reference.slot l ON l.id = $2
     LEFT JOIN reference.session s ON s.id = l.session_id`,
    [`state:${subject}`, slotId, id],
  );
  return row!;
}

/** Documents of a review that everybody has. */
export const issuedOf = (
  tx: Tx,
  proceedingId: string,
): Promise<{ kind: string; symbol: string | null }[]> =>
  tx.rows(
    `SELECT kind, symbol FROM casework.document
     WHERE proceeding_id = $1 AND status = 'published' ORDER BY kind, id`,
    [proceedingId],
  );

/** Under which a document is begun: what the viewer may see of it. */
export async function symbolOf(tx: Tx, proceedingId: string, kind: string): Promise<string | null> {
  const row = await tx.row<{ symbol: string | null }>(
    `SELECT symbol FROM casework.document
     WHERE proceeding_id = $1 AND kind = $2 AND status <> 'withdrawn' ORDER BY id LIMIT 1`,
    [proceedingId, kind],
  );
  return row?.symbol ?? null;
}

/** Names of States, in the alphabet. */
export const namesOf = async (tx: Tx, sides: readonly string[]): Promise<string[]> => {
  const rows = await tx.rows<{ name: string }>(
    `SELECT identity.side_name(s) AS name FROM unnest($1::text[]) AS s ORDER BY 1`,
    [sides],
  );
  return rows.map(({ name }) => name);
};

/** What a pledge promises, in the order in which they were made. */
export async function pledgesOf(tx: Tx, proceedingId: string): Promise<string[]> {
  const rows = await tx.rows<{ text: string }>(
    `SELECT text FROM casework.pledge
     WHERE proceeding_id = $1 AND status = 'submitted' ORDER BY submitted_at, id`,
    [proceedingId],
  );
  return rows.map(({ text }) => text);
}

/**
 * All that stand, each part for itself, in the order of their labels, then of their making. Whose it
 * is where that was withdrawn nobody is told here: a report is for everybody.
 *
 * @param drafts whether answers count that are only prepared
 */
export const listedOf = (
  tx: Tx,
  proceedingId: string,
  { drafts }: { readonly drafts: boolean },
): Promise<Listed[]> =>
  tx.rows(
    `SELECT r.id, r.label, r.text, r.whole_id AS "wholeId", r.part,
       ARRAY(SELECT identity.side_name('state:' || s.iso3) FROM casework.recommender s
         WHERE s.recommendation_id = r.id AND s.status = 'confirmed'
         ORDER BY 'state:' || s.iso3 <> r.side, s.confirmed_at, s.iso3) AS states,
       (SELECT p.position FROM casework.position p WHERE p.recommendation_id = r.id
          AND p.given_in = 'room' AND p.status IN ('given', 'superseded')
          ORDER BY p.given_at DESC LIMIT 1) AS room,
       a.position AS answer, a.stated_position AS stated, a.comment
     FROM casework.recommendation r
     LEFT JOIN LATERAL (SELECT * FROM casework.position p WHERE p.recommendation_id = r.id
       AND (p.status IN ('given', 'deemed') OR $2 AND p.status = 'draft')
       ORDER BY p.status = 'draft' DESC LIMIT 1) a ON true
     WHERE r.proceeding_id = $1 AND r.status IN ('submitted', 'adopted')
       AND (r.side = '[withdrawn]' OR EXISTS (SELECT FROM casework.recommender s
         WHERE s.recommendation_id = r.id AND s.status = 'confirmed'))
     ORDER BY coalesce(r.label_order, '~'), r.submitted_at, r.part, r.id`,
    [proceedingId, drafts],
  );

/** What was split, of which the parts are listed. */
export const wholesOf = (
  tx: Tx,
  proceedingId: string,
): Promise<{ id: string; label: string | null }[]> =>
  tx.rows(
    `SELECT id, label FROM casework.recommendation
     WHERE proceeding_id = $1 AND status = 'split' ORDER BY id`,
    [proceedingId],
  );
