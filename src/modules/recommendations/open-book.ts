import { chooseSeat } from '../proceedings/index.js';
import type { Refusal } from '../../kernel/refusal.js';
import { PARTIES, stateOf, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append, type EntryFacts } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import type { Engine, Standing } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { publishAdopted } from './publish-recommendations.js';
import { itemStanding } from './find-item.js';
import { keepBook, readBook } from './keep-book.js';
import type { ReadWords } from './read-words.js';
import type { RecommendationRow } from './recommendations.repository.js';
import { confirmedIn, isRefusal, textOf, type Book } from './wordings.rules.js';

/** A recommendation that was made, with its words, under the proceeding's lock. */
export interface Opened {
  readonly row: RecommendationRow;
  readonly standing: Standing;
  readonly book: Book;
}

/**
 * @throws Refused `not-found`; `wrong-stage` for a draft; `withdrawn` where the words, or whose they
 *   are, were withdrawn for safety: nothing is said of them any more
 */
export async function openBook(tx: Tx, engine: Engine, id: string): Promise<Opened> {
  const { row, standing } = await itemStanding(tx, engine, id, { lock: true });
  if (row.status === 'draft') throw new Refused('wrong-stage', { status: row.status });
  const gone = (await withdrawnOf(tx, row.publicId))?.parts ?? [];
  const parts = gone.filter((part) => ['text', 'author'].includes(part));
  if (parts.length > 0) throw new Refused('withdrawn', { parts });
  // What others propose is hidden from who may act on it all the same.
  const book = await tx.asProcedure(row.proceedingId, () => readBook(tx, row));
  return { row, standing, book };
}

/** What was done, by which side: the journal keeps that it happened, never the words. */
interface Told {
  readonly what: string;
  readonly by: string;
  /** The side that proposed what is answered. */
  readonly to?: string;
  readonly facts?: EntryFacts;
}

/**
 * Keeps what an act made of the words, for whoever reads them; what is in the record follows at once. The
 * other States that stand under it are asked for their word, or told that of one of them.
 */
export async function closeBook(
  tx: Tx,
  reader: ReadWords,
  { row, standing, book }: Opened,
  after: Book | Refusal,
  { what, by, to, facts }: Told,
): Promise<void> {
  if (isRefusal(after)) throw new Refused(after.code, after.facts);
  const { proceedingId } = row;
  const concerned = new Set([
    ...confirmedIn(book).map(stateSide),
    ...(to === undefined ? [] : [to]),
  ]);
  const asked = [...concerned].filter((side) => side !== by);
  await append(tx, {
    proceedingId,
    compartment: PARTIES,
    what,
    by,
    at: tx.now,
    facts: { recommendationId: row.id, asked, ...facts },
  });
  await tx.asProcedure(proceedingId, () => keepBook(tx, { row, before: book, after, at: tx.now }));
  const text = textOf(after);
  if (text !== row.text) await reader.read(tx, standing.proceeding, { ...row, text });
  if (row.status !== 'adopted') return;
  await tx.asProcedure(proceedingId, () => publishAdopted(tx, standing.proceeding));
}

/**
 * The State that stands under a recommendation and for which the viewer speaks.
 *
 * @throws Refused `wrong-role`, `permission-missing`, `side-ambiguous`
 */
export function speakingState(tx: Tx, book: Book, as: string | undefined): string {
  const by = confirmedIn(book).map(stateSide);
  const fitting = (tx.viewer?.seats ?? []).filter(({ side }) => by.includes(side));
  return found(stateOf(chooseSeat(fitting, { by, as, permission: 'submit' }).side));
}
