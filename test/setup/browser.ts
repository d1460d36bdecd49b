import { describe } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';

const { program, reason } = findChromium();

/** A `describe` for what a real Chromium shows; where none can be had, it is skipped by name. */
export function describeInBrowser(name: string, body: () => void): void {
  const how = program ? describe : describe.skip;
  how(program ? name : `${name} (skipped: ${reason})`, body);
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of its own, with a profile that is gone afterwards. */
export async function openBrowser(viewport: {
  width: number;
  height: number;
}): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const profile = mkdtempSync(path.join(tmpdir(), 'comity-browser-'));
  const options = { headless: true, args: flags, viewport, executablePath: program ?? '' };
  const context = await chromium.launchPersistentContext(profile, options);
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** What a page complains of, and whom it asks beside its own house: both should stay empty. */
export function watch(page: Page, origin: string): { faults: string[]; strangers: string[] } {
  const [faults, strangers]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) strangers.push(url);
  });
  return { faults, strangers };
}
