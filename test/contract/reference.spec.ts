import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { operations } from '../../src/contract.js';
import { ADMIN, startApi, type TestApi } from '../setup/api.js';
import { describeInBrowser, openBrowser, watch } from '../setup/browser.js';

/** The page is large, and a machine may have other things to do (milliseconds). */
const PATIENCE = 100_000;
/** What makes a page scroll sideways. */
const TOO_WIDE = `document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('*')]
    .filter((each) => each.getBoundingClientRect().right > innerWidth)
    .map((each) => each.tagName + ' ' + each.getAttribute('class'))`;
/** A folder for pictures, where somebody wants to look. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

let api: TestApi;
let origin: string;
beforeAll(async () => {
  api = await startApi();
  await api.app.listen(0, '127.0.0.1');
  origin = await api.app.getUrl();
});
afterAll(() => api.stop());

describe('the files of /docs', () => {
  it('come with their types, a strict policy, and are not sent twice', async () => {
    const types = {
      '': 'text/html',
      '/reference.js': 'text/javascript',
      '/logo.svg': 'image/svg+xml',
    };
    for (const [file, type] of Object.entries({ ...types, '/swagger-ui.css': 'text/css' })) {
      const { status, headers } = await fetch(`${origin}/docs${file}`);
      expect([file, status, headers.get('content-type')]).toEqual([
        file,
        200,
        `${type}; charset=utf-8`,
      ]);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      const again = { headers: { 'if-none-match': headers.get('etag')! } };
      expect((await fetch(`${origin}/docs${file}`, again)).status).toBe(304);
    }
    const script = await fetch(`${origin}/docs/swagger-ui-bundle.js`);
    expect(script.headers.get('cache-control')).toBe('public, max-age=3600');
  });

  it('are those few, whatever the path tries', async () => {
    for (const file of [
      'package.json',
      '..%2f..%2fpackage.json',
      '%2e%2e/openapi.yaml',
      'swagger-ui.js',
      'constructor',
      '',
    ]) {
      const answer = await fetch(`${origin}/docs/${file}`);
      expect([file, answer.status]).toEqual([file, file.includes('%2e%2e/') ? 200 : 404]);
    }
  });
});

/** Operations are drawn where one looks: goes from the top down until something is found. */
async function look(page: Page, found: () => Promise<boolean>): Promise<void> {
  await page.evaluate('scrollTo(0, 0)');
  for (;;) {
    await page.waitForTimeout(100);
    if (await found()) return;
    const before = await page.evaluate<number>('scrollY');
    await page.evaluate('scrollBy(0, innerHeight / 2)');
    if ((await page.evaluate<number>('scrollY')) === before) return;
  }
}

describeInBrowser('the reference in a browser', () => {
  it.each([
    ['on a desk', { width: 1280, height: 900 }],
    ['on a phone', { width: 390, height: 844 }],
  ])(
    'shows every operation and tries one out, %s',
    async (where, viewport) => {
      const browser = await openBrowser(viewport);
      try {
        const page = await browser.context.newPage();
        page.setDefaultTimeout(PATIENCE);
        const { faults, strangers } = watch(page, origin);
        await page.goto(`${origin}/docs`);
        expect(await page.title()).toContain('Comity');
        const seen = new Set<string>();
        await look(page, async () => {
          const ids = await page.locator('.opblock').evaluateAll((all) => all.map(({ id }) => id));
          for (const id of ids) seen.add(id);
          return false;
        });
        // And what webhooks receive.
        expect(seen.size).toBe(operations().length + 1);

        // Signing in by the form signs in for what follows.
        const run = async (id: string, fill: () => Promise<void> = async () => undefined) => {
          const block = page.locator(`.opblock[id$="-${id}"]`);
          await look(page, async () => (await block.count()) > 0);
          await block.locator('.opblock-summary-control').click();
          await block.locator('.try-out__btn').click();
          await fill();
          await block.locator('.btn.execute').click();
          const live = block.locator('.live-responses-table');
          await live.locator('.response-col_status').last().waitFor();
          return live.innerText();
        };
        const states = await run('listStates');
        expect(states).toMatch(/200[\s\S]*Afghanistan/);
        await run('login', async () => {
          const body = page.locator('.opblock[id$="-login"] textarea.body-param__text');
          await body.fill(JSON.stringify(ADMIN));
        });
        expect(await run('me')).toContain(`"email": "${ADMIN.email}"`);

        if (SCREENSHOTS) {
          await page.screenshot({
            path: path.join(SCREENSHOTS, `${where.replaceAll(' ', '-')}.png`),
          });
        }
        const wide = await page.evaluate<string[]>(TOO_WIDE);
        expect(wide).toEqual([]);
        expect({ faults, strangers }).toEqual({ faults: [], strangers: [] });
      } finally {
        await browser.close();
      }
    },
    3 * PATIENCE,
  );
});
