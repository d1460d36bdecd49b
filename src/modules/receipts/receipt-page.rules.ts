import canonicalize from 'canonicalize';
import { encodeQR } from 'qr';
import { escapeHtml } from '../../platform/escape-html.js';
import { Page } from '../../platform/http/pages.js';
import type { Language } from '../../platform/labels/languages.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import type { SignedReceipt } from '../../platform/signing/receipt.js';
import { RECEIPT_WORDS } from './receipt-words.rules.js';

/** One sheet of A4 or Letter, in black and white. */
const STYLE = `
@page{margin:18mm}
*{box-sizing:border-box}
body{max-width:174mm;margin:0 auto;padding:8mm 4mm;background:#fff;color:#000;font:10.5pt/1.45 "Noto Sans","DejaVu Sans",Arial,sans-serif}
h1{margin:0 0 4mm;font-size:18pt}
p{margin:0 0 4mm}
.rehearsal{padding:3mm;border:1mm solid #000;font-weight:bold}
dl{display:grid;grid-template-columns:34mm 1fr;gap:2mm 4mm;margin:6mm 0;padding:4mm 0;border-block:.3mm solid #000}
dt{font-weight:bold}
dd{margin:0;overflow-wrap:anywhere}
code{font:9.5pt/1.4 "DejaVu Sans Mono",monospace;direction:ltr;unicode-bidi:isolate}
figure{display:flex;gap:6mm;align-items:center;margin:0;break-inside:avoid}
figure svg{flex:none;width:66mm;height:66mm}
@media print{body{max-width:none;padding:0}}`;

/** The whole receipt as a code, with a quiet zone of four modules. */
function codeOf(receipt: SignedReceipt): string {
  const rows = encodeQR(canonicalize(receipt)!, 'raw', { ecc: 'medium', border: 4 });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  const side = rows.length;
  return `<svg role="img" aria-label="QR" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
}

/** A receipt for print: all of it in words, and all of it in a code. */
export function receiptPage(
  receipt: SignedReceipt,
  { language, url }: { readonly language: Language; readonly url: string },
): Page {
  const words = RECEIPT_WORDS[language];
  const { mechanism, receiptId, filedAt, filing, contentDigest, keyId, signature } = receipt;
  const machine = (text: string): string => `<code>${escapeHtml(text)}</code>`;
  const rows = [
    [words.procedure, machine(mechanism)],
    [words.receipt, machine(receiptId)],
    [words.filedAt, machine(filedAt)],
    [words.act, escapeHtml(platformLabel('filings', filing, language))],
    [words.digest, machine(contentDigest)],
    [words.key, machine(keyId)],
    [words.signature, machine(signature)],
  ];
  const body = [
    `<h1>${escapeHtml(words.title)}</h1>`,
    ...(receipt.rehearsal ? [`<p class="rehearsal">${escapeHtml(words.rehearsal)}</p>`] : []),
    `<p>${escapeHtml(words.proves)}</p>`,
    `<dl>${rows.map(([term, told]) => `<dt>${term}</dt><dd>${told}</dd>`).join('\n')}</dl>`,
    `<figure>${codeOf(receipt)}<figcaption><p>${escapeHtml(words.code)}</p>`,
    `<p>${escapeHtml(words.check(`${url}/v1/receipt-keys`))}</p></figcaption></figure>`,
  ].join('\n');
  return new Page({ language, title: words.title, style: STYLE, body });
}
