import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { trayOf } from '../../kernel/sides.js';
import { Authorship, type ItemKnown, type Withdrawable } from '../proceedings/index.js';
import { MASK } from '../record/index.js';
import { Clustering, Question } from './questions.entity.js';
import { namesOfStates, type AskingState } from './questions.repository.js';
import { naming } from './questions.rules.js';

/** An advance question, with its answer and the title under which it stands. */
export const withdrawableQuestion: Withdrawable = {
  kind: 'question',
  async find(tx, where) {
    const question = await tx.findOne(Question, where);
    return question && known(tx, question);
  },
  async kin(tx, { id }, parts) {
    const row = found(await tx.findOne(Question, { id }));
    const { proceedingId } = row;
    const all = await tx.find(Question, { proceedingId });
    const filed = parts.includes('author')
      ? all.filter(({ filingId }) => filingId === row.filingId)
      : [];
    const clustering = await tx.findOne(Clustering, { proceedingId });
    const titled = all.map((each) => ({ each, title: titleOf(each, clustering) }));
    const names = await namesOf(tx, filed);
    const telling = titled.filter(({ title }) => title !== null && naming(title, names));
    const own = parts.includes('cluster') ? [titleOf(row, clustering)] : [];
    const titles = new Set([...own, ...telling.map(({ title }) => title)]);
    const kin: { item: ItemKnown; parts: string[] }[] = [];
    for (const { each, title } of titled) {
      const author = filed.includes(each) ? ['author'] : [];
      const cluster = title !== null && titles.has(title) ? ['cluster'] : [];
      const leaving = [...author, ...cluster];
      if (leaving.length > 0) kin.push({ item: await known(tx, each), parts: leaving });
    }
    return kin;
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

/** Until it is relayed it lies in the tray of who asks, and is told of nowhere else. */
async function known(tx: Tx, question: Question): Promise<ItemKnown> {
  const { id, side, relayedAt } = question;
  if (relayedAt) return { ...question, status: 'relayed' };
  const author = side === MASK ? await tx.findOne(Authorship, { itemId: id }) : undefined;
  return { ...question, compartment: trayOf(author?.side ?? side), status: 'filed' };
}

/** Under which it stands, or is to be relayed. */
const titleOf = ({ id, cluster }: Question, clustering: Clustering | undefined): string | null =>
  cluster ?? clustering?.clusters.find(({ questions }) => questions.includes(id))?.title ?? null;

/** What those are called who ask these. */
async function namesOf(tx: Tx, filed: readonly Question[]): Promise<string[]> {
  const states = await namesOfStates(
    tx,
    filed.map(({ id }) => id),
  );
  return [...states, ...filed.flatMap(({ groupName }) => groupName ?? [])];
}

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
