import { refusal, type Refusal } from '../../kernel/refusal.js';

/**
 * The words of one recommendation, and who stands under them. A text takes the place of another only
 * when every State that confirmed the recommendation agrees to it: so nobody ever stands under a text
 * that they did not agree to, and what stands is what the history leads to. Pure.
 */
export interface Book {
  /** The number of the wording that stands. */
  readonly stands: number;
  readonly states: readonly RecommendingState[];
  /** In order of `n`; the first is what was made. */
  readonly wordings: readonly WordingEntry[];
}

export interface RecommendingState {
  readonly state: string;
  readonly status: 'invited' | 'confirmed' | 'declined' | 'withdrawn' | 'lapsed';
}

export interface WordingEntry {
  readonly n: number;
  /** `split`: several texts, the parts; the first wording of a part is one too. */
  readonly kind: 'made' | 'amendment' | 'delivered' | 'editorial' | 'corrigendum' | 'split';
  /** The side that wrote it down. */
  readonly by: string;
  readonly texts: readonly string[];
  readonly reason: string | null;
  /** The wording that stood when it was proposed; of the first, null. */
  readonly replaces: number | null;
  /** `unchanged`: delivered in the room as it stands. */
  readonly status: 'open' | 'adopted' | 'refused' | 'overtaken' | 'lapsed' | 'unchanged';
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly state: string;
  readonly accepted: boolean;
}

export const isRefusal = (result: Book | Refusal): result is Refusal => 'code' in result;

/** The States that stand under it. */
export const confirmedIn = ({ states }: Pick<Book, 'states'>): string[] =>
  states.filter(({ status }) => status === 'confirmed').map(({ state }) => state);

/** The States that may still confirm it. */
export const invitedIn = ({ states }: Pick<Book, 'states'>): string[] =>
  states.filter(({ status }) => status === 'invited').map(({ state }) => state);

/** Whether it has a State left, or one that may still confirm. */
export const isHeld = ({ states }: Pick<Book, 'states'>): boolean =>
  states.some(({ status }) => ['confirmed', 'invited'].includes(status));

export const textOf = ({ stands, wordings }: Book): string =>
  wordings.find(({ n }) => n === stands)!.texts[0]!;

/**
 * Whether two texts say the same words: an answer to one is an answer to the other. Quotation
 * marks, full stops, commas and the like, case and spacing are put right without asking anybody
 * again; what may change a meaning, as a hyphen, a per cent or a paragraph sign, is not.
 */
export const sameWords = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    // Before a digit a comma, a stop or a colon is part of a number; brackets say: not agreed.
    .replace(/[.,:;'’](?!\d)|[\s"“”„‘«»()!?…¡¿،؛؟。，、；：]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** As it is when it is made: by the State itself, or through `by`. */
export const begin = (
  states: readonly RecommendingState[],
  first: Pick<WordingEntry, 'kind' | 'by' | 'reason'> & { readonly text: string },
): Book => {
  const { text, ...entry } = first;
  const accepted = confirmedIn({ states }).map((state) => ({ state, accepted: true }));
  const made = { ...entry, n: 1, texts: [text], replaces: null, answers: accepted };
  return { stands: 1, states, wordings: [{ ...made, status: 'adopted' }] };
};

interface Proposal extends Pick<WordingEntry, 'kind' | 'by' | 'texts' | 'reason'> {
  /** The recommending State that proposes it, and so agrees to it. */
  readonly state?: string | undefined;
}

/** Puts another wording beside the one that stands. */
export function propose(book: Book, { state, ...proposed }: Proposal): Book | Refusal {
  const same = proposed.texts.length === 1 && proposed.texts[0] === textOf(book);
  const heard = proposed.kind === 'delivered';
  if (same && !heard) return refusal('text-unchanged', { wording: book.stands });
  const entry: WordingEntry = {
    ...proposed,
    n: book.wordings.length + 1,
    replaces: book.stands,
    status: same ? 'unchanged' : 'open',
    answers: state === undefined ? [] : [{ state, accepted: true }],
  };
  // What was heard is written down once: the last record holds.
  const wordings = book.wordings.map((each) =>
    heard && each.kind === 'delivered' && each.status === 'open' ? overtaken(each) : each,
  );
  return settled({ ...book, wordings: [...wordings, entry] });
}

/** A State that stands under it agrees to a wording, or does not; until it is settled, it may think again. */
export function answer(book: Book, n: number, { state, accepted }: Answer): Book | Refusal {
  const entry = book.wordings.find((each) => each.n === n);
  if (entry?.status !== 'open')
    return refusal('wording-settled', { status: entry?.status ?? null });
  if (entry.answers.some((each) => each.state === state && each.accepted === accepted)) {
    return refusal('already-given', { wording: n, accepted });
  }
  const answers = [...without(entry.answers, state), { state, accepted }];
  return settled(replace(book, { ...entry, answers }));
}

/** An invited State stands under the wording that it has read. */
export function confirm(book: Book, state: string, wording: number): Book | Refusal {
  if (!isInvited(book, state)) return refusal('already-given');
  if (wording !== book.stands) {
    return refusal('wording-changed', { given: wording, wording: book.stands });
  }
  const entry = book.wordings.find(({ n }) => n === wording)!;
  const answers = [...without(entry.answers, state), { state, accepted: true }];
  return withStatus(replace(book, { ...entry, answers }), state, 'confirmed');
}

export const decline = (book: Book, state: string): Book | Refusal =>
  isInvited(book, state) ? withStatus(book, state, 'declined') : refusal('already-given');

/** A State takes its name away; what the others agree to is not held up by it. */
export const withdraw = (book: Book, state: string): Book =>
  settled(withStatus(book, state, 'withdrawn'));

/** Splits it, or does not; only into parts that all agreed to. */
export function decideSplit(book: Book, n: number, granted: boolean): Book | Refusal {
  const entry = book.wordings.find((each) => each.n === n && each.kind === 'split');
  if (entry?.status !== 'open')
    return refusal('wording-settled', { status: entry?.status ?? null });
  const missing = confirmedIn(book).filter((state) => !hasAccepted(entry, state));
  if (granted && missing.length > 0) return refusal('agreement-missing', { states: missing });
  const decided = replace(book, { ...entry, status: granted ? 'adopted' : 'refused' });
  return granted ? { ...decided, wordings: decided.wordings.map(overtaken) } : decided;
}

/** What may no longer be agreed to lapses; what stands, stands. */
export const lapse = (book: Book, stillOpen: (kind: WordingEntry['kind']) => boolean): Book => ({
  ...book,
  wordings: book.wordings.map((each) =>
    each.status === 'open' && !stillOpen(each.kind) ? { ...each, status: 'lapsed' } : each,
  ),
});

const isInvited = ({ states }: Book, state: string): boolean =>
  states.some((each) => each.state === state && each.status === 'invited');

const hasAccepted = ({ answers }: WordingEntry, state: string): boolean =>
  answers.some((each) => each.state === state && each.accepted);

const without = (answers: readonly Answer[], state: string): Answer[] =>
  answers.filter((each) => each.state !== state);

const overtaken = (entry: WordingEntry): WordingEntry =>
  entry.status === 'open' ? { ...entry, status: 'overtaken' } : entry;

const replace = (book: Book, entry: WordingEntry): Book => ({
  ...book,
  wordings: book.wordings.map((each) => (each.n === entry.n ? entry : each)),
});

const withStatus = (book: Book, state: string, status: RecommendingState['status']): Book => ({
  ...book,
  states: book.states.map((each) => (each.state === state ? { state, status } : each)),
});

/**
 * What becomes of an open wording, as it was answered. One refusal ends a proposal; what was heard in
 * the room waits for the word of everybody.
 */
function verdictOn(
  { kind, answers }: WordingEntry,
  states: readonly string[],
): WordingEntry['status'] {
  const given = states.map((state) => answers.find((each) => each.state === state)?.accepted);
  const waits = given.includes(undefined);
  if (states.length === 0) return 'lapsed';
  if (given.includes(false)) return waits && kind === 'delivered' ? 'open' : 'refused';
  return waits || kind === 'split' ? 'open' : 'adopted';
}

/** Every open wording has become what its answers make of it; one that is adopted overtakes the others. */
function settled(book: Book): Book {
  const states = confirmedIn(book);
  const adopted = book.wordings.find(
    (each) => each.status === 'open' && verdictOn(each, states) === 'adopted',
  );
  if (adopted) {
    const { wordings } = replace(book, { ...adopted, status: 'adopted' });
    return { ...book, stands: adopted.n, wordings: wordings.map(overtaken) };
  }
  const wordings = book.wordings.map((each) =>
    each.status === 'open' ? { ...each, status: verdictOn(each, states) } : each,
  );
  return { ...book, wordings };
}
