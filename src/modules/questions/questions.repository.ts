import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import { withAuthors } from '../proceedings/index.js';
import type { Question } from './questions.entity.js';

export interface AskingState {
  state: string;
  status: string;
}
export interface QuestionRow extends Question {
  askingStates: AskingState[];
  /** Whether the record has it. */
  published: boolean;
}

const ROW = `
  SELECT q.id, q.proceeding_id AS "proceedingId", q.compartment, q.filing_id AS "filingId", q.n,
    q.side, q.filed_by AS "filedBy", q.group_name AS "groupName", q.text, q.filed_at AS "filedAt",
    q.withheld_from AS "withheldFrom", q.asked_by AS "askedBy", q.relayed_at AS "relayedAt", q.cluster,
    q.relayed_n AS "relayedN", q.answered_in AS "answeredIn", q.answer,
    q.answered_at AS "answeredAt", q.public_id AS "publicId", q.version,
    EXISTS (SELECT FROM record.question p WHERE p.id = q.public_id) AS published,
    (SELECT coalesce(json_agg(json_build_object('state', a.iso3, 'status', a.status)
        ORDER BY 'state:' || a.iso3 <> q.side, a.iso3), '[]')
      FROM casework.asker a WHERE a.question_id = q.id) AS "askingStates"
  FROM casework.question q`;

/** What has not been relayed comes after what has. */
const ORDER = `coalesce(q.relayed_n, 2147483647), q.filed_at, q.filing_id, q.n`;
export const LAST = 2_147_483_647;

/** With whose they are, where that was withdrawn and the viewer may still learn it. */
const authored = (tx: Tx, rows: readonly QuestionRow[]): Promise<QuestionRow[]> =>
  withAuthors(tx, rows, (row, { side, filedBy, states }) => ({
    ...row,
    side,
    filedBy,
    askingStates: (states ?? []) as AskingState[],
  }));

export const questionPage = async (
  tx: Tx,
  reads: Reads,
  filter: { proceedingId: string; askingState: string | undefined },
  { after, limit }: Part,
): Promise<QuestionRow[]> =>
  authored(
    tx,
    await reads.rows(
      `${ROW} WHERE q.proceeding_id = $1
         AND ($2::text IS NULL OR EXISTS (SELECT FROM casework.asker a
           WHERE a.question_id = q.id AND a.iso3 = $2))
         AND ($3::int IS NULL OR (${ORDER}) > ($3, $4::timestamptz, $5::uuid, $6::int))
       ORDER BY ${ORDER} LIMIT $7`,
      [
        filter.proceedingId,
        filter.askingState ?? null,
        ...(after ?? [null, null, null, null]),
        limit + 1,
      ],
    ),
  );

export async function questionById(tx: Tx, id: string): Promise<QuestionRow | undefined> {
  const row = await tx.row<QuestionRow>(`${ROW} WHERE q.id = $1`, [id]);
  return row && (await authored(tx, [row]))[0];
}

/** Every name of the States that ask these, in every language. */
export async function namesOfStates(tx: Tx, questionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    `SELECT DISTINCT n.name FROM casework.asker a
     JOIN reference.state_name n ON n.iso3 = a.iso3 WHERE a.question_id = ANY ($1)`,
    [questionIds],
  );
  return rows.map(({ name }) => name);
}

/** All of a review, in order; or those of one filing. */
export const questionsOf = (
  tx: Tx,
  proceedingId: string,
  filingId?: string,
): Promise<QuestionRow[]> =>
  tx.rows(
    `${ROW} WHERE q.proceeding_id = $1 AND ($2::uuid IS NULL OR q.filing_id = $2)
     ORDER BY ${ORDER}`,
    [proceedingId, filingId ?? null],
  );
