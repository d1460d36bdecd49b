import type { SendMailOptions } from 'nodemailer';
import { escapeHtml } from '../escape-html.js';
import type { Language } from '../labels/languages.js';
import type { MailText } from './mail-kinds.js';

export interface Letter {
  /** The same mail, sent again, has another where it may say something else. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly language: Language;
  readonly text: MailText;
  /** By what mail programs put together what belongs together: a digest of it, known to nobody else. */
  readonly thread?: string;
  /** What it is one of many of: a name, and what stands before the sender's domain. */
  readonly list?: { readonly id: string; readonly name: string };
  /** Where one click ends it (RFC 8058). */
  readonly unsubscribe?: string | undefined;
  /** It may have arrived before. */
  readonly again?: boolean;
}

/** A name that somebody chose must not begin a header, or a line, of its own. */
const inOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const senderDomain = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

/** Plain text and the same in simple HTML, with the headers that a machine's mail owes. */
export function composeMail(letter: Letter): SendMailOptions {
  const { id, from, to, language, text } = letter;
  const before = text.before.map(inOneLine);
  const after = (text.after ?? []).map(inOneLine);
  const items = (text.items ?? []).map(({ words, url }) => ({ words: inOneLine(words), url }));
  const token = text.token === undefined ? [] : [text.token];
  const subject = inOneLine(text.subject);
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const paragraphs = (lines: readonly string[]) =>
    lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  const body = [
    ...paragraphs(before),
    ...items.map(({ words, url }) => `<p>${[escapeHtml(words), ...linked(url)].join('<br>')}</p>`),
    ...token.map((each) => `<p dir="ltr"><code>${escapeHtml(each)}</code></p>`),
    ...paragraphs(after),
  ];
  const told = items.map(({ words, url }) =>
    [words, ...(url === undefined ? [] : [url])].join('\n'),
  );
  return {
    from,
    // As an object: an address is one address, whatever stands in it.
    to: { name: '', address: to },
    subject,
    text: `${[...before, ...told, ...token, ...after].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body>
${body.join('\n')}
</body></html>
`,
    date: new Date(),
    messageId: `<${id}@${senderDomain(from)}>`,
    headers: headersOf(letter),
    ...(letter.thread !== undefined && threaded(`<${letter.thread}@${senderDomain(from)}>`)),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const linked = (url: string | undefined): string[] =>
  url === undefined ? [] : [`<a href="${escapeHtml(url)}" dir="ltr">${escapeHtml(url)}</a>`];

/** Every mail of a thread answers the same one, which there never was: so none has to be kept. */
const threaded = (root: string) => ({ inReplyTo: root, references: [root] });

function headersOf({ from, language, list, unsubscribe, again }: Letter): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'Content-Language': language,
    ...(list && { 'List-Id': `${inOneLine(list.name)} <${list.id}.${senderDomain(from)}>` }),
    ...(unsubscribe !== undefined && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
    ...(again && { 'Comity-Again': 'true' }),
  };
}
