import { CASE, COMMITTEE, PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import {
  publishPage,
  type Consequence,
  type Proceeding,
  type Resumption,
} from '../proceedings/index.js';
import { coversWhole, publishQuestion, withdrawnOf } from '../record/index.js';
import { changeQuestion } from './find-question.js';
import { Asker, Clustering, Question } from './questions.entity.js';
import { presentAnswer } from './questions.presenter.js';
import { questionsOf, type QuestionRow } from './questions.repository.js';
import { relayOrder } from './questions.rules.js';

/**
 * What was asked comes before the State that is asked, and everybody, in the order of the clusters;
 * States that did not confirm fall away.
 */
export const relayQuestions: Consequence = {
  name: 'relay-questions',
  apply: (tx, { proceeding, at }) => relayWaiting(tx, proceeding, at),
};

/** Those that wait, after those that were relayed before. As the procedure. */
export async function relayWaiting(tx: Tx, proceeding: Proceeding, at: Date): Promise<void> {
  const { id: proceedingId } = proceeding;
  const all = await questionsOf(tx, proceedingId);
  const waiting = all.filter((row) => row.relayedAt === null);
  const before = Math.max(0, ...all.map(({ relayedN }) => relayedN ?? 0));
  const grouped = await tx.findOne(Clustering, { proceedingId });
  const order = relayOrder(waiting, grouped?.clusters ?? []);
  for (const [index, { question, cluster }] of order.entries()) {
    const invited = { questionId: question.id, status: 'invited' as const };
    await tx.update(Asker, invited, { status: 'lapsed' });
    const set = {
      withheldFrom: null,
      askedBy: null,
      relayedAt: at,
      cluster,
      relayedN: before + index + 1,
    };
    await changeQuestion(tx, question, set);
  }
  await tx.update(Clustering, { proceedingId }, { compartment: CASE, withheldFrom: null });
  const clusters = new Set(order.flatMap(({ cluster }) => cluster ?? [])).size;
  const facts = { questions: order.length, clusters };
  const told = { by: 'procedure', what: 'questions-relayed', at, facts };
  await append(tx, { proceedingId, compartment: PARTIES, ...told });
  await publishQuestions(tx, proceeding);
}

/** The troika of a resumed review groups anew what is asked anew. */
export const ungroupQuestions: Resumption = async (tx, { proceeding }) => {
  const was = await tx.findOne(Clustering, { proceedingId: proceeding.id });
  if (!was) return;
  const { proceedingId, version } = was;
  const set = { compartment: COMMITTEE, clusters: [], version: version + 1 };
  await tx.update(Clustering, { proceedingId, version }, set);
};

/** Brings what the record says of the relayed questions up to date. As the procedure. */
export async function publishQuestions(tx: Tx, proceeding: Proceeding): Promise<void> {
  const rows = (await questionsOf(tx, proceeding.id)).filter((row) => row.relayedAt !== null);
  const page = rows.length > 0 && (await publishPage(tx, proceeding));
  if (!page) return;
  const { mechanism, subject: state } = proceeding;
  const of = { proceedingId: page.id, mechanism, state, session: page.session };
  for (const row of rows) {
    const withdrawn = row.published ? undefined : await withdrawnOf(tx, row.publicId);
    if (withdrawn && coversWhole('question', withdrawn.parts)) continue;
    const publicId = await publishQuestion(tx, row.publicId, { ...of, ...bodyOf(row) });
    if (row.publicId === null) await tx.update(Question, { id: row.id }, { publicId });
  }
}

const bodyOf = (row: QuestionRow) => ({
  n: row.relayedN ?? 0,
  cluster: row.cluster,
  text: row.text,
  askingStates: row.askingStates
    .filter(({ status }) => status === 'confirmed')
    .map(({ state }) => state),
  group: row.groupName,
  filedBy: row.filedBy === row.side ? null : row.filedBy,
  relayedAt: row.relayedAt?.toISOString() ?? '',
  answered: presentAnswer(row),
});
