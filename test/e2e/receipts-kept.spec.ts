import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkReceipt } from '../../src/platform/signing/check-receipt.js';
import { World } from '../factories/world.js';
import { setting } from '../setup/database.js';
import type { Client } from '../setup/api.js';
import { begun, openingOf, receiptKeys, receiptOf, submit, upload, type Shown } from './filing.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

describe('a receipt', () => {
  let folder: string;
  let keysFile: string;
  let world: World;
  let ledger: Ledger;
  let slovenia: Client;
  /** Two languages, and a corrigendum. */
  let report: Shown;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-receipts-'));
    keysFile = path.join(folder, 'signing-keys.json');
    await copyFile(setting('TEST_SIGNING_KEYS'), keysFile);
    // By the clock on the wall: what is filed here is no rehearsal.
    world = await World.build('', { COMITY_SIGNING_KEYS: keysFile });
    ledger = await Ledger.open(world.api);
    slovenia = await world.delegation('SVN');
    const draft = await begun(slovenia, await world.review('SVN'), 'national-report');
    const english = await upload(slovenia, draft, 'What we did.');
    const french = { language: 'fr', standing: 'courtesy' };
    report = await submit(
      slovenia,
      await upload(slovenia, english, 'Ce que nous avons fait.', french),
    );
    const { id, version } = report;
    const revised = await slovenia
      .post(`/v1/documents/${id}/versions`, { reason: 'A table' }, { version })
      .expect(201);
    await submit(slovenia, await upload(slovenia, revised.body as Shown, 'What we did, again.'));
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('comes once for a repeat, and not at all from a rehearsal', async () => {
    const other = await world.review('AUT', { number: 52 });
    const austria = await world.delegation('AUT');
    const { body } = await austria
      .post(`/v1/reviews/${other}/documents`, { kind: 'national-report', title: 'x' })
      .expect(201);
    const { id, version } = await upload(austria, body as Shown, 'Words.');
    const url = `/v1/documents/${id}/submit`;
    await expectUnchanged(ledger, () =>
      austria.post(url, undefined, { version, query: { dryRun: true } }).expect(200),
    );
    const key = randomUUID();
    const first = await austria.post(url, undefined, { version, key }).expect(200);
    const again = await austria.post(url, undefined, { version, key }).expect(200);
    expect(again.text).toBe(first.text);
    const count = 'SELECT count(*)::int AS n FROM casework.receipt WHERE subject_id = $1';
    expect(await ledger.row(count, [id])).toEqual({ n: 1 });
  });

  it('says when it is of a rehearsal', async () => {
    const { slotId } = await world.slot('FRA', 53);
    const { body } = await world.secretariat
      .post('/v1/reviews', { slotId, test: true })
      .expect(201);
    const france = await world.delegation('FRA');
    const id = await world.file(france, (body as Shown).id, { kind: 'national-report' });
    const receipt = await receiptOf(france, id);
    expect(receipt.rehearsal).toBe(true);
    expect(checkReceipt(receipt, { keys: await receiptKeys(world.api.as()) }).fault).toBe(
      'rehearsal',
    );
  });

  it('stays good when the text is withdrawn for safety, which takes what opens it', async () => {
    const kept = await receiptOf(slovenia, report.id, { version: 1 });
    const { salt } = await openingOf(slovenia, report.id, { version: 1 });
    const withdrawal = {
      item: { kind: 'document', id: report.id },
      files: { version: 1, language: 'en' },
      ground: 'risk-to-person',
      reason: 'it names somebody',
    };
    await world.secretariat.post('/v1/withdrawals', withdrawal).expect(201);
    const query = { version: 1, language: 'en' };
    expect(await receiptOf(slovenia, report.id, query)).toEqual(kept);
    expect(checkReceipt(kept, { keys: await receiptKeys(world.api.as()) }).fault).toBeUndefined();
    const url = `/v1/documents/${report.id}/receipt/opening`;
    await expectProblem(slovenia.get(url, query), 410, 'withdrawn');
    const left = await ledger.rows('SELECT 1 FROM casework.receipt_opening WHERE salt = $1', [
      salt,
    ]);
    expect(left).toEqual([]);
    // The others of the document can still be opened.
    await openingOf(slovenia, report.id, { version: 1, language: 'fr' });
    await openingOf(slovenia, report.id);
    // Whose it was is withdrawn too: who filed it keeps the receipt.
    const author = { ...withdrawal, files: undefined, fields: ['author'] };
    await world.secretariat.post('/v1/withdrawals', author).expect(201);
    expect(await receiptOf(slovenia, report.id, query)).toEqual(kept);
    // All of it: nothing opens anything any more.
    const { files: _, ...whole } = { ...withdrawal, whole: true };
    await world.secretariat.post('/v1/withdrawals', whole).expect(201);
    const openings = `SELECT count(*)::int AS n FROM casework.receipt r
      JOIN casework.receipt_opening o ON o.receipt_id = r.id WHERE r.subject_id = $1`;
    expect(await ledger.row(openings, [report.id])).toEqual({ n: 0 });
    expect(await receiptOf(slovenia, report.id, query)).toEqual(kept);
  });

  it('is signed or nothing is filed: without the key nothing is half done', async () => {
    const other = await world.review('NOR', { number: 54 });
    const norway = await world.delegation('NOR');
    const { body } = await norway
      .post(`/v1/reviews/${other}/documents`, { kind: 'national-report', title: 'x' })
      .expect(201);
    const { id, version } = await upload(norway, body as Shown, 'Words.');
    await rename(keysFile, `${keysFile}.away`);
    try {
      const call = norway.post(`/v1/documents/${id}/submit`, undefined, { version });
      await expectRefused(ledger, call, 503, 'unavailable');
    } finally {
      await rename(`${keysFile}.away`, keysFile);
    }
    await submit(norway, { id, version } as Shown);
  });

  it('is checked with keys that everybody reads, and nobody changes', async () => {
    const answer = await world.api.as().get('/v1/receipt-keys').expect(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=30');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect((answer.body as { items: object[] }).items).toEqual([
      {
        id: expect.stringMatching(/^s-/),
        algorithm: 'Ed25519',
        publicKey: expect.stringMatching(/^MCowBQYDK2VwAyEA/),
        from: expect.any(String),
        until: null,
        revokedAt: null,
      },
    ]);
    const etag = answer.headers['etag']!;
    await world.api.as().get('/v1/receipt-keys').set('if-none-match', etag).expect(304);
  });
});
