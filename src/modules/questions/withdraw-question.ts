import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import type { Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Clustering, Question } from './questions.entity.js';
import type { AskingState } from './questions.repository.js';

/** An advance question, with its answer and the title under which it stands. */
export const withdrawableQuestion: Withdrawable = {
  kind: 'question',
  async find(tx, where) {
    const question = await tx.findOne(Question, where);
    return question && { ...question, status: question.relayedAt ? 'relayed' : 'filed' };
  },
  async mask(tx, { id, publicId }, parts) {
    const row = found(await tx.findOne(Question, { id }));
    const { text, answer, cluster, groupName, side, filedBy, proceedingId } = row;
    const masksAuthor = parts.includes('author');
    const set = {
      publicId,
      version: row.version + 1,
      ...(parts.includes('text') && { text: MASK }),
      ...(parts.includes('answer') && answer !== null && { answer: MASK }),
      ...(parts.includes('cluster') && cluster !== null && { cluster: MASK }),
      ...(masksAuthor && { side: MASK, filedBy: MASK }),
      ...(masksAuthor && groupName !== null && { groupName: MASK }),
    };
    await tx.update(Question, { id }, set);
    const title = parts.includes('cluster') && (await maskTitle(tx, proceedingId, id));
    const author = masksAuthor && { side, filedBy, states: await takeStates(tx, id) };
    const content = { text, answer, cluster: cluster ?? (title || null), groupName };
    return { content, fileKeys: [], ...(author && { author }) };
  },
};

/** The title of the group that it is in, where the questions were grouped. */
async function maskTitle(tx: Tx, proceedingId: string, id: string): Promise<string | undefined> {
  const row = await tx.findOne(Clustering, { proceedingId });
  const mine = row?.clusters.find(({ questions }) => questions.includes(id));
  if (!row || !mine) return undefined;
  const clusters = row.clusters.map((each) => (each === mine ? { ...each, title: MASK } : each));
  await tx.update(Clustering, { proceedingId }, { clusters, version: row.version + 1 });
  return mine.title;
}

/** The States that asked it: a filter by one of them finds it no longer. */
async function takeStates(tx: Tx, questionId: string): Promise<AskingState[]> {
  const states = await tx.rows<AskingState>(
    `SELECT a.iso3 AS state, a.status FROM casework.asker a
     WHERE a.question_id = $1 ORDER BY a.iso3`,
    [questionId],
  );
  await tx.rows('DELETE FROM casework.asker WHERE question_id = $1', [questionId]);
  return states;
}
