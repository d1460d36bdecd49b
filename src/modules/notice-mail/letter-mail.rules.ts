import type { SendMailOptions } from 'nodemailer';
import { createHash } from 'node:crypto';
import { composeMail } from '../../platform/mail/compose-mail.js';
import type { Letter } from '../deliveries/index.js';
import type { NoticeAnswer } from '../notices/index.js';
import { LETTER_WORDS } from './letter-words.rules.js';

interface Post {
  readonly from: string;
  readonly to: string;
  /** Where people reach the API. */
  readonly url: string;
  /** Ends what is not urgent; undefined where nothing may be ended. */
  readonly token: string | undefined;
}

/** Urgent ones tell of deadlines and duties: no one ends those with a click. */
export const mayBeEnded = ({ notices }: Pick<Letter, 'notices'>): boolean =>
  notices.every(({ urgency }) => urgency !== 'urgent');

/** What all notices have in common, if anything. */
const shared = (values: readonly string[]): string | undefined =>
  new Set(values).size === 1 ? values[0] : undefined;

/**
 * What is mailed about one review goes together for its reader, and digests go together. The name of a
 * thread says of which review and whom it is to nobody who does not know both.
 */
function threadOf({ accountId, notices }: Letter): string {
  const review = shared(notices.map(({ proceeding }) => proceeding.id)) ?? 'digests';
  const digest = createHash('sha256').update(`thread of notices\n${accountId}\n${review}`);
  return `thread-${digest.digest('hex').slice(0, 32)}`;
}

/** Whether all of it came of one act in one review. */
const ofOneAct = (notices: readonly NoticeAnswer[]): boolean =>
  shared(notices.map(({ proceeding, at }) => `${proceeding.id} ${at}`)) !== undefined;

function listOf({ notices }: Letter) {
  const mechanism = shared(notices.map(({ proceeding }) => proceeding.mechanism));
  return { id: [...(mechanism ? [mechanism] : []), 'notices'].join('.'), name: 'Comity' };
}

/** One mail of a letter: of one notice, or of several. */
export function letterMail(letter: Letter, { from, to, url, token }: Post): SendMailOptions {
  const { id, again, language, notices } = letter;
  const words = LETTER_WORDS[language];
  const marked = ({ proceeding }: NoticeAnswer, text: string): string =>
    proceeding.test ? `[${words.rehearsal}] ${text}` : text;
  const [first] = notices as [NoticeAnswer];
  const one = notices.length === 1;
  const more = notices.length - 1;
  const subject = marked(first, first.text.subject);
  const unsubscribe = token === undefined ? undefined : `${url}/v1/unsubscriptions/${token}`;
  return composeMail({
    id,
    from,
    to,
    language,
    text: {
      subject: one
        ? subject
        : ofOneAct(notices)
          ? words.withMore(subject, more)
          : words.several(notices.length),
      before: [...(again ? [words.again] : []), ...(one ? [] : [words.intro])],
      items: notices.map((notice, at) => ({
        words: marked(notice, notice.text.sentence),
        // What follows of the same review says where to look for both.
        url: notices[at + 1]?.link === notice.link ? undefined : `${url}${notice.link}`,
      })),
      after: [
        unsubscribe === undefined ? words.urgent : words.unsubscribe(unsubscribe),
        words.preferences(`${url}/v1/notice-preferences`),
      ],
    },
    thread: threadOf(letter),
    list: listOf(letter),
    unsubscribe,
    again,
  });
}
