import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { Proceeding } from './proceedings.entity.js';

export const COLUMNS = `p.id, p.mechanism, p.mechanism_version AS "mechanismVersion", p.subject,
  p.slot_id AS "slotId", p.status, p.entered_at AS "enteredAt", p.opened_at AS "openedAt", p.test,
  p.public_id AS "publicId", p.version, p.trigger, p.case_number AS "caseNumber"`;

/** The list begins with what the viewer may see: that keeps the plan on the access index. */
export const VISIBLE = `p.id IN (SELECT a.proceeding_id FROM casework.access a WHERE a.compartment = 'case')`;

interface ProceedingFilter {
  /** Of these procedures alone: those of one family, or one of them. */
  readonly mechanisms: readonly string[];
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
     WHERE ${VISIBLE} AND p.mechanism = ANY ($1)
       AND ($2::text IS NULL OR p.subject = $2) AND ($3::text IS NULL OR p.status = $3)
       AND ($4::uuid IS NULL OR p.slot_id IN
         (SELECT s.id FROM reference.slot s WHERE s.session_id = $4))
       AND ($5::timestamptz IS NULL OR (p.opened_at, p.id) > ($5, $6::uuid))
     ORDER BY p.opened_at, p.id LIMIT $7`,
    [
      filter.mechanisms,
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

const PARTICIPANT = `t.role, p.key AS principal, t.principal_id AS "principalId", t.basis,
    t.recorded_at AS "recordedAt"
  FROM casework.participant t JOIN identity.principal p ON p.id = t.principal_id`;
const PARTICIPANTS = `SELECT ${PARTICIPANT} WHERE t.proceeding_id = $1 ORDER BY t.role, p.key`;

export const participantsOf = (tx: Tx, proceedingId: string): Promise<ParticipantRow[]> =>
  tx.rows(PARTICIPANTS, [proceedingId]);

/** Who takes part in each of these. */
export async function participantsOfAll(
  tx: Tx,
  proceedingIds: readonly string[],
): Promise<Map<string, ParticipantRow[]>> {
  const rows = await tx.rows<ParticipantRow & { proceedingId: string }>(
    `SELECT t.proceeding_id AS "proceedingId", ${PARTICIPANT}
     WHERE t.proceeding_id = ANY ($1) ORDER BY t.role, p.key`,
    [proceedingIds],
  );
  const taking = new Map<string, ParticipantRow[]>(proceedingIds.map((id) => [id, []]));
  for (const { proceedingId, ...row } of rows) taking.get(proceedingId)?.push(row);
  return taking;
}

/** A proceeding, held for the rest of the transaction where `lock` asks for it, with who takes part and who helps. */
export async function proceedingWithParticipants(
  tx: Tx,
  id: string,
  { lock }: { lock: boolean },
): Promise<{
  proceeding: Proceeding | undefined;
  participants: ParticipantRow[];
  /** Those through whom the viewer helps a side here. */
  assisting: AssistantRow[];
}> {
  const [[proceeding], participants, assisting] = await tx.together<
    [Proceeding, ParticipantRow, AssistantRow]
  >(
    [lock ? LOCKED : BY_ID, [id]],
    [PARTICIPANTS, [id]],
    [`${ASSISTANTS} AND a.principal_id = ANY (identity.principals())`, [id]],
  );
  return { proceeding, participants, assisting };
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

/** Who shares which compartments. As the procedure. */
export const circlesOf = (
  tx: Tx,
  proceedingId: string,
): Promise<{ circle: string; side: string }[]> =>
  tx.rows(
    `SELECT c.circle, p.key AS side FROM casework.circle c
     JOIN identity.principal p ON p.id = c.principal_id
     WHERE c.proceeding_id = $1 ORDER BY c.circle, p.key`,
    [proceedingId],
  );

/** An organization that helps a side, by their keys. */
export interface AssistantRow {
  side: string;
  principal: string;
}

const ASSISTANTS = `SELECT a.side, p.key AS principal
  FROM casework.assistant a JOIN identity.principal p ON p.id = a.principal_id
  WHERE a.proceeding_id = $1 AND a.status = 'accepted'`;

/** Who helps which side to prepare, and has accepted that. As the procedure. */
export const assistantsOf = (tx: Tx, proceedingId: string): Promise<AssistantRow[]> =>
  tx.rows(`${ASSISTANTS} ORDER BY a.side, p.key`, [proceedingId]);

/** Whom this principal has helped here, or helps, by their keys. As the procedure. */
export const assistedBy = (
  tx: Tx,
  proceedingId: string,
  principal: string,
): Promise<{ side: string }[]> =>
  tx.rows(
    `SELECT a.side FROM casework.assistant a JOIN identity.principal p ON p.id = a.principal_id
     WHERE a.proceeding_id = $1 AND p.key = $2 AND a.accepted_at IS NOT NULL`,
    [proceedingId, principal],
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
export const calendarOf = async (tx: Tx, slotId: string): Promise<Anchors | undefined> =>
  (await calendarsOf(tx, [slotId])).get(slotId);

type CalendarRow = Omit<Anchors['session'], 'starts'> &
  Anchors['slot'] & { sessionId: string; cycle: number; day: string };

/** The calendar of proceedings, by their slots. */
export async function calendarsOf(
  tx: Tx,
  slotIds: readonly string[],
): Promise<Map<string, Anchors>> {
  const rows = await tx.rows<CalendarRow>(
    `SELECT s.id, n.id AS "sessionId", n.number, n.starts::text AS day, n.dates, n.hours,
       s.starts, s.ends, s.outcome_starts AS "outcomeStarts", c.number AS cycle
     FROM reference.slot s JOIN reference.session n ON n.id = s.session_id
     JOIN reference.cycle c ON c.id = n.cycle_id WHERE s.id = ANY ($1)`,
    [slotIds],
  );
  return new Map(
    rows.map(({ id, sessionId, number, day, dates, hours, cycle, ...slot }) => {
      const session = { id: sessionId, number, starts: day, dates, hours };
      return [id, { session, slot, cycle }];
    }),
  );
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
