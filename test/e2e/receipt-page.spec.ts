import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import decodeCode from 'qr/decode.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import type { SignedReceipt } from '../../src/platform/signing/receipt.js';
import { World } from '../factories/world.js';
import { describeInBrowser, openBrowser, watch } from '../setup/browser.js';
import type { Client } from '../setup/api.js';

const SCREENSHOTS = process.env['SCREENSHOTS'];
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let world: World;
let slovenia: Client;
let url: string;
let origin: string;
beforeAll(async () => {
  world = await World.build();
  await world.api.app.listen(0, '127.0.0.1');
  origin = await world.api.app.getUrl();
  slovenia = await world.delegation('SVN');
  const id = await world.file(slovenia, await world.review('SVN'), { kind: 'national-report' });
  url = `/v1/documents/${id}/receipt`;
}, 60_000);
afterAll(() => world.stop());

describe('the page of a receipt', () => {
  const get = (accept?: string, language?: string) => {
    const call = slovenia.get(url);
    if (accept !== undefined) call.set('accept', accept);
    return language === undefined ? call : call.set('accept-language', language);
  };

  it('comes to whoever prefers one, and JSON to all others', async () => {
    const page = 'text/html; charset=utf-8';
    const data = 'application/json; charset=utf-8';
    for (const [accept, type] of [
      [undefined, data],
      ['*/*', data],
      ['application/json', data],
      ['application/json, text/html', data],
      ['text/html;q=0', data],
      ['image/png', data],
      ['text/html;q=0.5, application/json;q=0.4', page],
      ['text/*', page],
      [BROWSER, page],
    ] as const) {
      const answer = await get(accept).expect(200);
      expect([accept, answer.headers['content-type']]).toEqual([accept, type]);
      expect(answer.headers['vary']).toContain('Accept');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('runs nothing, loads nothing, and names no more than the receipt', async () => {
    const receipt = (await get().expect(200)).body as SignedReceipt;
    const { text, headers } = await get('text/html').expect(200);
    expect(text).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|url\(|@import|https:/i);
    expect(text.match(/src=|href=/g)).toBeNull();
    const style = /<style>([^]*)<\/style>/.exec(text)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
    expect(headers['content-security-policy']).toBe(`${policy}; frame-ancestors 'none'`);
    // Saved, it has its policy with it.
    expect(text).toContain(`http-equiv="Content-Security-Policy" content="${policy}"`);
    for (const said of [receipt.receiptId, receipt.contentDigest, receipt.filedAt, receipt.keyId]) {
      expect(text).toContain(said);
    }
    for (const secret of [url.split('/')[3]!, 'SVN', 'national-report']) {
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
    }
    expect(text).toContain('REHEARSAL');
  });

  it('speaks the reader’s language, of all six', async () => {
    const titles = new Set<string>();
    for (const language of LANGUAGES) {
      const { text, headers } = await get('text/html', language).expect(200);
      expect(headers['content-language']).toBe(language);
      expect(headers['vary']).toBe('Accept, Accept-Language');
      const direction = language === 'ar' ? 'rtl' : 'ltr';
      expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
      titles.add(/<title>(.+)<\/title>/.exec(text)![1]!);
    }
    expect(titles.size).toBe(LANGUAGES.length);
  });
});

/** Of a picture, drawn by a page that may draw. */
const pixelsOf = (picture: Buffer) => `new Promise((done) => {
  const image = new Image();
  image.onload = () => {
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    done({ width: image.width, height: image.height, data: [...data] });
  };
  image.src = 'data:image/png;base64,${picture.toString('base64')}';
})`;

describeInBrowser('the page of a receipt in a browser', () => {
  it('is one sheet in black and white, whose code holds the receipt', async () => {
    const receipt = (await slovenia.get(url).expect(200)).body as SignedReceipt;
    const browser = await openBrowser({ width: 900, height: 1270 });
    try {
      const page = await browser.context.newPage();
      const { faults, strangers } = watch(page, origin);
      for (const language of LANGUAGES) {
        await browser.context.setExtraHTTPHeaders({
          authorization: `Bearer ${slovenia.token!}`,
          'accept-language': language,
        });
        await page.goto(`${origin}${url}`);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        expect(await page.locator('dd').count()).toBe(7);
        const picture = `receipt-${language}.png`;
        if (SCREENSHOTS) await page.screenshot({ path: path.join(SCREENSHOTS, picture) });
        const colours = await page.evaluate(`[...new Set([...document.querySelectorAll('*')]
          .flatMap((each) => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]))]`);
        expect((colours as string[]).toSorted()).toEqual([
          'rgb(0, 0, 0)',
          'rgb(255, 255, 255)',
          'rgba(0, 0, 0, 0)',
        ]);
        const tooWide = 'document.documentElement.scrollWidth > innerWidth';
        expect([language, await page.evaluate(tooWide)]).toEqual([language, false]);
        for (const format of ['A4', 'Letter']) {
          const pdf = await PDFDocument.load(await page.pdf({ format }));
          expect([language, format, pdf.getPageCount()]).toEqual([language, format, 1]);
        }
      }
      const picture = await page.locator('svg').screenshot();
      expect(faults).toEqual([]);
      // The page itself may not even load the picture of its code.
      const kept = await page.evaluate(
        `${pixelsOf(picture)}.catch(() => undefined)`.replace(
          'image.src',
          'image.onerror = () => done(undefined); image.src',
        ),
      );
      expect(kept).toBeUndefined();
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.filter((fault) => !fault.includes('Content Security Policy'))).toEqual([]);
      expect(strangers).toEqual([]);
      const blank = await browser.context.newPage();
      const drawn = await blank.evaluate(pixelsOf(picture));
      const { width, height, data } = drawn as { width: number; height: number; data: number[] };
      expect(JSON.parse(decodeCode({ width, height, data: Uint8Array.from(data) }))).toEqual(
        receipt,
      );
    } finally {
      await browser.close();
    }
  }, 200_000);
});
