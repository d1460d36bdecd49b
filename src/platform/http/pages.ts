import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { escapeHtml } from '../escape-html.js';
import type { Language } from '../labels/languages.js';
import { varyByLanguage } from './speaking.js';

/** What a page is made of. `body` is HTML already; `style` is all that it may look like. */
interface Content {
  readonly language: Language;
  readonly title: string;
  readonly style: string;
  readonly body: string;
  /** It has a form, which goes to its own address. */
  readonly sends?: boolean;
}

/**
 * A page that stands alone: nothing is loaded, nothing runs, whatever stands in it. It is mostly
 * saved and printed, so it carries its policy within.
 */
export class Page {
  readonly language: Language;
  readonly html: string;
  readonly policy: string;

  constructor({ language, title, style, body, sends = false }: Content) {
    this.language = language;
    const hash = createHash('sha256').update(style).digest('base64');
    const forms = sends ? "'self'" : "'none'";
    const loads = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action ${forms}`;
    this.policy = `${loads}; frame-ancestors 'none'`;
    this.html = `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(loads)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
  }
}

const RANGE =
  /^(text\/html|text\/\*|application\/json|application\/\*|\*\/\*)(?:\s*;\s*q=([01](?:\.\d{0,3})?))?$/i;

/** How much a type is wished for: by the range that names it most closely. */
function wishFor(type: string, header: string): number {
  const wishes = header.split(',').flatMap((part) => {
    const [, range, quality = '1'] = RANGE.exec(part.trim()) ?? [];
    return range === undefined ? [] : [{ range: range.toLowerCase(), quality: Number(quality) }];
  });
  const [group] = type.split('/');
  const ranges = [type, `${group}/*`, '*/*'];
  const closest = ranges.find((range) => wishes.some((wish) => wish.range === range));
  return wishes.find(({ range }) => range === closest)?.quality ?? 0;
}

/** Whether a page is preferred to JSON, by `Accept` (RFC 9110, 12.5.1); who says nothing gets JSON. */
export const prefersPage = ({ headers: { accept } }: Pick<FastifyRequest, 'headers'>): boolean =>
  accept !== undefined && wishFor('text/html', accept) > wishFor('application/json', accept);

export function sendPage({ language, html, policy }: Page, reply: FastifyReply): string {
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('content-language', language);
  varyByLanguage(reply);
  return html;
}
