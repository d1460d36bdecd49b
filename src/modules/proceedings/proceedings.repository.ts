import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { Proceeding } from './proceedings.entity.js';

const COLUMNS = `p.id, p.mechanism, p.mechanism_version AS "mechanismVersion", p.subject,
  p.slot_id AS "slotId", p.status, p.entered_at AS "enteredAt", p.opened_at AS "openedAt", p.test,
  p.public_id AS "publicId", p.version`;

/** The list begins with what the viewer may see: that keeps the plan on the access index. */
const VISIBLE = `p.id IN (SELECT a.proceeding_id FROM casework.access a WHERE a.compartment = 'case')`;

interface ProceedingFilter {
  readonly mechanism?: string | undefined;
  readonly state?: string | undefined;
  readonly status?: string | undefined;
  readonly sessionId?: string | undefined;
}

export const proceedingPage = (
  tx: Reads,
  filter: ProceedingFilter,
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<Proceeding[]> =>
  tx.rows(
    `SELECT ${COLUMNS} FROM casework.proceeding p
     WHERE ${VISIBLE} AND ($1::text IS NULL OR p.mechanism = $1)
       AND ($2::text IS NULL OR p.subject = $2) AND ($3::text IS NULL OR p.status = $3)
       AND ($4::uuid IS NULL OR p.slot_id IN
         (SELECT s.id FROM reference.slot s WHERE s.session_id = $4))
       AND ($5::timestamptz IS NULL OR (p.opened_at, p.id) > ($5, $6::uuid))
     ORDER BY p.opened_at, p.id LIMIT $7`,
    [
      filter.mechanism ?? null,
      filter.state ?? null,
      filter.status ?? null,
      filter.sessionId ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ],
  );

const BY_ID = `SELECT ${COLUMNS} FROM casework.proceeding p WHERE p.id = $1`;
const LOCKED = `${BY_ID} FOR UPDATE`;

export const proceedingById = (tx: Tx, id: string): Promise<Proceeding | undefined> =>
  tx.row(BY_ID, [id]);

/** The proceedings that have their place in these slots, in the order in which all lock them. */
export async function proceedingsOfSlots(tx: Tx, slotIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    'SELECT id FROM casework.proceeding WHERE slot_id = ANY ($1) ORDER BY id',
    [slotIds],
  );
  return rows.map(({ id }) => id);
}

/** Holds the proceeding for the rest of the transaction: moves and deadlines queue here. */
export const lockProceeding = (tx: Tx, id: string): Promise<Proceeding | undefined> =>
  tx.row(LOCKED, [id]);

export interface ParticipantRow {
  role: string;
  principal: string;
  principalId: string;
  basis: string;
  recordedAt: Date;
}

const PARTICIPANTS = `SELECT t.role, p.key AS principal, t.principal_id AS "principalId", t.basis,
    t.recorded_at AS "recordedAt"
  FROM casework.participant t JOIN identity.principal p ON p.id = t.principal_id
  WHERE t.proceeding_id = $1 ORDER BY t.role, p.key`;

export const participantsOf = (tx: Tx, proceedingId: string): Promise<ParticipantRow[]> =>
  tx.rows(PARTICIPANTS, [proceedingId]);

/** A proceeding, held for the rest of the transaction where `lock` asks for it, and who takes part. */
export async function proceedingWithParticipants(
  tx: Tx,
  id: string,
  { lock }: { lock: boolean },
): Promise<{ proceeding: Proceeding | undefined; participants: ParticipantRow[] }> {
  const [[proceeding], participants] = await tx.together<[Proceeding, ParticipantRow]>(
    [lock ? LOCKED : BY_ID, [id]],
    [PARTICIPANTS, [id]],
  );
  return { proceeding, participants };
}

/** As the procedure; `refreshAccess` then takes what the role gave. */
export async function removeParticipant(
  tx: Tx,
  proceedingId: string,
  { role, principalId }: Pick<ParticipantRow, 'role' | 'principalId'>,
): Promise<void> {
  await tx.rows(
    `DELETE FROM casework.participant
     WHERE proceeding_id = $1 AND role = $2 AND principal_id = $3`,
    [proceedingId, role, principalId],
  );
}

export const sidesOf = (tx: Tx, proceedingId: string): Promise<{ key: string; id: string }[]> =>
  tx.rows(
    `SELECT p.key, p.id FROM casework.side s JOIN identity.principal p ON p.id = s.principal_id
     WHERE s.proceeding_id = $1 ORDER BY p.key`,
    [proceedingId],
  );

/** Ids of principals by key; a key without one is left out. */
export async function principalIds(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ key: string; id: string }>(
    'SELECT key, id FROM identity.principal WHERE key = ANY ($1)',
    [keys],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

export interface Anchors {
  readonly session: {
    id: string;
    number: number;
    /** ISO date. */
    starts: string;
    dates: Record<string, string>;
    hours: Record<string, string>;
  };
  readonly slot: { starts: Date; ends: Date; outcomeStarts: Date | null };
  readonly cycle: number;
}

/** The calendar of a proceeding: its slot, session and cycle. */
export async function calendarOf(tx: Tx, slotId: string): Promise<Anchors | undefined> {
  const row = await tx.row<
    Omit<Anchors['session'], 'starts'> & Anchors['slot'] & { cycle: number; day: string }
  >(
    `SELECT n.id, n.number, n.starts::text AS day, n.dates, n.hours, s.starts, s.ends,
       s.outcome_starts AS "outcomeStarts", c.number AS cycle
     FROM reference.slot s JOIN reference.session n ON n.id = s.session_id
     JOIN reference.cycle c ON c.id = n.cycle_id WHERE s.id = $1`,
    [slotId],
  );
  if (!row) return undefined;
  const { id, number, day, dates, hours, starts, ends, outcomeStarts, cycle } = row;
  const session = { id, number, starts: day, dates, hours };
  return { session, slot: { starts, ends, outcomeStarts }, cycle };
}

export interface DueRow {
  id: string;
  proceedingId: string;
  key: string;
  due: Date;
}

/**
 * The first deadline that has expired and nobody has dealt with, in order of `due`.
 *
 * @param without proceedings to leave out
 */
export const nextExpired = (
  tx: Tx,
  before: Date,
  without: readonly string[] = [],
): Promise<DueRow | undefined> =>
  tx.row(
    `SELECT id, proceeding_id AS "proceedingId", key, due FROM casework.deadline
     WHERE status = 'pending' AND due <= $1 AND proceeding_id <> ALL ($2::uuid[])
     ORDER BY due, key, id LIMIT 1`,
    [before, without],
  );

export interface DutyRow {
  id: string;
  proceedingId: string;
  state: string;
  key: string;
  owedBy: string;
  due: Date;
  dueLocal: string;
  zone: string;
}

/** A deadline that somebody owes; `standing` when the viewer's principal holds the role as such. */
export interface DutyRule {
  readonly mechanism: string;
  readonly version: number;
  readonly key: string;
  readonly standing: boolean;
  /** Still owed when it has lapsed: a document that is missing, not a move that was made without. */
  readonly lasting: boolean;
  /** Statuses in which nothing is owed any more. */
  readonly finals: readonly string[];
}

/** What is owed under rule r, in order: cut before the rows of several are merged. */
const owed = (link: string): string => `
  SELECT d.id, d.proceeding_id AS "proceedingId", p.subject AS state, d.key,
    d.owed_by AS "owedBy", d.due, d.due_local AS "dueLocal", d.zone
  FROM casework.deadline d JOIN casework.proceeding p ON p.id = d.proceeding_id
  WHERE ${link} AND d.key = r.key AND p.mechanism = r.mechanism AND p.mechanism_version = r.version
    AND d.met_at IS NULL AND (d.status = 'pending' OR (d.status = 'lapsed' AND r.lasting))
    AND NOT r.finals ? p.status
    AND ($2::timestamptz IS NULL OR (d.due, d.id) > ($2, $3::uuid))
  ORDER BY d.due, d.id LIMIT $4`;

/**
 * What the viewer owes. Standing roles go through the deadlines in order of `due` until the page
 * is full; roles held by participation begin with the few proceedings that one takes part in.
 * (The principals are unnested: row-level security keeps other tests of them off the index.)
 */
export const duties = (
  tx: Reads,
  rules: readonly DutyRule[],
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<DutyRow[]> =>
  tx.rows(
    `WITH rule AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1)
       AS r(mechanism text, version int, key text,
         standing boolean, lasting boolean, finals jsonb)),
     part AS (SELECT DISTINCT t.proceeding_id, t.role FROM casework.participant t
       WHERE t.principal_id IN (SELECT unnest(identity.principals())))
     SELECT * FROM (
       SELECT q.* FROM rule r CROSS JOIN LATERAL (${owed('true')}) q WHERE r.standing
       UNION ALL
       SELECT q.* FROM part t CROSS JOIN rule r
         CROSS JOIN LATERAL (${owed('d.proceeding_id = t.proceeding_id AND d.owed_by = t.role')}) q
       WHERE NOT r.standing
     ) every ORDER BY due, id LIMIT $4`,
    [JSON.stringify(rules), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
