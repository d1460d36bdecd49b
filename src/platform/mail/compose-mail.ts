import type { SendMailOptions } from 'nodemailer';
import { escapeHtml } from '../escape-html.js';
import type { Language } from '../labels/languages.js';
import type { MailText } from './mail-kinds.js';

export interface Letter {
  /** The same mail, sent again, has another: it may say something else. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly language: Language;
  readonly text: MailText;
}

/** A name that somebody chose must not begin a header, or a line, of its own. */
const inOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const senderDomain = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

/** Plain text and the same in simple HTML, with the headers that a machine's mail owes. */
export function composeMail({ id, from, to, language, text }: Letter): SendMailOptions {
  const before = text.before.map(inOneLine);
  const after = (text.after ?? []).map(inOneLine);
  const token = text.token === undefined ? [] : [text.token];
  const subject = inOneLine(text.subject);
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const paragraphs = (lines: readonly string[]) =>
    lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  const body = [
    ...paragraphs(before),
    ...token.map((each) => `<p dir="ltr"><code>${escapeHtml(each)}</code></p>`),
    ...paragraphs(after),
  ];
  return {
    from,
    // As an object: an address is one address, whatever stands in it.
    to: { name: '', address: to },
    subject,
    text: `${[...before, ...token, ...after].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body>
${body.join('\n')}
</body></html>
`,
    date: new Date(),
    messageId: `<${id}@${senderDomain(from)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
