import type { Language } from '../../platform/labels/languages.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';
import type { SessionRow, SlotRow } from '../calendar/index.js';
import type { DeadlineShown } from '../proceedings/index.js';
import { CALENDAR_WORDS } from './calendar-words.rules.js';

/** Something with its time, as a calendar shows it. */
export interface CalendarEvent {
  /** The same at every address of this house, and after every change. */
  readonly uid: string;
  readonly starts: Date;
  readonly ends: Date;
  /** From the first day to the last, whatever the hour. */
  readonly wholeDays?: boolean;
  /** Nobody is busy by it. */
  readonly free?: boolean;
  readonly summary: string;
  /** What became of it, a line each. */
  readonly lines: readonly string[];
  readonly url: string;
  /** How often it was changed. */
  readonly sequence: number;
  readonly changedAt: Date;
  readonly cancelled?: boolean;
}

/** Whose events these are, and in which words. */
export interface Told {
  readonly language: Language;
  /** What the State is called. */
  readonly state: string;
  readonly procedure: string;
  readonly url: string;
  readonly rehearsal: boolean;
}

const DAY = 86_400_000;
/** How long what is over stays: a year; and what was cancelled, after that was done. */
export const KEPT = 366 * DAY;
const CANCELLED_KEPT = 90 * DAY;
/** How long a deadline shows for: clients hide what takes no time, or show half an hour after it. */
const SHOWN = 15 * 60_000;
/** What the plenary has for the outcome of each review (resolution 5/1, annex, paragraph 29). */
const PLENARY = 60 * 60_000;

const idOf = (key: string): string => `${key}@comity`;

const titled = ({ language, state, rehearsal }: Told, what: string, mark = ''): string => {
  const before = rehearsal ? `[${CALENDAR_WORDS[language].rehearsal}] ` : '';
  return `${before}${state}: ${what}${mark}`;
};

const because = (line: string, reason: string | null): string =>
  reason === null || reason === '' ? line : `${line} (${reason})`;

const movedLine = (language: Language, was: string, isNow: string): string =>
  CALENDAR_WORDS[language].moved(tellMoment(language, was), tellMoment(language, isNow));

/**
 * A deadline as an event, since common programs ignore VTODO: the quarter of an hour that ends when
 * it falls due, so that no program shows that there is time after it. Null for what was over a year
 * ago, or cancelled 90 days ago.
 *
 * @param label what the deadline is called
 */
export function deadlineEvent(
  deadline: DeadlineShown,
  label: string,
  { told, now }: { readonly told: Told; readonly now: Date },
): CalendarEvent | null {
  const { language } = told;
  const { status, history } = deadline;
  const due = new Date(deadline.due);
  const changedAt = new Date(Math.max(...history.map(({ at }) => Date.parse(at))));
  const cancelled = status === 'cancelled';
  const since = now.getTime() - (cancelled ? changedAt : due).getTime();
  if (since > (cancelled ? CANCELLED_KEPT : KEPT)) return null;
  const mark =
    status === 'pending' ? '' : ` (${platformLabel('deadline-statuses', status, language)})`;
  const became = history
    .filter(({ what }) => what !== 'set')
    .map(({ what, at, was, isNow, reason }) => {
      const line =
        what === 'recomputed' && was !== null
          ? movedLine(language, was, isNow)
          : `${platformLabel('deadline-changes', what, language)}: ${tellMoment(language, at)}`;
      return because(line, reason);
    });
  const local = `${deadline.dueLocal.replace('T', ' ')} (${deadline.zone})`;
  return {
    uid: idOf(deadline.id),
    starts: new Date(due.getTime() - SHOWN),
    ends: due,
    free: true,
    summary: titled(told, label, mark),
    lines: [told.procedure, local, ...became],
    url: told.url,
    sequence: history.length - 1,
    changedAt,
    cancelled,
  };
}

type Times = Partial<Record<'starts' | 'ends' | 'outcomeStarts', string | null>>;

/** When a row was made: no column tells, but its id (RFC 9562) where that is of version 7. */
const madeAt = (id: string): Date => {
  const [milliseconds] = /^[0-9a-f]{12}(?=7)/.exec(id.replaceAll('-', '')) ?? ['0'];
  return new Date(Number.parseInt(milliseconds, 16));
};

const changedLast = ({ id, changes }: Pick<SlotRow, 'id' | 'changes'>): Date =>
  new Date(changes.at(-1)?.at ?? madeAt(id));

/** The dialogue and, where it has a date, the plenary of a State, which has an hour. */
export function slotEvents(slot: SlotRow, told: Told): CalendarEvent[] {
  const { language } = told;
  const movedTo = (key: 'starts' | 'outcomeStarts'): string[] =>
    slot.changes.flatMap(({ was, isNow, reason }) => {
      const [before, after] = [(was as Times)[key], (isNow as Times)[key]];
      if (!before || !after || before === after) return [];
      return because(movedLine(language, before, after), reason);
    });
  const shared = { url: told.url, sequence: slot.version - 1, changedAt: changedLast(slot) };
  const dialogue = {
    ...shared,
    uid: idOf(`${slot.id}-dialogue`),
    starts: slot.starts,
    ends: slot.ends,
    summary: titled(told, platformLabel('speakers-lists', 'dialogue', language)),
    lines: [told.procedure, ...movedTo('starts')],
  };
  const outcome = slot.outcomeStarts;
  if (outcome === null) return [dialogue];
  const plenary = {
    ...shared,
    uid: idOf(`${slot.id}-plenary`),
    starts: outcome,
    ends: new Date(outcome.getTime() + PLENARY),
    summary: titled(told, CALENDAR_WORDS[language].plenary),
    lines: [told.procedure, ...movedTo('outcomeStarts')],
  };
  return [dialogue, plenary];
}

/** The days of a session. */
export const sessionEvent = (
  session: SessionRow,
  { procedure, url }: Pick<Told, 'procedure' | 'url'>,
): CalendarEvent => ({
  uid: idOf(session.id),
  starts: new Date(session.starts),
  ends: new Date(session.ends),
  wholeDays: true,
  free: true,
  summary: `${procedure}: ${session.title}`,
  lines: [],
  url,
  sequence: session.version - 1,
  changedAt: changedLast(session),
});
