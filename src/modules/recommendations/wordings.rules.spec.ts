import { describe, expect, it } from '@jest/globals';
import {
  answer,
  begin,
  confirm,
  confirmedIn,
  decideSplit,
  decline,
  isHeld,
  isRefusal,
  lapse,
  propose,
  sameWords,
  textOf,
  withdraw,
  type Book,
  type WordingEntry,
} from './wordings.rules.js';

const STATES = ['FRA', 'BRA', 'KEN', 'NOR', 'CHE', 'JPN', 'ALB', 'THA'];
const begun = (others = STATES.slice(1)): Book =>
  begin(
    [
      { state: 'FRA', status: 'confirmed' },
      ...others.map((state) => ({ state, status: 'invited' as const })),
    ],
    { kind: 'made', by: 'state:FRA', reason: null, text: 'Ratify it' },
  );
/** A recommendation that all of these States confirmed. */
const joint = (...others: string[]): Book =>
  others.reduce((book, state) => did(confirm(book, state, book.stands)), begun(others));
const did = (result: ReturnType<typeof propose>): Book => {
  if (isRefusal(result)) throw new Error(result.code);
  return result;
};
const code = (result: ReturnType<typeof propose>): string | null =>
  isRefusal(result) ? result.code : null;
const proposal = (state: string | undefined, text: string, kind: WordingEntry['kind']) => ({
  kind,
  by: state === undefined ? 'secretariat:upr' : `state:${state}`,
  texts: [text],
  reason: 'A word was missing',
  state,
});
const amended = (book: Book, state: string, text: string): Book =>
  did(propose(book, proposal(state, text, 'amendment')));
const heard = (book: Book, text: string): Book =>
  did(propose(book, proposal(undefined, text, 'delivered')));
const says = (book: Book, n: number, state: string, accepted = true): Book =>
  did(answer(book, n, { state, accepted }));
const statuses = ({ wordings }: Book): string[] => wordings.map(({ status }) => status);

describe('an amendment', () => {
  it('of one State alone stands at once', () => {
    const book = amended(begun([]), 'FRA', 'Ratify it now');
    expect([book.stands, textOf(book)]).toEqual([2, 'Ratify it now']);
  });

  it('stands when the last of eight States has agreed, and not before', () => {
    let book = amended(joint(...STATES.slice(1)), 'KEN', 'Ratify it now');
    for (const state of STATES.filter((each) => each !== 'KEN')) {
      expect([state, book.stands]).toEqual([state, 1]);
      book = says(book, 2, state);
    }
    expect([book.stands, textOf(book)]).toEqual([2, 'Ratify it now']);
  });

  it('is ended by one refusal; who agreed may think again until then', () => {
    const book = says(amended(joint('BRA', 'KEN'), 'FRA', 'Ratify it now'), 2, 'BRA');
    expect(code(answer(book, 2, { state: 'BRA', accepted: true }))).toBe('already-given');
    const refused = says(book, 2, 'BRA', false);
    expect([statuses(refused), refused.stands]).toEqual([['adopted', 'refused'], 1]);
    expect(code(answer(refused, 2, { state: 'KEN', accepted: true }))).toBe('wording-settled');
  });

  it('overtakes every other that was proposed for the text before', () => {
    let book = amended(joint('BRA'), 'FRA', 'One');
    book = amended(book, 'BRA', 'Two');
    book = says(book, 3, 'FRA');
    expect([statuses(book), textOf(book)]).toEqual([['adopted', 'overtaken', 'adopted'], 'Two']);
    expect(code(answer(book, 2, { state: 'BRA', accepted: true }))).toBe('wording-settled');
  });

  it('must change something', () => {
    expect(code(propose(begun(), proposal('FRA', 'Ratify it', 'amendment')))).toBe(
      'text-unchanged',
    );
  });

  it('by the secretariat is nobody’s word: each State agrees, or it falls', () => {
    const book = did(propose(begun([]), proposal(undefined, 'Ratify it.', 'editorial')));
    expect(book.stands).toBe(1);
    expect(says(book, 2, 'FRA').stands).toBe(2);
    expect(says(book, 2, 'FRA', false).stands).toBe(1);
  });

  it('that waits for a State stands when that State leaves', () => {
    const book = says(amended(joint('BRA', 'KEN'), 'FRA', 'Now'), 2, 'KEN');
    expect(withdraw(book, 'BRA').stands).toBe(2);
  });
});

describe('a State that was named', () => {
  it('stands under the text that it has read, or not at all', () => {
    const book = amended(begun(['BRA']), 'FRA', 'Ratify it now');
    expect(code(confirm(book, 'BRA', 1))).toBe('wording-changed');
    expect(confirmedIn(did(confirm(book, 'BRA', 2)))).toEqual(['FRA', 'BRA']);
    expect(code(confirm(did(decline(book, 'BRA')), 'BRA', 2))).toBe('already-given');
    expect(code(confirm(book, 'SVN', 2))).toBe('already-given');
  });

  it('that may still confirm keeps it alive when all others have left', () => {
    const left = withdraw(begun(['BRA']), 'FRA');
    expect([isHeld(left), isHeld(did(decline(left, 'BRA')))]).toEqual([true, false]);
  });
});

describe('what was delivered in the room', () => {
  it('stands when all have confirmed it; each says its own word', () => {
    const book = says(heard(joint('BRA', 'KEN'), 'Ratify it soon'), 2, 'FRA', false);
    expect(statuses(book)).toEqual(['adopted', 'open']);
    const all = says(says(book, 2, 'BRA'), 2, 'KEN');
    expect([statuses(all), textOf(all)]).toEqual([['adopted', 'refused'], 'Ratify it']);
    const changed = says(says(says(book, 2, 'BRA'), 2, 'FRA'), 2, 'KEN');
    expect([textOf(changed), changed.stands]).toEqual(['Ratify it soon', 2]);
  });

  it('as it was sent needs nobody’s word', () => {
    const book = heard(joint('BRA'), 'Ratify it');
    expect([statuses(book), book.stands]).toEqual([['adopted', 'unchanged'], 1]);
  });

  it('is recorded again where it was misheard, and lapses unconfirmed', () => {
    const book = heard(heard(joint('BRA'), 'Mistified'), 'Ratify it soon');
    expect(statuses(book)).toEqual(['adopted', 'overtaken', 'open']);
    const settled = lapse(says(book, 3, 'FRA'), () => false);
    expect([statuses(settled).at(-1), textOf(settled)]).toEqual(['lapsed', 'Ratify it']);
  });
});

describe('a split', () => {
  const parts = { kind: 'split' as const, by: 'state:SVN', texts: ['One', 'Two'], reason: null };
  it('is decided only when all agreed to the parts, and changes no text', () => {
    const book = did(propose(joint('BRA'), parts));
    expect(code(decideSplit(book, 2, true))).toBe('agreement-missing');
    const agreed = says(says(book, 2, 'FRA'), 2, 'BRA');
    expect(statuses(agreed)).toEqual(['adopted', 'open']);
    const split = did(decideSplit(agreed, 2, true));
    expect([statuses(split), split.stands]).toEqual([['adopted', 'adopted'], 1]);
    expect(statuses(did(decideSplit(book, 2, false)))).toEqual(['adopted', 'refused']);
    expect(code(decideSplit(book, 1, true))).toBe('wording-settled');
  });

  it('into parts of a text that is no more is overtaken', () => {
    const book = amended(did(propose(begun([]), parts)), 'FRA', 'Ratify it now');
    expect(statuses(book)).toEqual(['adopted', 'overtaken', 'adopted']);
  });
});

describe('the same words', () => {
  it('are those that differ in quotation marks, stops, case and spacing alone', () => {
    for (const other of ['ratify it', 'Ratify  it.', '“Ratify” it!', 'Ratify, it;']) {
      expect([other, sameWords('Ratify it', other)]).toEqual([other, true]);
    }
  });

  it('are not those that a sign gives another meaning', () => {
    for (const [one, other] of [
      ['Reduce it by 50', 'Reduce it by 50%'],
      ['From 2025-2030', 'From 2025, 2030'],
      ['Pay 1.5 per cent', 'Pay 15 per cent'],
      ['Pay 1,5 per cent', 'Pay 15 per cent'],
      ['Under § 5', 'Under 5'],
      ['Raise it by .5 per cent', 'Raise it by 5 per cent'],
      ['Consider [not] ratifying it', 'Consider not ratifying it'],
      ['Do not ratify it', 'Do ratify it'],
    ] as const) {
      expect([one, sameWords(one, other)]).toEqual([one, false]);
    }
  });
});
