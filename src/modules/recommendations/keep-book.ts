import { randomUUID } from 'node:crypto';
import { PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import { swap } from './find-item.js';
import { Position, Recommendation, Recommender } from './recommendations.entity.js';
import { Wording, WordingAnswer } from './wordings.entity.js';
import { answersOf } from './wordings.repository.js';
import {
  isHeld,
  sameWords,
  textOf,
  type Answer,
  type Book,
  type WordingEntry,
} from './wordings.rules.js';

/** The words of a recommendation as they are kept, from the first text on. */
export async function readBook(
  tx: Tx,
  { id, wording }: Pick<Recommendation, 'id' | 'wording'>,
): Promise<Book> {
  const rows = await tx.find(Wording, { recommendationId: id }, { order: { n: 'ASC' } });
  const answers = await answersOf(tx, id);
  const states = await tx.find(Recommender, { recommendationId: id }, { order: { iso3: 'ASC' } });
  return {
    stands: wording,
    states: states.map(({ iso3, status }) => ({ state: iso3, status })),
    wordings: rows.map((row) => ({
      n: row.n,
      kind: row.kind,
      by: row.bySide,
      texts: row.texts,
      reason: row.reason,
      replaces: row.replaces,
      status: row.status,
      answers: answers
        .filter(({ n }) => n === row.n)
        .map(({ state, accepted }) => ({ state, accepted })),
    })),
  };
}

interface Change {
  readonly row: Recommendation;
  /** Without wordings while it is only being made. */
  readonly before: Book;
  readonly after: Book;
  readonly at: Date;
}

/** Writes what an act made of a book: the difference, and what it means for the item. As the procedure. */
export async function keepBook(tx: Tx, { row, before, after, at }: Change): Promise<void> {
  for (const entry of after.wordings) {
    await keepEntry(tx, { row, was: before.wordings.find(({ n }) => n === entry.n), entry, at });
  }
  await keepStates(tx, { row, before, after, at });
  if (before.wordings.length === 0) return;
  const turned = before.stands !== after.stands;
  const held = isHeld(after);
  await swap(tx, row, {
    wording: after.stands,
    ...(turned && { text: textOf(after) }),
    ...(!held && { status: 'withdrawn' as const, label: null, labelOrder: null }),
  });
  const place = { proceedingId: row.proceedingId, compartment: PARTIES, by: 'procedure', at };
  const facts = { recommendationId: row.id, wording: after.stands };
  if (turned) {
    await append(tx, { ...place, what: 'wording-adopted', facts });
    // An answer to other words is none to these.
    if (!sameWords(textOf(before), textOf(after))) {
      const answered = { recommendationId: row.id, status: 'given' as const };
      await tx.update(Position, answered, { status: 'superseded' });
    }
  }
  if (!held) await append(tx, { ...place, what: 'recommendation-fallen', facts });
}

interface EntryChange {
  readonly row: Recommendation;
  readonly was: WordingEntry | undefined;
  readonly entry: WordingEntry;
  readonly at: Date;
}

async function keepEntry(tx: Tx, { row, was, entry, at }: EntryChange): Promise<void> {
  const { n, status, kind, by, texts, reason, replaces } = entry;
  const { id: recommendationId, proceedingId } = row;
  const settledAt = status === 'open' ? null : at;
  const place = { proceedingId, compartment: PARTIES };
  if (!was) {
    const id = randomUUID();
    await tx.insert(Wording, {
      id,
      ...place,
      recommendationId,
      n,
      kind,
      bySide: by,
      texts: [...texts],
      reason,
      replaces,
      status,
      proposedAt: at,
      settledAt,
      decidedBy: null,
      decision: null,
    });
  } else if (was.status !== status) {
    const settled = await tx.update(
      Wording,
      { recommendationId, n, status: was.status },
      { status, settledAt },
    );
    if (settled === 0) throw new Refused('stale');
  }
  const given = entry.answers.filter((each) => !was?.answers.some((old) => same(old, each)));
  if (given.length === 0) return;
  const { id: wordingId } = (await tx.findOne(Wording, { recommendationId, n }))!;
  for (const { state, accepted } of given) {
    const set = { accepted, answeredAt: at };
    const changed = await tx.update(WordingAnswer, { wordingId, iso3: state }, set);
    if (changed > 0) continue;
    const answer = { id: randomUUID(), ...place, wordingId, iso3: state, ...set };
    await tx.insert(WordingAnswer, answer);
  }
}

const same = (one: Answer, other: Answer): boolean =>
  one.state === other.state && one.accepted === other.accepted;

/** How each State stands to it. As the procedure. */
export async function keepStates(tx: Tx, { row, before, after, at }: Change): Promise<void> {
  for (const { state, status } of after.states) {
    const was = before.states.find((each) => each.state === state)!.status;
    if (was === status) continue;
    const when = status === 'withdrawn' ? { withdrawnAt: at } : { confirmedAt: at };
    const stands = { recommendationId: row.id, iso3: state, status: was };
    const changed = await tx.update(Recommender, stands, { status, ...when });
    if (changed === 0) throw new Refused('already-given');
  }
}
