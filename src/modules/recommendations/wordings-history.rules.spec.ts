import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  answer,
  begin,
  confirm,
  confirmedIn,
  decideSplit,
  decline,
  isRefusal,
  propose,
  textOf,
  withdraw,
  type Book,
  type WordingEntry,
} from './wordings.rules.js';

const STATES = ['FRA', 'BRA', 'KEN', 'NOR', 'CHE', 'JPN', 'ALB', 'THA'];
const begun = (): Book =>
  begin(
    STATES.map((state) => ({ state, status: state === 'FRA' ? 'confirmed' : 'invited' })),
    { kind: 'made', by: 'state:FRA', reason: null, text: 'Ratify it' },
  );
const proposal = (state: string | undefined, text: string, kind: WordingEntry['kind']) => ({
  kind,
  by: state === undefined ? 'secretariat:upr' : `state:${state}`,
  texts: [text],
  reason: 'A word was missing',
  state,
});

/** The wording that the history leads to, from what was made over all that replaced it. */
function replayed(wordings: readonly WordingEntry[]): number {
  let stands = 1;
  for (;;) {
    const next = wordings.find(
      ({ kind, status, replaces }) =>
        status === 'adopted' && kind !== 'split' && replaces === stands,
    );
    if (!next) return stands;
    stands = next.n;
  }
}

/** An act that somebody tries; what is refused changes nothing. */
type Act = (book: Book) => Book;
const tries =
  (act: (book: Book) => ReturnType<typeof propose>): Act =>
  (book) => {
    const result = act(book);
    return isRefusal(result) ? book : result;
  };
const oneOfStates = fc.constantFrom(...STATES);
const number = fc.integer({ min: 1, max: 8 });
const words = fc.constantFrom('Ratify it', 'Ratify it now', 'Ratify it soon', 'Consider it');
const standing = (book: Book, state: string): boolean => confirmedIn(book).includes(state);

const acts: fc.Arbitrary<readonly [string, Act]> = fc.oneof(
  fc
    .tuple(fc.constant('confirm'), oneOfStates, fc.boolean())
    .map(([name, state, read]): [string, Act] => [
      `${name} ${state}`,
      tries((book) => confirm(book, state, read ? book.stands : 1)),
    ]),
  oneOfStates.map((state): [string, Act] => [
    `decline ${state}`,
    tries((book) => decline(book, state)),
  ]),
  fc
    .tuple(oneOfStates, words)
    .map(([state, text]): [string, Act] => [
      `amend ${state} ${text}`,
      tries((book) =>
        standing(book, state) ? propose(book, proposal(state, text, 'amendment')) : book,
      ),
    ]),
  fc
    .tuple(fc.constantFrom('editorial' as const, 'delivered' as const), words)
    .map(([kind, text]): [string, Act] => [
      `${kind} ${text}`,
      tries((book) => propose(book, proposal(undefined, text, kind))),
    ]),
  fc.constant<[string, Act]>([
    'ask for a split',
    tries((book) =>
      propose(book, { kind: 'split', by: 'state:SVN', texts: ['One', 'Two'], reason: null }),
    ),
  ]),
  fc
    .tuple(number, fc.boolean())
    .map(([n, granted]): [string, Act] => [
      `decide ${n} ${granted}`,
      tries((book) => decideSplit(book, n, granted)),
    ]),
  fc
    .tuple(oneOfStates, number, fc.boolean())
    .map(([state, n, accepted]): [string, Act] => [
      `answer ${state} ${n} ${accepted}`,
      tries((book) => (standing(book, state) ? answer(book, n, { state, accepted }) : book)),
    ]),
  oneOfStates.map((state): [string, Act] => [
    `withdraw ${state}`,
    (book) => (standing(book, state) ? withdraw(book, state) : book),
  ]),
);

/** Who proposed the words of a State, or agreed to those of somebody else: it must have been asked. */
function expectAgreed(book: Book): void {
  const { answers } = book.wordings.find(({ n }) => n === book.stands)!;
  for (const state of confirmedIn(book)) {
    expect(answers).toContainEqual({ state, accepted: true });
  }
}

/** What of a wording is written once, and never again. */
const written = ({ n, texts, by, kind, reason, replaces }: WordingEntry) => ({
  n,
  texts,
  by,
  kind,
  reason,
  replaces,
});

/** Every book on the way, from the first on. */
const history = (tried: readonly (readonly [string, Act])[]): Book[] => {
  const books = [begun()];
  for (const [, act] of tried) books.push(act(books.at(-1)!));
  return books;
};

describe('whatever is done, in whatever order,', () => {
  const holds = (assertion: (books: readonly Book[]) => void) =>
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (tried) => assertion(history(tried))),
      { numRuns: 500 },
    );

  it('the text is what the history leads to', () => {
    holds((books) => {
      for (const book of books) {
        const last = book.wordings.find(({ n }) => n === replayed(book.wordings))!;
        expect(textOf(book)).toBe(last.texts[0]);
        expect([book.stands, last.status]).toEqual([last.n, 'adopted']);
      }
    });
  });

  it('nobody stands under words that they did not agree to', () => {
    holds((books) => {
      for (const book of books) expectAgreed(book);
    });
  });

  it('what is written stays written, and what is settled stays settled', () => {
    holds((books) => {
      for (const [index, before] of books.slice(0, -1).entries()) {
        const after = books.at(index + 1)!.wordings.slice(0, before.wordings.length);
        expect(after.map(written)).toEqual(before.wordings.map(written));
        const kept = before.wordings.filter(({ status }) => status !== 'open');
        const now = after.filter(({ n }) => kept.some((each) => each.n === n));
        expect(now.map(({ status }) => status)).toEqual(kept.map(({ status }) => status));
      }
    });
  });
});
