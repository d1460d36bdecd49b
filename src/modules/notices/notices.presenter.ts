import { labelOf, type Vocabularies } from '../../platform/labels/labels.js';
import type { Language } from '../../platform/labels/languages.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';
import { sayNotice, type NoticeWords, type Told } from './notice-words.rules.js';
import type { NoticeRow } from './notices.repository.js';

interface Body {
  readonly at: string;
  readonly what: string;
  readonly facts: {
    readonly move?: string;
    readonly deadline?: string;
    readonly due?: string;
    readonly was?: string;
    readonly isNow?: string;
    readonly days?: number;
  };
}

/** In whose words and whose time a notice is told. */
interface Reading {
  /** Of the procedure. */
  readonly labels: Vocabularies;
  readonly words: NoticeWords | undefined;
  readonly language: Language;
  /** An IANA zone. */
  readonly zone: string;
}

const stateOf = ({ readAt, archivedAt }: NoticeRow) =>
  archivedAt ? ('archived' as const) : readAt ? ('read' as const) : ('unread' as const);

/** Which move or deadline it was: nothing else of what the entry tells stands in a notice. */
function detailOf({ move, deadline }: Body['facts'], { labels, language }: Reading) {
  if (move !== undefined) return labelOf(labels['moves']?.[move], language, move);
  return deadline === undefined
    ? null
    : labelOf(labels['deadlines']?.[deadline], language, deadline);
}

/** `tomorrow`, or how many days it is until then. */
const tellDays = (language: Language, days: number): string =>
  new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: 'auto' }).format(days, 'day');

function tell(row: NoticeRow, { at, what, facts }: Body, reading: Reading): Told {
  const { labels, language, zone } = reading;
  const detail = detailOf(facts, reading);
  const moments = (['due', 'was', 'isNow'] as const).flatMap((name) => {
    const instant = facts[name];
    return typeof instant === 'string' ? [[name, tellMoment(language, instant, zone)]] : [];
  });
  return {
    state: row.stateNames[language] ?? row.state,
    mechanism: labelOf(labels['title']?.[row.mechanism], language, row.mechanism),
    event: platformLabel('journal-events', what, language),
    at: tellMoment(language, at, zone),
    ...(detail !== null && { detail }),
    ...(typeof facts.days === 'number' && { days: tellDays(language, facts.days) }),
    ...Object.fromEntries(moments),
  };
}

/** A notice as its recipient reads it, in their language. */
export function presentNotice(row: NoticeRow, reading: Reading) {
  const body = JSON.parse(row.body) as Body;
  const { at, what, facts } = body;
  const told = tell(row, body, reading);
  const { event, state } = told;
  const text = reading.words
    ? sayNotice(
        reading.words,
        { event: what, ...(facts.move !== undefined && { move: facts.move }), told },
        reading.language,
      )
    : { subject: `${state}: ${event}`, sentence: event };
  return {
    id: row.id,
    event: what,
    title: event,
    detail: told.detail ?? null,
    text,
    urgency: row.urgency,
    state: stateOf(row),
    proceeding: {
      id: row.proceedingId,
      mechanism: row.mechanism,
      state: row.state,
      test: row.test,
    },
    at,
    entry: { compartment: row.compartment, n: row.n },
    link: `/v1/reviews/${row.proceedingId}`,
    toldAt: row.toldAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
