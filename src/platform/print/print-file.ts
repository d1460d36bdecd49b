import { Readable } from 'node:stream';
import { FORMATS } from '../formats/format.js';
import { made, type Download } from '../http/answers.js';
import type { Printed } from './printed.js';
import { renderDocx } from './render-docx.js';
import { renderHtml } from './render-html.js';

/** A composed text as a file to download, named without its extension. */
export async function printFile(
  text: Printed,
  { as, name }: { readonly as: 'docx' | 'html'; readonly name: string },
): Promise<Download> {
  const bytes = as === 'html' ? Buffer.from(renderHtml(text)) : await renderDocx(text);
  const mediaType = as === 'html' ? 'text/html; charset=utf-8' : FORMATS.docx;
  return made(bytes, { mediaType, fileName: `${name}.${as}` });
}

/** A composed text as the bytes of an upload: in English, the language that it is composed in. */
export const printUpload = async (text: Printed) => ({
  request: {
    headers: { 'content-type': FORMATS.docx },
    body: Readable.from([await renderDocx(text)]),
  },
  query: { language: 'en', standing: 'original' as const },
});
