import { isLate } from '../../kernel/deadlines.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { allot, type Allotment } from '../../kernel/speaking-time.js';
import { alphabetical, orderFrom, type Named } from '../../kernel/speaking-order.js';
import type { Speaker, SpeakersList, SpeakerSwap } from './dialogue.entity.js';
import type { ListRules } from './lists.rules.js';

type Row = Pick<SpeakersList, 'drawn' | 'closedAt'> | undefined;

/** When a list takes registrations. */
interface Window {
  readonly opens: { readonly due: Date } | undefined;
  readonly closes: { readonly due: Date } | undefined;
}

type ListStatus = 'not-open' | 'open' | 'draw-needed' | 'settled';

/** Whether registrations have ended: by the instant, whether or not somebody has acted on it. */
export const isClosed = (row: Row, { closes }: Window, now: Date): boolean =>
  (row?.closedAt ?? null) !== null ||
  (closes !== undefined && isLate(now.toISOString(), closes.due.toISOString()));

/** Whether somebody counts on a list: an organization does when its status was confirmed. */
export const isListed = (speaker: Pick<Speaker, 'part' | 'leftAt' | 'side' | 'accredited'>) =>
  speaker.part === null &&
  speaker.leftAt === null &&
  (speaker.accredited ?? !speaker.side.startsWith('organization:'));

/** Whether somebody counted on it at an instant. */
export const wasListed = (
  speaker: Pick<Speaker, 'part' | 'leftAt' | 'side' | 'accredited'>,
  at: Date,
): boolean => {
  const { leftAt } = speaker;
  return isListed({ ...speaker, leftAt: leftAt !== null && leftAt > at ? null : leftAt });
};

/** Whether nobody was drawn on a list, or has a place. */
export const isUnsettled = (row: Row, speakers: readonly Pick<Speaker, 'place'>[]): boolean =>
  (row?.drawn ?? null) === null && speakers.every(({ place }) => place === null);

/** Whether a State may confirm that it speaks too, or decline: it may still after it confirmed. */
export const mayStand = (
  { status }: { readonly status: string },
  { confirm }: { readonly confirm: boolean },
): boolean => status === 'invited' || (!confirm && status === 'confirmed');

/** Whether the order waits for a draw. */
export const drawNeeded = (rules: ListRules, row: Row, listed: number): boolean =>
  (row?.drawn ?? null) === null &&
  (rules.order === 'from-first' ? listed > 0 : listed > (rules.most ?? Infinity));

export function statusOf(
  rules: ListRules,
  { row, window, listed, now }: { row: Row; window: Window; listed: number; now: Date },
): ListStatus {
  if (isClosed(row, window, now)) {
    return drawNeeded(rules, row, listed) ? 'draw-needed' : 'settled';
  }
  const { opens, closes } = window;
  return opens && closes && opens.due <= now ? 'open' : 'not-open';
}

/** What stands against registering, with the instants between which one may. */
export function registeringRefused(row: Row, window: Window, now: Date): Refusal | null {
  const opensAt = window.opens?.due.toISOString() ?? null;
  const closesAt = window.closes?.due.toISOString() ?? null;
  const facts = { opensAt, closesAt, arrived: now.toISOString() };
  if (isClosed(row, window, now)) return refusal('list-closed', facts);
  const open = window.opens && window.closes && window.opens.due <= now;
  return open ? null : refusal('list-not-open', facts);
}

/** What each may speak on a list of so many; where fewer may speak than are on it, of those. */
export const timeOf = (
  { time, most = Infinity }: ListRules,
  { members, observers }: { members: number; observers: number },
): Allotment => allot(time, { members, observers: Math.min(observers, most) });

/** By what a draw names somebody: a side, or, where that was withdrawn, what names nobody. */
export const keyOf = ({
  id,
  side,
  nameless,
}: Pick<Speaker, 'id' | 'side'> & { readonly nameless: boolean }): string =>
  nameless ? namelessKey(id) : side;

export const namelessKey = (speakerId: string): string => `id:${speakerId}`;

/** Somebody who counts on a list. */
export interface Candidate extends Named {
  /** National institutions of the first rank speak before the other organizations. */
  readonly first: boolean;
}

/** Those who are to be drawn, where more are listed than may speak. */
const poolOf = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter(({ first }) => !first);

/** How many of them may speak. */
export const seatsOf = ({ most }: ListRules, candidates: readonly Candidate[]): number => {
  const pool = poolOf(candidates).length;
  const left = (most ?? Infinity) - (candidates.length - pool);
  return Math.max(0, Math.min(pool, left));
};

/**
 * Who speaks, in order: never as they came. Undefined while a draw is needed.
 *
 * @param start the name of the State from which the list begins, where a State was drawn
 */
export function orderOf(
  rules: ListRules,
  row: Row,
  candidates: readonly Candidate[],
  start?: string,
): string[] | undefined {
  if (drawNeeded(rules, row, candidates.length)) return undefined;
  const drawn = row?.drawn ?? null;
  if (rules.order === 'from-first') return orderFrom(candidates, start ?? drawn?.[0] ?? '');
  const before = alphabetical(candidates.filter(({ first }) => first));
  const pool = poolOf(candidates);
  if (drawn === null) return [...before, ...alphabetical(pool)].slice(0, rules.most);
  // Who has left since is passed over; nobody takes their place.
  return [...before, ...drawn.filter((key) => pool.some((each) => each.key === key))];
}

/** Whether a draw by hand is one that the rules could have given. */
export function drawRefused(
  rules: ListRules,
  drawn: readonly string[],
  candidates: readonly Candidate[],
): Refusal | null {
  const fault = (because: string, facts: object = {}): Refusal =>
    refusal('draw-invalid', { because, ...facts });
  if (rules.order === 'from-first') {
    return drawn.length === 1 ? null : fault('number', { drawn: drawn.length, seats: 1 });
  }
  const seats = seatsOf(rules, candidates);
  if (drawn.length !== seats) return fault('number', { drawn: drawn.length, seats });
  if (new Set(drawn).size < drawn.length) return fault('repeated');
  const pool = poolOf(candidates).map(({ key }) => key);
  const outside = drawn.filter((key) => !pool.includes(key));
  return outside.length > 0 ? fault('outside-pool', { drawn: outside }) : null;
}

type Placed = Pick<Speaker, 'id' | 'place' | 'leftAt' | 'beganAt' | 'part'>;

/** Whether two may exchange their places: both have one, and neither has spoken. */
export function swapRefused(one: Placed, other: Placed): Refusal | null {
  const both = [one, other];
  if (one.id === other.id) return refusal('invalid-content', { repeated: [one.id] });
  if (both.some(({ beganAt }) => beganAt !== null)) return refusal('already-spoken');
  const placed = both.every((each) => each.place !== null && each.leftAt === null && !each.part);
  return placed ? null : refusal('no-place');
}

/** Whether what was proposed is still what is exchanged. */
export const outdatedRefused = (
  swap: Pick<SpeakerSwap, 'fromPlace' | 'withPlace' | 'status'>,
  from: Placed,
  other: Placed,
): Refusal | null => {
  if (swap.status !== 'proposed') return refusal('already-given', { status: swap.status });
  const same = from.place === swap.fromPlace && other.place === swap.withPlace;
  return same ? swapRefused(from, other) : refusal('swap-outdated');
};
